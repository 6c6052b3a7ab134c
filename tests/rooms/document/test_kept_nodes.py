"""Nodes that wait as bytes are a tuple to whoever looks at them, and nobody unpacks them without looking."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from itertools import chain
from typing import Any

import pytest

from mathbook.diagnostics import Span
from mathbook.document.fingerprint import fingerprint
from mathbook.document.kept_nodes import KeptNodes
from mathbook.document.nodes import Emph, Paragraph, Text
from mathbook.document.walk import Spread, map_tree, walk
from places import with_places

ONE, TWO = Text("one", Span("a.md", 1, 2)), Emph((Text("two", Span("b.md", 3, 4)),), Span("a.md", 5, 6))
PLAIN = (ONE, TWO, ONE)


def kept(*nodes: Any) -> KeptNodes:
    """Return the nodes as another process finds them."""
    return KeptNodes("a.md", KeptNodes.of(nodes, "a.md").data, len(nodes))


@pytest.mark.parametrize(
    "look",
    [
        lambda nodes: with_places(nodes),
        lambda nodes: with_places(pickle.loads(pickle.dumps(nodes))),
        lambda nodes: [*nodes, *nodes],
        lambda nodes: (lambda *given: given)(*nodes),
        lambda nodes: nodes[1:],
        lambda nodes: nodes[-1],
        lambda nodes: tuple(nodes) + nodes + (ONE,),
        lambda nodes: (ONE, *nodes),
        lambda nodes: sum([(ONE,), nodes], ()),
        lambda nodes: nodes * 2,
        lambda nodes: 2 * nodes,
        lambda nodes: list(reversed(nodes)),
        lambda nodes: list(zip(nodes, enumerate(nodes), strict=True)),
        lambda nodes: list(chain.from_iterable([nodes, nodes])),
        lambda nodes: dict.fromkeys(nodes),
        lambda nodes: (nodes.index(TWO), nodes.count(ONE), ONE in nodes, Text("three") in nodes),
        lambda nodes: (len(nodes), bool(nodes), hash(nodes), repr(nodes)),
        lambda nodes: (nodes == PLAIN, nodes == PLAIN, nodes != PLAIN, nodes == (), nodes != (), nodes == 7),
        lambda nodes: Paragraph(nodes) == Paragraph(PLAIN) and hash(Paragraph(nodes)) == hash(Paragraph(PLAIN)),
        lambda nodes: fingerprint(Paragraph(nodes)),
        lambda nodes: list(walk(Paragraph(nodes))),
        lambda nodes: map_tree(nodes, lambda node: Spread((node, node))),
        lambda nodes: copy.deepcopy(nodes) == copy.copy(nodes) == nodes,
    ],
)
def test_they_are_a_tuple_to_whoever_looks(look: Callable[[Any], Any]):
    assert look(kept(*PLAIN)) == look(KeptNodes.of(PLAIN, "a.md")) == look(PLAIN)


def test_what_does_not_look_at_them_leaves_them_waiting():
    nodes = kept(*PLAIN)
    there = pickle.loads(pickle.dumps(nodes))
    assert (len(nodes), bool(nodes), bool(kept()), nodes.digest) == (3, True, False, there.digest)
    assert nodes.waits
    assert there.waits
    assert there == nodes
    assert not there.waits


def test_the_digest_tells_of_places_too():
    moved = (Text("one", Span("a.md", 9, 2)), TWO, ONE)
    assert KeptNodes.of(moved, "a.md") == KeptNodes.of(PLAIN, "a.md")
    assert KeptNodes.of(moved, "a.md").digest != KeptNodes.of(PLAIN, "a.md").digest == kept(*PLAIN).digest

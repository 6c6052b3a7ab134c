"""Where in the bytes of a finished page its words and its links stand, so that nobody parses it again."""

from __future__ import annotations

import json

from mathbook.document.pagination import Flow
from mathbook.frozen import frozen


@frozen
class Slot:
    """Words that stand together: `at` signs of their flow stand before them, and they are the page's bytes from `start`
    to `end`. What would be the first thing in them stands at `before`, if that isn't -1. A formula or a picture is a
    slot without words, behind it.
    """

    at: int
    before: int
    start: int
    end: int


@frozen
class FlowMap:
    """The signs of a flow in one string, as `html.running` counts them, and where they stand."""

    signs: str = ""
    slots: tuple[Slot, ...] = ()


@frozen
class LinkSpan:
    """A link to another page: its start tag is the bytes from `start` to `inside`, its end tag those from `close`."""

    href: str
    start: int
    inside: int
    close: int


@frozen
class PageMap:
    """The flows of a page and its links to others; `inside` is where the section's first word could stand."""

    inside: int
    flows: dict[Flow, FlowMap]
    links: tuple[LinkSpan, ...] = ()


def to_bytes(page: PageMap) -> bytes:
    """Return the map as bytes."""
    flows = {
        name: [flow.signs, [(slot.at, slot.before, slot.start, slot.end) for slot in flow.slots]]
        for name, flow in page.flows.items()
    }
    links = [(link.href, link.start, link.inside, link.close) for link in page.links]
    return json.dumps([page.inside, flows, links], separators=(",", ":")).encode()


def from_bytes(data: bytes) -> PageMap:
    """Return the map that was made into bytes."""
    inside, flows, links = json.loads(data)
    made: dict[Flow, FlowMap] = {
        name: FlowMap(signs, tuple(Slot(*slot) for slot in slots)) for name, (signs, slots) in flows.items()
    }
    return PageMap(inside, made, tuple(LinkSpan(*link) for link in links))

"""A source is compared: who said it where, under which title, and where it leads."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mathbook.authoring.prove import manuscript_of
from mathbook.build.make import Request, make
from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.document.passage import Passage
from mathbook.formats import formats
from mathbook.project import Project
from mathbook.verify.judge import judge

sys.path.insert(0, str(Path(__file__).parents[2] / "formats"))
from mutations import FILES

SEED = """\
title: A talk on steps
who: Alva Speaker
where: a lecture hall
when: '2020'
link: https://example.org/talk
start: 1:02
claims: Small steps arrive.
"""
EXAMPLE = """\
---
id: steps
title: Steps
seed: talk
---

Take one.

::: source
Listen to the middle part.
:::

::: note
Where it is from:

::: source
It is said again.
:::
:::

::: {.content-visible when-format="deck"}
::: source
On slides only.
:::
:::
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sources") / "book"
    (root / "manuscript/examples").mkdir(parents=True)
    (root / "seeds").mkdir()
    (root / "manuscript/book.yaml").write_text("title: Steps\n", "utf-8")
    (root / "manuscript/examples/03-steps.md").write_text(EXAMPLE, "utf-8")
    (root / "seeds/talk.yaml").write_text(SEED, "utf-8")
    list(make(Project(root), Request(audiences=("student",))))  # what isn't proved is not published
    return root


@pytest.fixture(scope="module")
def edition(root: Path) -> Edition:
    return manuscript_of(Project(root)).editions["student"]


def another_speaker(passage: Passage) -> Passage:
    return replace(passage, words=passage.words.replace("Alva", "Olga"))


def another_hall(passage: Passage) -> Passage:
    return replace(passage, words=passage.words.replace("a lecture hall", "a concert hall"))


def another_title(passage: Passage) -> Passage:
    return replace(passage, words=passage.words.replace("A talk on steps", "A talk on strides"))


def another_address(passage: Passage) -> Passage:
    return replace(passage, words=passage.words.replace("example.org/talk", "example.org/walk"))


def another_time(passage: Passage) -> Passage:
    return replace(passage, words=passage.words.replace("1:02", "1:03"))


def another_link(passage: Passage) -> Passage:
    return replace(passage, links=tuple(link.replace("#t=62", "#t=63") for link in passage.links))


@pytest.mark.parametrize(
    "change", [another_speaker, another_hall, another_title, another_address, another_time, another_link]
)
@pytest.mark.parametrize("name", FILES)
def test_another_source_is_found(root: Path, edition: Edition, name: FormatName, change: Callable[[Passage], Passage]):
    told = list(formats()[name].door("read_back")(root / "dist" / FILES[name]))
    assert judge(edition, name, told).findings == ()
    assert judge(edition, name, [change(passage) for passage in told]).findings

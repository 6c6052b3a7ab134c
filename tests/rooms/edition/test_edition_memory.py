"""An edition that is made with what was remembered is the one that is made without, with all places and all that is
told of it, whatever an author did in between; and what did not change is neither resolved nor looked at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, Example
from mathbook.document.kept_nodes import KeptNodes
from mathbook.edition import memory as resolving
from mathbook.edition.memory import Remembered
from mathbook.edition.resolve import Resolution, labels_alone, resolve, resolve_again
from mathbook.edition.sketch import leads_of, sketch_of
from mathbook.project import Project
from mathbook.source.memory import Memory
from mathbook.source.read import read_book
from memories import Kept
from places import with_places

AUDIENCES: tuple[Audience, ...] = ("student", "instructor")
CHUNKS = (
    "$$ x $$ {#eq:a}\n",
    "$$ y $$ {#eq:b}\n",
    "::: {.theorem #thm:a}\nIt is so.\n:::\n",
    "## A part {#sec:part}\n",
    "See @eq:a and -@eq:b.\n",
    "See [there](#a), and [the part](#sec:part), and @thm:a.\n",
    "See @ex:two.\n",
    "See [a file](other.pdf), with a [word]{.index} in [its [name]{.index}](other.pdf).\n",
    "As [@knuth, p. 3] and @noether say.\n",
    "As [see @noether; @knuth] say.[^n]\n\n[^n]: In a note, [@knuth].\n",
    "A [logit]{.term} and [Logits]{.term entry=logit}.\n",
    "A [probit]{.term} in a [logit]{.term}.\n",
    '[matrix]{.index} and [Toeplitz]{.index entry="matrix!Toeplitz"}\n',
    '::: {.content-visible when-format="pdf"}\nOnly [here]{.index}, @eq:a.\n:::\n',
    '::: {.content-visible when-audience="instructor"}\nOnly [here]{.index}, [@knuth].\n\n$$ z $$ {#eq:c}\n:::\n',
    ":::: {.exercise #exr:a}\nDo it.\n\n::: solution\nAs in [@noether], @eq:a.\n\n$$ s $$ {#eq:s}\n:::\n::::\n",
    ":::: {.exercise}\nDraw it.\n\n::: solution\n![A lake](figures/b.svg)\n:::\n::::\n",
    "::: slide\n## Shown\n\nA [probit]{.term}.\n:::\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n: Few of [@knuth] {#tbl:few}\n",
    "![A hill](figures/a.svg){#fig:hill}\n",
)
GLOSSARY = {
    "lagot": "lagot\n:   Another.\n",
    "logit": "logit\n:   What a logit is, [@knuth].\n",
    "probit": "probit\n:   See @eq:a.\n",
}
KNUTH, NOETHER, GÖDEL = (
    {"id": name.lower(), "type": "book", "title": f"By {name}", "author": [{"family": name}]}
    for name in ("Knuth", "Noether", "Gödel")
)
WORKS = (
    [KNUTH, NOETHER],
    [{**KNUTH, "author": NOETHER["author"]}, NOETHER],
    [GÖDEL, {**KNUTH, "id": "nobody1"}, KNUTH],
)


@dataclass(frozen=True)
class State:
    """A manuscript at one time: its units' chunks, the glossary's entries, and what its record says."""

    units: tuple[tuple[str, tuple[str, ...]], ...]
    glossary: tuple[str, ...]
    works: int
    solutions: str
    began: tuple[str, ...]
    before: tuple[str, ...] = ()

    def write(self, root: Path) -> None:
        """Write it in the place of what is there."""
        manuscript = root / "manuscript"
        for old in manuscript.rglob("*.md"):
            old.unlink()
        (root / "editions").mkdir(exist_ok=True)
        past = [{"id": name, "number": "1", "title": f"About {name}", "lines": ["Words."]} for name in self.before]
        record = {"edition": "0", "date": "1970-01-01", "units": past}
        (root / "editions/0.json").write_text(json.dumps(record), "utf-8")
        (root / "works.json").write_text(json.dumps(WORKS[self.works]), "utf-8")
        texts = {"book.yaml": f"title: B\nbibliography: [works.json]\nsolutions: {self.solutions}\n"}
        for at, (name, chunks) in enumerate(self.units, start=1):
            texts[f"examples/{at:02}-{name}.md"] = f"# About {name} {{#ex:{name}}}\n\nWords.\n\n" + "\n".join(chunks)
        if self.glossary:
            texts["back/01-glossary.md"] = "# Glossary\n\n" + "\n".join(GLOSSARY[name] for name in self.glossary)
        for name in self.began:
            texts[f"back/02-{name}.md"] = f"# The {name}\n\nSee @eq:a.\n"
        for name in ("a", "b"):
            texts[f"figures/{name}.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
        for name, text in texts.items():
            path = manuscript / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


UNITS = st.lists(
    st.tuples(st.sampled_from(("one", "two", "three")), st.lists(st.sampled_from(CHUNKS), max_size=4).map(tuple)),
    min_size=1,
    max_size=3,
    unique_by=lambda unit: unit[0],
).map(tuple)
STATES = st.builds(
    State,
    units=UNITS,
    glossary=st.sampled_from(((), ("logit",), ("logit", "probit"), ("probit", "logit"))),
    works=st.sampled_from((0, 0, 1, 2)),
    solutions=st.sampled_from(("instructor", "instructor", "everyone")),
    began=st.sampled_from(((), ("index",), ("bibliography", "index"), ("whats-new",))),
    before=st.sampled_from(((), ("one",), ("two", "gone"))),
)


EDITS = ("unit", "unit", "unit", "units", "glossary", "works", "solutions", "began", "before")


@st.composite
def histories(draw: st.DrawFn) -> list[State]:
    """Draw a manuscript and what becomes of it, one thing at a time."""
    states = [draw(STATES)]
    for _ in range(draw(st.integers(1, 3))):
        other = draw(STATES)
        name = draw(
            st.sampled_from(("units", "unit", "unit", "unit", "glossary", "works", "solutions", "began", "before"))
        )
        if name == "unit":
            at = draw(st.integers(0, len(states[-1].units) - 1))
            units = list(states[-1].units)
            units[at] = (units[at][0], other.units[0][1])
            states.append(replace(states[-1], units=tuple(units)))
        else:
            states.append(replace(states[-1], **{name: getattr(other, name)}))
    return states


@dataclass
class Author:
    """Resolves a project again and again: in one process that goes on, and each time in a new one."""

    root: Path
    texts: Kept = field(default_factory=Kept)
    units: dict[Audience, Kept] = field(default_factory=lambda: {"student": Kept(), "instructor": Kept()})
    read: Memory = field(default_factory=Memory)
    held: dict[Audience, Remembered] = field(
        default_factory=lambda: {"student": Remembered(), "instructor": Remembered()}
    )

    def cold(self, audience: Audience) -> tuple[Resolution | None, Any]:
        """Return the resolution of a new process, and what it was told."""
        return self._made(audience, Memory(self.texts), Remembered(self.units[audience]))

    def warm(self, audience: Audience) -> tuple[Resolution | None, Any]:
        """Return the resolution of the process that goes on, and what it was told."""
        memory = self.read.joined_with(Kept(), Kept())
        return self._made(audience, memory, self.held[audience].joined_with(Kept()))

    def _made(self, audience: Audience, memory: Memory, remembered: Remembered) -> tuple[Resolution | None, Any]:
        collector = Collector()
        book = read_book(Project(self.root), collector, memory)
        made = resolve_again(book, audience, collector, remembered) if book else None
        return made, collector.diagnostics

    def anew(self, audience: Audience) -> tuple[Any, Any]:
        """Return the edition that is made without any memory, and what was told."""
        collector = Collector()
        book = read_book(Project(self.root), collector)
        return (resolve(book, audience, collector) if book else None), collector.diagnostics


def agree(author: Author, audience: Audience) -> None:
    """Check that memory makes no difference."""
    edition, told = author.anew(audience)
    for made, said in (author.cold(audience), author.warm(audience)):
        assert with_places(said) == with_places(told)
        assert (made is None) == (edition is None)
        if made:
            assert made.sketches == {unit.id: sketch_of(unit) for unit in edition.units}
            assert with_places(made.edition) == with_places(edition)
            leads = {name: sketch.leads for name, sketch in made.sketches.items()}
            assert labels_alone(made.edition, leads) == labels_alone(
                edition, {unit.id: leads_of(unit) for unit in edition.units}
            )


@settings(max_examples=60, deadline=None)
@given(histories())
def test_an_edition_is_the_same_with_memory_and_without(states: list[State]):
    with TemporaryDirectory() as folder:
        author = Author(Path(folder))
        for state in states:
            state.write(author.root)
            for audience in AUDIENCES:
                agree(author, audience)


BOOK = State(
    (("one", CHUNKS[:1] + CHUNKS[8:13]), ("two", CHUNKS[4:5] + CHUNKS[1:2]), ("three", CHUNKS[13:])),
    ("logit", "probit"),
    0,
    "instructor",
    (),
    ("one", "two", "three", "glossary"),
)


LONGER = ("one", ("$$ n $$ {#eq:n}\n", *BOOK.units[0][1]))


@pytest.fixture
def author(tmp_path: Path) -> Author:
    BOOK.write(tmp_path)
    author = Author(tmp_path)
    for audience in AUDIENCES:
        agree(author, audience)
    return author


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of units that were resolved."""
    done: list[str] = []
    plain = resolving.outlined
    monkeypatch.setattr(resolving, "outlined", lambda unit, ground: (done.append(unit.id), plain(unit, ground))[1])
    return done


def test_what_is_as_it_was_is_neither_resolved_nor_looked_at(author: Author, resolved: list[str]):
    made, _ = author.cold("student")
    assert made
    assert resolved == ["glossary"], "which all units have a part in"
    examples = [unit for unit in made.edition.units if isinstance(unit, Example)]
    assert [unit.id for unit in examples] == ["one", "two", "three"]
    for unit in examples:
        assert isinstance(unit.blocks, KeptNodes)
        assert unit.blocks.waits


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        (replace(BOOK, units=(*BOOK.units, ("four", ("New, as @eq:a says.\n",)))), ["four"]),
        (replace(BOOK, units=(BOOK.units[0], ("two", ("See @eq:a, again.\n", CHUNKS[1])), BOOK.units[2])), ["two"]),
        (replace(BOOK, units=BOOK.units[:1] + BOOK.units[2:] + BOOK.units[1:2]), ["three", "two"]),
        (replace(BOOK, glossary=("probit", "logit")), ["one"]),  # what is told of its terms stands elsewhere
        (replace(BOOK, began=("index",)), ["index"]),
        (replace(BOOK, solutions="everyone"), ["one", "two", "three"]),
        (replace(BOOK, works=1), ["one", "three"]),
        (
            replace(BOOK, units=(("one", ("$$ n $$ {#eq:n}\n", *BOOK.units[0][1])), *BOOK.units[1:])),
            ["one", "two", "three"],
        ),
    ],
)
def test_only_what_changed_or_gets_other_answers_is_resolved(
    author: Author, resolved: list[str], changed: State, wanted: list[str]
):
    changed.write(author.root)
    for one in (author.cold, author.warm):
        resolved.clear()
        one("student")
        assert [name for name in resolved if name != "glossary"] == wanted
    agree(author, "student")


def test_a_file_that_got_another_name_is_told_of_by_that(author: Author):
    """Its parts have ids of their own, so that nothing else of them is new."""
    two = "# A {#ex:a}\n\nSee [a file](other.pdf).\n\n# B {#ex:b}\n\nWords.\n"
    path = author.root / "manuscript/examples/07-both.md"
    path.write_text(two, "utf-8")
    agree(author, "student")
    path.rename(path.with_name("07-renamed.md"))
    agree(author, "student")
    assert author.cold("student")[1][0].span.file.endswith("07-renamed.md")


@pytest.mark.parametrize("data", [b"", b"[", b"[]", b"{}", b"7", b"[0]", b"[999]", b"[2]", b"\xff", b"[0]\n\n\n\n"])
def test_bytes_that_are_no_unit_are_resolved_anew(author: Author, resolved: list[str], data: bytes):
    kept = author.units["student"]
    kept.entries = dict.fromkeys(kept.entries, data)
    author.cold("student")
    assert resolved == ["one", "two", "three", "glossary"]
    agree(author, "student")


@pytest.mark.parametrize(
    "words", ["See @eq:nowhere.\n", "As [@nobody].\n", "As [@knuthe].\n", "A [lagit]{.term}.\n", "[x](#nowhere)\n"]
)
def test_a_mistake_is_told_again_with_advice_that_is_of_today(author: Author, words: str):
    wrong = replace(BOOK, units=(*BOOK.units[:2], ("three", (words,))))
    wrong.write(author.root)
    agree(author, "student")
    agree(author, "student")
    replace(wrong, works=2, glossary=("lagot", *BOOK.glossary)).write(author.root)
    agree(author, "student")
    replace(wrong, units=(BOOK.units[0], ("two", ("$$ n $$ {#eq:nowhere1}\n",)), wrong.units[2])).write(author.root)
    agree(author, "student")

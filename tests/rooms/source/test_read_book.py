"""From a folder to a Book: numbers, ids, titles, seeds; and nothing that an author writes raises."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.diagnostics import Collector
from mathbook.document.book import Book, Example
from mathbook.document.plain import plain
from mathbook.project import Project
from mathbook.source.forms import schemas
from mathbook.source.read import read_book

SEED = "title: A talk\nwho: Somebody\nwhere: Here\nclaims: Much\n"


def read(root: Path, files: dict[str, str | bytes]) -> tuple[Book | None, list[str]]:
    """Return the book of a project with these files, and what was told."""
    for name, content in {"manuscript/book.yaml": "title: A book\n", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    collector = Collector()
    book = read_book(Project(root), collector)
    return book, [str(diagnostic) for diagnostic in collector.diagnostics]


def book_of(root: Path, files: dict[str, str | bytes]) -> Book:
    book, told = read(root, files)
    assert book and not told, told
    return book


def examples_of(root: Path, files: dict[str, str]) -> list[Example]:
    book = book_of(root, {f"manuscript/examples/{name}": text for name, text in files.items()})
    return [unit for unit in book.units if isinstance(unit, Example)]


def test_an_example_takes_number_slug_and_id_from_its_file(tmp_path: Path) -> None:
    (example,) = examples_of(tmp_path, {"07-bayes-rule.md": "# Bayes' rule\n\nWords.\n"})
    assert (example.number, example.slug, example.id, plain(example.title)) == (
        "7",
        "bayes-rule",
        "bayes-rule",
        "Bayes’ rule",
    )


def test_the_front_matter_wins_over_the_file_name(tmp_path: Path) -> None:
    (example,) = examples_of(tmp_path, {"07-a.md": "---\nid: other\nnumber: 9\ntitle: Hers\n---\n\nWords.\n"})
    assert (example.number, example.slug, example.id, plain(example.title)) == ("9", "a", "other", "Hers")


def test_the_heading_wins_over_the_front_matters_title(tmp_path: Path) -> None:
    (example,) = examples_of(tmp_path, {"07-a.md": "---\ntitle: Hers\n---\n\n# His {#ex:mine}\n\nWords.\n"})
    assert (plain(example.title), example.id, len(example.blocks)) == ("His", "mine", 1)


def test_a_file_may_hold_several_examples(tmp_path: Path) -> None:
    text = "# One {#ex:one}\n\nWords.\n\n## Inside\n\n# Two {#ex:two}\n\nWords.\n"
    assert [(e.number, e.id) for e in examples_of(tmp_path, {"03-both.md": text})] == [("3", "one"), ("4", "two")]


def test_files_without_a_number_get_those_that_are_free(tmp_path: Path) -> None:
    files = dict.fromkeys(("02-two.md", "alpha.md", "beta.md", "ex-0004.md"), "Words.\n")
    assert [(e.slug, e.number) for e in examples_of(tmp_path, files)] == [
        ("two", "2"),
        ("alpha", "1"),
        ("beta", "3"),
        ("ex-0004", "4"),
    ]


def test_numbering_by_position_counts_from_one(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"manuscript/examples/{name}.md": "Words.\n" for name in ("05-a", "09-b")}
    book = book_of(tmp_path, {"manuscript/book.yaml": "title: A\nnumbering: position\n", **files})
    assert [unit.number for unit in book.units if isinstance(unit, Example)] == ["1", "2"]


def test_units_stand_in_the_order_of_a_book(tmp_path: Path) -> None:
    names = ("back/02-z", "back/01-y", "examples/01-x", "front/10-b", "front/02-a")
    book = book_of(tmp_path, {f"manuscript/{name}.md": "Words.\n" for name in names})
    assert [unit.id for unit in book.units] == ["a", "b", "x", "y", "z"]


def test_book_yaml_becomes_meta(tmp_path: Path) -> None:
    text = "title: A\nauthors: One Alone\nedition: 2.10\nmacros:\n  R: '\\mathbb{R}'\n  \\E: E\ndeck: {aspect: '4:3'}\n"
    meta = book_of(tmp_path, {"manuscript/book.yaml": text, "manuscript/examples/a.md": "Words.\n"}).meta
    assert (meta.authors, meta.edition, meta.deck.ratio) == (("One Alone",), "2.10", "4:3")
    assert meta.macros == (("R", r"\mathbb{R}"), ("E", "E"))


def test_a_book_without_identifier_gets_the_same_every_time(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"manuscript/examples/a.md": "Words.\n"}
    one, two = (book_of(tmp_path / name, files).meta.identifier for name in "ab")
    assert one == two and one.startswith("urn:uuid:")
    other = book_of(tmp_path / "c", {**files, "manuscript/book.yaml": "title: Other\n"}).meta.identifier
    assert other != one


def test_a_seed_reaches_its_example_and_its_start_is_in_seconds(tmp_path: Path) -> None:
    files = {
        "seeds/01-talk.yaml": SEED + "start: 1:33:30\n",
        "manuscript/examples/a.md": "---\nseed: talk\n---\n\nWords.\n",
    }
    book = book_of(tmp_path, dict(files))
    assert (book.seeds[0].id, book.seeds[0].start) == ("talk", 5610)


def test_byte_order_mark_and_line_ends_make_no_difference(tmp_path: Path) -> None:
    plain_text = "---\nid: a\n---\n\n# One\n\nTwo\nthree.\n"
    plain_book = book_of(tmp_path / "a", {"manuscript/examples/a.md": plain_text})
    for name, other in (
        ("b", "\ufeff" + plain_text),
        ("c", plain_text.replace("\n", "\r\n")),
        ("d", plain_text.replace("\n", "\r")),
    ):
        assert book_of(tmp_path / name, {"manuscript/examples/a.md": other}) == plain_book


def test_front_matter_may_end_the_file(tmp_path: Path) -> None:
    book, told = read(tmp_path, {"manuscript/examples/01-a.md": "---\ntitle: Only a title\n---"})
    assert book and plain(book.units[0].title) == "Only a title"
    assert [line.partition(": ")[2][:28] for line in told] == ["error[project.empty]: the ex"]


def test_a_rule_at_the_head_is_no_front_matter(tmp_path: Path) -> None:
    (example,) = examples_of(tmp_path, {"01-a.md": "---\n\nWords.\n"})
    assert len(example.blocks) == 2


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    _, told = read(tmp_path, {"manuscript/examples/01-a.md": "---\nid: a\n---\n\nWords.\n\n::: nosuch\nWords.\n:::\n"})
    assert told and told[0].startswith("manuscript/examples/01-a.md:7:1: error[block.unknown]")


def test_all_files_are_told_of_at_once(tmp_path: Path) -> None:
    files = {"manuscript/book.yaml": "titel: A\n", "seeds/a.yaml": "who: x\n", "manuscript/examples/a.md": b"\xff"}
    book, told = read(tmp_path, dict(files))
    assert book is None
    assert {line.split(":")[0] for line in told} == {"manuscript/book.yaml", "seeds/a.yaml", "manuscript/examples/a.md"}


def test_a_second_unit_of_the_same_id_can_still_be_looked_at(tmp_path: Path) -> None:
    book, told = read(
        tmp_path, {f"manuscript/examples/{n}.md": "---\nid: same\n---\n\nWords.\n" for n in ("01-a", "02-b")}
    )
    assert book and len({unit.id for unit in book.units}) == 2
    assert len(told) == 1 and "id.duplicate" in told[0]


def test_a_project_may_be_reached_through_a_link(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    files = {"manuscript/figures/a.svg": svg, "manuscript/examples/a.md": "![A](figures/a.svg)\n"}
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    (picture,) = book_of(link, dict(files)).units[0].pictures
    assert (picture.source, picture.width) == ("manuscript/figures/a.svg", 9.0)


def test_a_picture_that_is_used_twice_is_there_once(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"/>'
    text = "![A](../figures/b.svg)\n\n![B](figures/a.svg)\n\n![C](figures/b.svg)\n"
    files = {"manuscript/figures/a.svg": svg, "manuscript/figures/b.svg": svg, "manuscript/examples/a.md": text}
    unit = book_of(tmp_path, dict(files)).units[0]
    assert [picture.source for picture in unit.pictures] == ["manuscript/figures/b.svg", "manuscript/figures/a.svg"]


@pytest.mark.parametrize("name", ["book", "front-matter", "seed"])
def test_every_record_has_a_schema_that_knows_its_keys(name: str) -> None:
    assert schemas()[name]["additionalProperties"] is False and "title" in schemas()[name]["properties"]


HEAD = st.sampled_from(["", "---\n", "---\nid: a\n---\n", "title: A\n", "# A\n\n"]).map(str.encode)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["manuscript/book.yaml", "manuscript/examples/01-a.md", "seeds/01-a.yaml"]),
    HEAD,
    st.binary(max_size=200),
)
def test_no_bytes_raise(name: str, head: bytes, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as root:
        read(Path(root), {"manuscript/examples/02-b.md": "Words.\n", name: head + content})


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab:#-*_[](){}$^~@|`<>!\"'\\=/ \n\té"), max_size=120))
def test_no_text_raises(text: str) -> None:
    with tempfile.TemporaryDirectory() as root:
        read(Path(root), {"manuscript/examples/01-a.md": text})


def test_the_schemas_allow_what_the_reader_reads() -> None:
    book, seed = schemas()["book"]["properties"], schemas()["seed"]["properties"]
    assert book["edition"]["type"] == ["string", "number", "boolean"], "edition: 2.10 is text"
    assert {one["type"] if isinstance(one["type"], str) else one["type"][0] for one in book["authors"]["anyOf"]} == {
        "string",
        "array",
    }
    assert {str(one["type"]) for one in seed["start"]["anyOf"]} >= {"integer"}
    assert book["date"]["pattern"] and seed["link"]["pattern"]


@pytest.mark.parametrize("name", ["book", "front-matter", "seed"])
def test_a_schema_describes_each_of_its_keys(name: str) -> None:
    schema = schemas()[name]
    silent = [key for key, value in schema["properties"].items() if "description" not in value and "$ref" not in value]
    assert silent == []


EXAMPLE = {"manuscript/examples/01-a.md": "# One\n\nWords.\n"}


@pytest.mark.parametrize("key", ["audiences", "outputs"])
def test_a_book_is_for_somebody_and_is_made_as_something(key: str, tmp_path: Path) -> None:
    _, told = read(tmp_path, {**EXAMPLE, "manuscript/book.yaml": f"title: A book\n{key}: []\n"})
    column = len(key) + 3
    assert told == [f"manuscript/book.yaml:2:{column}: error[yaml.wrong-type]: {key} must not be empty"]


def test_an_audience_that_is_named_twice_is_one(tmp_path: Path) -> None:
    book = book_of(tmp_path, {**EXAMPLE, "manuscript/book.yaml": "title: A book\naudiences: [student, student]\n"})
    assert book.meta.audiences == ("student",)


@pytest.mark.parametrize(
    ("named", "place"),
    [
        ("csl: mine.csl", "2:6"),
        ("bibliography:\n  - mine.bib", "3:5"),
        ("deck: {aspect: '4:3', template: mine.pptx}", "2:33"),
    ],
)
def test_a_file_that_is_not_there_is_told_where_it_is_named(named: str, place: str, tmp_path: Path) -> None:
    _, told = read(tmp_path, {**EXAMPLE, "manuscript/book.yaml": f"title: A book\n{named}\n"})
    assert [line.split(": error")[0] for line in told] == [f"manuscript/book.yaml:{place}"]


def test_a_display_formula_that_shows_nothing_is_told(tmp_path: Path) -> None:
    _, told = read(tmp_path, {"manuscript/examples/01-a.md": "# One\n\nWords.\n\n$$ \\, $$\n"})
    assert [line.split("; ")[0] for line in told] == [
        "manuscript/examples/01-a.md:5:4: error[formula.syntax]: the formula shows nothing"
    ]

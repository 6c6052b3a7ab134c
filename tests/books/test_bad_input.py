"""Bad input: one clear line with file and line for each mistake, exit 1, and dist/ as it was, byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tale import Story, Told

EXAMPLE = "manuscript/examples/02-birthdays.md"
PREFACE = "manuscript/front/01-preface.md"
BOOK = "manuscript/book.yaml"

CHANGES: dict[str, tuple[str, str, str, str, str]] = {
    "an unknown block": (EXAMPLE, "::: takeaway", "::: takeawya", "takeawya", "block.unknown"),
    "a duplicate id": (EXAMPLE, "#exr:yours", "#eq:none", "#eq:none title", "id.duplicate"),
    "a missing reference": (EXAMPLE, "chances by @eq:none", "chances by @eq:nine", "@eq:nine", "ref.missing"),
    "a tab in YAML": (BOOK, "licence:", "\tlicence:", "\tlicence", "yaml.syntax"),
    "a wrong type in YAML": (BOOK, 'edition: "1"', "edition: [1, 2]", "edition", "yaml.wrong-type"),
    "an unknown key in YAML": (BOOK, "authors:", "authers:", "authers", "yaml.unknown-key"),
    "a duplicate key in YAML": (BOOK, 'edition: "1"', "language: de", "language: de", "yaml.syntax"),
    "front matter that can't be read": (EXAMPLE, "\nminutes: ", "\nminutes: [", "summary:", "yaml.syntax"),
    "an unknown key in front matter": (PREFACE, "id: preface", "ib: preface", "ib:", "yaml.unknown-key"),
}
"""By name: a file, what stands in it, what is put there, a text on the line that is named, the code."""

ADDITIONS: dict[str, tuple[str, str, str]] = {
    "a missing picture": ("![A](figures/none.svg)", "none.svg", "picture.missing"),
    "a missing picture that is referred to": (
        "![A](figures/none.svg){#fig:a}\n\nSee @fig:a.",
        "none.svg",
        "picture.missing",
    ),
    "a picture outside the project": ("![A](../../../secret.png)", "secret.png", "file.outside"),
    "a picture by an absolute path": ("![A](/etc/passwd)", "/etc/passwd", "file.outside"),
    "an unknown command in a formula": ("It is $\\argmx x$.", "argmx", "formula.unknown-command"),
    "a duplicate id": ("$$\nx_0\n$$ {#eq:none}", "", "id.duplicate"),
    "an unclosed formula": ("$$\nx_0", "", "block.unclosed"),
    "an unclosed block": ("::: theorem\nNever closed.", "::: theorem", "block.unclosed"),
}
"""By name: what is added to the end of an example, a text on the line that is named, the code."""


@pytest.fixture
def book(tmp_path: Path) -> Story:
    (tmp_path / "secret.png").write_bytes(b"secret")
    return Story.of_a_new_book(tmp_path).write("dist/book.epub", "the last good one")


def assert_refused(book: Story, code: str, file: str, text: str = "") -> Told:
    """Build, and see the one line that the mistake gets; its place is the file's line that holds the text."""
    told = book.run("build", "epub")
    assert told.code == 1, told.lines
    line, closing = told.lines
    found = re.fullmatch(r"([^:]+):(\d+):\d+: error\[([a-z.-]+)\]: .{10,240}", line)
    assert found and (found[1], found[3]) == (file, code), line
    assert not text or int(found[2]) == book.line_of(file, text), line
    assert closing == "1 error; nothing was changed"
    assert book.published == {"book.epub": b"the last good one"}
    return told


def add(book: Story, text: str) -> Story:
    return book.write(EXAMPLE, f"{book.read(EXAMPLE)}\n{text}\n")


@pytest.mark.parametrize("mistake", CHANGES)
def test_one_line_tells_of(mistake: str, book: Story):
    file, old, new, text, code = CHANGES[mistake]
    assert_refused(book.change(file, old, new), code, file, text)


@pytest.mark.parametrize("mistake", ADDITIONS)
def test_one_line_tells_of_something_added(mistake: str, book: Story):
    addition, text, code = ADDITIONS[mistake]
    assert_refused(add(book, addition), code, EXAMPLE, text)


def test_one_line_tells_of_bytes_that_are_no_utf_8(book: Story):
    book.write(EXAMPLE, b"---\ntitle: A\nseed: birthdays\n---\n\nCaf\xe9\n")
    assert_refused(book, "file.encoding", EXAMPLE, "Caf")


def test_one_line_tells_of_a_picture_that_is_none(book: Story):
    book.write("manuscript/figures/fake.png", "not a picture")
    assert_refused(add(book, "![A](figures/fake.png)"), "picture.unreadable", EXAMPLE, "fake.png")


def test_one_line_tells_of_a_folder_in_a_picture_s_place(book: Story):
    (book.root / "manuscript" / "figures" / "folder.png").mkdir()
    told = assert_refused(add(book, "![A](figures/folder.png)"), "picture.unreadable", EXAMPLE, "folder.png")
    assert "'figures/folder.png' is not a file" in told.lines[0]


@pytest.mark.parametrize("text", ["", "\n\n", "---\ntitle: A\nseed: birthdays\n---\n"])
def test_one_line_tells_of_an_example_that_is_empty(text: str, book: Story):
    for seed in () if "seed" in text else (book.root / "seeds").glob("*birthdays*"):
        seed.unlink()
    assert_refused(book.write(EXAMPLE, text), "project.empty", EXAMPLE)


def test_one_line_tells_of_a_symbolic_link_that_leads_out(book: Story, tmp_path: Path):
    (book.root / "manuscript" / "figures" / "link.png").symlink_to(tmp_path / "secret.png")
    assert_refused(add(book, "![A](../figures/link.png)"), "file.outside", EXAMPLE, "link.png")


def test_one_line_tells_of_a_manuscript_without_examples(book: Story):
    for folder in ("manuscript/examples", "seeds"):
        for file in (book.root / folder).iterdir():
            file.unlink()
    assert_refused(book, "project.empty", BOOK)


def test_one_error_tells_of_a_seed_that_isn_t_there(book: Story):
    told = book.change(EXAMPLE, "seed: birthdays", "seed: birthday").run("build", "epub")
    error, unused, closing = told.lines
    assert error.startswith(f"{EXAMPLE}:{book.line_of(EXAMPLE, 'seed: birthday')}:1: error[seed.missing]: ")
    assert ("warning[seed.missing]" in unused, closing) == (True, "1 error; nothing was changed")


def test_all_mistakes_are_told_at_once(book: Story):
    told = add(book, "![A](figures/none.svg)\n\nIt is $\\nosuch$ and @eq:nine.").run("build")
    assert told.code == 1
    assert sum("error[" in line for line in told.lines) == 3


@pytest.mark.parametrize(
    ("mistake", "hint"),
    [
        (lambda book: book.change(BOOK, "authors:", "authers:"), "did you mean authors?"),
        (lambda book: book.change(EXAMPLE, "::: takeaway", "::: takeawya"), "did you mean takeaway?"),
        (lambda book: add(book, "$\\lamda$"), "did you mean \\lambda?"),
    ],
)
def test_the_hint_says_what_was_meant(mistake: Callable[[Story], Story], hint: str, book: Story):
    assert any(hint in line for line in mistake(book).run("check").lines)


def test_json_tells_the_same_mistake_as_data(book: Story):
    told = add(book, "![A](figures/none.svg)").run("build", "epub", "--json")
    (record,) = json.loads("\n".join(told.lines[:-2]))["diagnostics"]
    assert told.code == 1
    assert (record["file"], record["code"], record["severity"]) == (EXAMPLE, "picture.missing", "error")

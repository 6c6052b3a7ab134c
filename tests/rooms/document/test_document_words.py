"""The words that mathbook adds: each is in the table, and a book has no English in it but its own."""

from __future__ import annotations

import ast
import re
import zipfile
from pathlib import Path

import pypdfium2
import pytest

from mathbook.build.make import Request, make
from mathbook.document.kinds import BOX_KINDS, LABEL_KINDS
from mathbook.document.words import LANGUAGES, TABLE, say
from mathbook.project import Project

PACKAGE = Path(__file__).resolve().parents[3] / "src/mathbook"


def said_in_code() -> set[str]:
    """Return the English of every `say("…")` in modules and templates, and of the tables of kinds."""
    said = {kind.title for kind in (*BOX_KINDS.values(), *LABEL_KINDS.values())}
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "say" and node.args:
                said |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    for file in PACKAGE.rglob("templates/*"):
        said |= set(re.findall(r'book\.say\("([^"]+)"', file.read_text("utf-8")))
    return said


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def test_every_word_that_is_said_is_in_the_table():
    assert said_in_code() - TABLE.keys() == set()


@pytest.mark.parametrize("english", TABLE)
def test_a_translation_has_the_places_of_the_english(english):
    places = sorted(re.findall(r"\{\d\}", english))
    assert all(sorted(re.findall(r"\{\d\}", other)) == places for other in TABLE[english].values())
    assert set(TABLE[english]) == set(LANGUAGES)


def test_a_language_that_is_not_in_the_table_gets_english_and_a_region_its_language():
    assert say("Example", "fi") == "Example"
    assert say("Example", "de-AT") == say("Example", "DE") == "Beispiel"
    assert say("Solution of {0}", "fr", "Exercice 1") == "Solution\u00a0: Exercice 1"


BOOK = """title: Ein Buch
language: de
edition: "2"
date: 2026-06-01
authors: [Eine Autorin]
licence: CC BY 4.0
bibliography: w.bib
"""
EXAMPLE = """---
title: Eins
seed: eins
topics: [Summen]
prerequisites: [Zahlen]
minutes: 5
revised: 2026-05-01
---

::: source
:::

## Anfang

Siehe @fig:a und @tbl:t und [@w]. Ein [Wort]{.index}.

![Ein Bild.](a.svg){#fig:a}

| a | b |
|---|---|
| 1 | 2 |

: Werte. {#tbl:t}

::: theorem
So ist es.
:::

::: warning
Achtung.
:::

::: exercise
Was?

::: hint
So.
:::

::: solution
Darum.
:::
:::

::: notes
Sprechen.
:::

::: takeaway
Das.
:::
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#123"/></svg>'
FILES = {
    "manuscript/book.yaml": BOOK,
    "manuscript/examples/01-eins.md": EXAMPLE,
    "manuscript/examples/a.svg": SVG,
    "manuscript/w.bib": "@book{w, author={Ada Lovelace}, title={Noten}, year=1843}",
    "seeds/01-eins.yaml": "title: T\nwho: W\nwhere: O\nclaims: C.\nlink: https://example.org\nstart: 75\n",
    "editions/1.json": '{"edition": "1", "date": "2026-01-01", "units": []}',
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The finished files of a German book that has every kind of thing."""
    root = tmp_path_factory.mktemp("deutsch")
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    for _ in make(Project(root), Request(audiences=("instructor",))):
        pass
    return root / "dist"


def words_of(path: Path) -> str:
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return " ".join(page.get_textpage().get_text_bounded() for page in document)
    with zipfile.ZipFile(path) as archive:
        page = re.compile(r"xhtml$|slides/slide\d+\.xml|notesSlide\d+\.xml")
        pages = [name for name in archive.namelist() if page.search(name)]
        return " ".join(re.sub(r"<[^>]+>", " ", archive.read(name).decode()) for name in pages)


def longest_part(english: str) -> str:
    """Return the longest stretch of the words without places."""
    return max(re.split(r"\{\d\}", english), key=len).strip(" :,")


@pytest.mark.parametrize("name", ["book-instructor.pdf", "book-instructor.epub", "deck-instructor.pptx"])
def test_a_german_book_says_nothing_in_english(finished: Path, name: str):
    words = re.sub(r"Source (Sans|Code)", "", words_of(finished / name))  # the names of fonts
    found = {
        english
        for english, others in TABLE.items()
        if others["de"] != english and re.search(rf"\b{re.escape(longest_part(english))}\b", words)
    }
    assert found == set()
    wanted = ("Beispiel", "Satz", "Aufgabe", "Abbildung", "Tabelle", "Quelle", "Ausgabe 2, 2026-06-01", "Was ist neu")
    assert [german for german in wanted if german not in words] == []

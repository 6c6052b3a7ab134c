"""Every format makes all specifications into one file and reads them back: what was written is what is found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mathbook.diagnostics import NOWHERE, Collector
from mathbook.document.book import Audience, Book, DeckMeta, EpubMeta, Example, FormatName, Meta
from mathbook.document.edition import Edition, Options
from mathbook.document.fragment import Fragment
from mathbook.document.nodes import Emph, Footnote, Formula, Paragraph, Text
from mathbook.document.passage import Passage
from mathbook.document.select import edition_for, for_format
from mathbook.document.theme import Theme
from mathbook.edition.resolve import resolve
from mathbook.formats import formats
from mathbook.theme.load import load_theme
from mathbook.verify.answers import Hidden
from mathbook.verify.judge import Finding, judge
from specs import SPECS, book_of

FORMATS: tuple[FormatName, ...] = tuple(row.content for row in formats().values() if not row.shows)
AUDIENCES: tuple[Audience, ...] = ("student", "instructor")


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded
    return loaded


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return book_of(SPECS, tmp_path_factory.mktemp("specs") / "book")


def compiled(edition: Edition, name: FormatName, theme: Theme) -> list[Fragment]:
    compile = formats()[name].door("compile")
    options = Options(edition.audience, edition.meta)
    return [compile(for_format(unit, name), theme, options) for unit in edition_for(edition, name).units]


def linked(edition: Edition, name: FormatName, fragments: Sequence[Fragment], theme: Theme, path: Path) -> Path:
    row = formats()[name]
    pages = (None,) if row.pages_of else ()
    row.door("link")(edition_for(edition, name), fragments, theme, path, *pages)
    return path


def found_in(edition: Edition, name: FormatName, theme: Theme, path: Path) -> list[Passage]:
    file = linked(edition, name, compiled(edition, name, theme), theme, path)
    return list(formats()[name].door("read_back")(file))


def findings(
    edition: Edition, name: FormatName, found: Sequence[Passage], hidden: Hidden | None = None
) -> tuple[Finding, ...]:
    judgement = judge(edition_for(edition, name), name, found, hidden)
    assert judgement.compared >= len(edition.units), "nothing was compared"
    return judgement.findings


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("name", FORMATS)
def test_all_specifications_are_read_back_equal(
    name: FormatName, audience: Audience, book: Book, theme: Theme, tmp_path: Path
) -> None:
    edition, whole = resolve(book, audience, Collector()), resolve(book, "instructor", Collector())
    hidden = Hidden(edition_for(whole, name)) if audience == "student" else None
    assert findings(edition, name, found_in(edition, name, theme, tmp_path / "file"), hidden) == ()


WITH_FORMULAS = ("equation", "footnote", "formula", "table", "theorem")


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("deck", {"deck": DeckMeta(math="compatible")}),
        ("epub", {"epub": EpubMeta(math="svg")}),
        ("epub", {"epub": EpubMeta(math="both")}),
    ],
    ids=["deck-compatible", "epub-svg", "epub-both"],
)
def test_formulas_of_every_setting_are_read_back_equal(
    name: FormatName, settings: dict[str, Any], book: Book, theme: Theme, tmp_path: Path
) -> None:
    chosen = tuple(unit for unit in book.units if unit.id in WITH_FORMULAS)
    meta = replace(book.meta, **settings)
    edition = resolve(replace(book, meta=meta, units=chosen), "instructor", Collector())
    assert findings(edition, name, found_in(edition, name, theme, tmp_path / "file")) == ()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_book_makes_the_same_bytes(name: FormatName, book: Book, theme: Theme, tmp_path: Path) -> None:
    edition = resolve(replace(book, units=book.units[::6]), "instructor", Collector())
    one, two = (
        linked(edition, name, compiled(edition, name, theme), theme, tmp_path / place).read_bytes()
        for place in ("one", "two")
    )
    assert one == two


@pytest.mark.parametrize("name", FORMATS)
def test_a_book_with_nothing_but_a_title_is_a_file(name: FormatName, theme: Theme, tmp_path: Path) -> None:
    example = Example("nothing", "1", "nothing", (Text("Nothing yet"),), (), NOWHERE)
    edition = resolve(Book(Meta(title="Empty"), (example,), ()), "student", Collector())
    assert findings(edition, name, found_in(edition, name, theme, tmp_path / "file")) == ()


SCRIPTS = (
    "Größe, naïve, Łódź, Đặng, ﬁne, Ångström, cafe\u0301",
    "Ελληνικά και Кириллица",
    "עברית בתוך English ועוד",
    "العربية مع 123 رقم",
    "数学与机器学习、漢字かな交じり文",
    "हिन्दी गणित",
    "€ § † … – — “x” ‘y’ « z » ½ ² ± × ≤ → ∞ ☐ ☒",
    "no\u00a0break, thin\u2009space, soft\u00adhyphen, zero\u200bwidth, joined\u2060words",
)
"""What the fonts have, and what they leave to the reader's machine."""


@pytest.mark.parametrize("name", FORMATS)
def test_every_script_is_read_back_as_it_was_written(name: FormatName, theme: Theme, tmp_path: Path) -> None:
    note = Footnote((Paragraph((Text("Σημείωση · примечание · 注"),)),))
    blocks = [
        *(
            Paragraph((Text(f"{words} "), Emph((Text("und"),)), Text(" "), Formula(r"\text{größer} \ge x")))
            for words in SCRIPTS
        ),
        Paragraph(
            (Text("Note"), note, Text(".")),
        ),
    ]
    example = Example("scripts", "1", "scripts", (Text("Scripts: Ωμέγα, 漢字"),), tuple(blocks), NOWHERE)
    edition = resolve(Book(Meta(title="Schriften · Γραφές"), (example,), ()), "student", Collector())
    assert findings(edition, name, found_in(edition, name, theme, tmp_path / "file")) == ()

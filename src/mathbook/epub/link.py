"""The bundles of an edition become one file. What is finished is copied; what is kept is what the contents need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from mathbook.archive.member import Member, deflated, stored
from mathbook.archive.zip_writer import ZipWriter
from mathbook.document.book import Example, Unit
from mathbook.document.edition import Edition
from mathbook.document.fragment import Fragment
from mathbook.document.labels import id_of
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.pagination import CONTENTS, TITLE_PAGE, Pagination
from mathbook.document.theme import Theme
from mathbook.epub.book import BookRecord, book_record
from mathbook.epub.bundle import Bundle, BundledPicture, unpack
from mathbook.epub.early import cover_of
from mathbook.epub.fonts import embedded_fonts, families
from mathbook.epub.glyphs import Glyphs, glyphs_between_tags, glyphs_of_all
from mathbook.epub.lists import nav_list, nav_points, page_list, page_targets
from mathbook.epub.names import ROOT, page_name
from mathbook.epub.nav import NavEntry, label_entries, unit_entry
from mathbook.epub.package import XHTML, Item, package_document
from mathbook.epub.page_map import from_bytes
from mathbook.epub.pages import finished
from mathbook.epub.print_pages import PrintPages
from mathbook.epub.remembered import remembered
from mathbook.epub.style import style_sheet
from mathbook.epub.templating import render


def link(
    edition: Edition,
    fragments: Iterable[Fragment],
    theme: Theme,
    into: Path,
    pages: Pagination | None = None,
    memo: Memo = FORGETFUL,
) -> None:
    """Write the e-book. `fragments` come in the order of the edition's units; `pages` are those of print."""
    year, month, day = (int(part) for part in edition.meta.date.split("-"))
    with into.open("wb", _BUFFER) as file:
        archive = ZipWriter(file, (year, month, day))
        archive.add("mimetype", stored(b"application/epub+zip"))
        archive.add("META-INF/container.xml", deflated(render("container.xml", root=ROOT).encode()))
        linker = _Linker(edition, theme, archive, book_record(edition), PrintPages.of(pages), memo)
        linker.front()
        for unit, fragment in zip(edition.units, fragments, strict=True):
            assert unit.id == fragment.unit, "fragments come in the order of the units"
            linker.take(unit, unpack(fragment.content))
        linker.text()
        linker.colophon()
        linker.contents()
        linker.looks()
        linker.package()
        archive.close()


class _Waiting(NamedTuple):
    """What a unit's page is finished from."""

    unit: str
    href: str
    page: Member
    places: bytes
    leads_to: tuple[str, ...]


@dataclass(slots=True)
class _Linker:
    """Writes members one by one, and remembers their places in the manifest, the contents and the fonts.

    The units' pages wait until all of them are taken: only then it is known which links lead somewhere.
    """

    edition: Edition
    theme: Theme
    archive: ZipWriter
    book: BookRecord
    pages: PrintPages
    memo: Memo
    items: dict[str, Item] = field(default_factory=dict)
    entries: list[NavEntry] = field(default_factory=list)
    waiting: list[_Waiting] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    captions: dict[tuple[str, str], str] = field(default_factory=dict)
    glyphs: list[Glyphs] = field(default_factory=list)

    def front(self) -> None:
        """Write cover and title page, and keep the place of the contents behind them."""
        drawing, picture = cover_of(self.book, self.theme, self.memo)
        self._write(Item("cover-image", "cover.png", "image/png", ("cover-image",)), picture)
        self._write(Item("cover-drawing", "cover.svg", "image/svg+xml"), drawing)
        self._write_page(Item("cover", "cover.xhtml", XHTML, (), reading=True), render("cover.xhtml", book=self.book))
        page = render("titlepage.xhtml", book=self.book, page=self.pages.first_of(TITLE_PAGE))
        self._write_page(Item("title", "title.xhtml", XHTML, (), reading=True), page)
        self._keep(_NAV)

    def take(self, unit: Unit, bundle: Bundle) -> None:
        """Take a unit up, and write those of its pictures that no unit before it has."""
        href = page_name(unit.id)
        self._keep(Item(f"unit-{id_of(unit.id)}", href, XHTML, bundle.properties, reading=True))
        for picture in bundle.pictures:
            self._picture(picture)
        self.entries.append(unit_entry(unit, href, bundle))
        self.anchors.update(bundle.anchors)
        self.captions |= {(unit.id, label): words for label, words in bundle.captions}
        self.glyphs.append(bundle.glyphs)
        self.waiting.append(_Waiting(unit.id, href, bundle.page, bundle.places, bundle.leads_to))

    def _picture(self, picture: BundledPicture) -> None:
        if picture.name not in self.items:
            self._write(Item(picture.name.replace("/", "-"), picture.name, picture.media_type), picture.member)

    def text(self) -> None:
        """Write the units' pages."""
        for waiting in self.waiting:
            self.archive.add(f"{ROOT}/{waiting.href}", self._finished(waiting))

    def _finished(self, waiting: _Waiting) -> Member:
        """Return the page with what only the linker knows: which links lead somewhere, and where print pages begin."""
        printed = self.pages.of_unit(waiting.unit)
        there = self.anchors.intersection(waiting.leads_to)
        if not printed and len(there) == len(waiting.leads_to):
            return waiting.page

        def make() -> Member:
            return deflated(finished(waiting.page.content, from_bytes(waiting.places), printed, there))

        made_of = waiting.page.data + repr((printed, sorted(there))).encode()
        return remembered(self.memo, "page", made_of, make)

    def colophon(self) -> None:
        """Write what stands on the last page."""
        names = [family.name for family in families(self.theme.fonts)]
        page = render("colophon.xhtml", book=self.book, families=names)
        self._write_page(Item("colophon", "colophon.xhtml", XHTML, (), reading=True), page)

    def contents(self) -> None:
        """Write the contents, for readers of today and of yesterday."""
        start = next((page_name(unit.id) for unit in self.edition.units if isinstance(unit, Example)), "")
        labels = label_entries(self.edition, self.captions)
        pages = self.pages.links()
        nav = render(
            "nav.xhtml",
            book=self.book,
            start=start,
            page=self.pages.first_of(CONTENTS),
            contents=nav_list(self.entries),
            pages=page_list(pages) if pages else "",
            **{name: nav_list(entries) if entries else "" for name, entries in labels.items()},
        )
        self._write_page(_NAV, nav)
        points, count = nav_points(self.entries)
        last = max((int(page.label) for page in pages if page.label.isdigit()), default=0)
        targets = page_targets(pages, count)
        ncx = render("toc.ncx", book=self.book, points=points, pages=len(pages), last_page=last, targets=targets)
        self._write(Item("ncx", "toc.ncx", "application/x-dtbncx+xml"), deflated(ncx.encode()))

    def looks(self) -> None:
        """Write the fonts with their licences, and the style sheet."""
        fonts = tuple(embedded_fonts(self.theme.fonts, glyphs_of_all(self.glyphs)))
        for font in fonts:
            self._write(Item(font.href.replace("/", "-"), font.href, font.media_type), deflated(font.data))
        for family in families(self.theme.fonts):
            if family.licence:
                name = family.name.lower().replace(" ", "-")
                self.archive.add(f"META-INF/licences/{name}.txt", deflated(family.licence.read_bytes()))
        self._write(Item("style", "style.css", "text/css"), deflated(style_sheet(self.theme, fonts).encode()))

    def package(self) -> None:
        """Write the package document."""
        topics = sorted({topic for unit in self.edition.units if isinstance(unit, Example) for topic in unit.topics})
        document = package_document(self.book, self.items.values(), topics, self.pages.source)
        self.archive.add(f"{ROOT}/package.opf", deflated(document.encode()))

    def _keep(self, item: Item) -> None:
        self.items[item.href] = item

    def _write(self, item: Item, member: Member) -> None:
        self._keep(item)
        self.archive.add(f"{ROOT}/{item.href}", member)

    def _write_page(self, item: Item, page: str) -> None:
        self._write(item, deflated(page.encode()))
        self.glyphs.append(glyphs_between_tags(page))


_BUFFER = 2**20
"""Most members are small: the file is written in pieces of this size."""
_NAV = Item("nav", "nav.xhtml", XHTML, ("nav",), reading=True)

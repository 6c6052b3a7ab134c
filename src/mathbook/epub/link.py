"""The bundles of an edition become one file. Each is written as it comes; what is kept is what the contents need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from mathbook.document.book import Example, Unit
from mathbook.document.edition import Edition
from mathbook.document.fragment import Fragment
from mathbook.document.labels import id_of
from mathbook.document.pagination import CONTENTS, TITLE_PAGE, Pagination
from mathbook.document.theme import Theme
from mathbook.epub.archive import Archive
from mathbook.epub.book import BookRecord, book_record
from mathbook.epub.bundle import Bundle, unpack
from mathbook.epub.cover import cover_png, cover_svg
from mathbook.epub.fonts import embedded_fonts, families
from mathbook.epub.glyphs import NO_GLYPHS, Glyphs, glyphs_of
from mathbook.epub.links import take_off_dangling_links
from mathbook.epub.names import ROOT, page_name
from mathbook.epub.nav import NavEntry, label_entries, numbered, unit_entry
from mathbook.epub.package import XHTML, Item, package_document
from mathbook.epub.pages import XHTML as HTML
from mathbook.epub.pages import mark_pages
from mathbook.epub.presence import Presence
from mathbook.epub.print_pages import PrintPages
from mathbook.epub.style import style_sheet
from mathbook.epub.templating import render


def link(
    edition: Edition, fragments: Iterable[Fragment], theme: Theme, into: Path, pages: Pagination | None = None
) -> None:
    """Write the e-book. `fragments` come in the order of the edition's units; `pages` are those of print."""
    with Archive(into, edition.meta.date) as archive:
        archive.add("mimetype", "application/epub+zip", stored=True)
        archive.add("META-INF/container.xml", render("container.xml", root=ROOT))
        linker = _Linker(edition, theme, archive, book_record(edition), Presence(edition), PrintPages.of(pages))
        linker.front()
        for unit, fragment in zip(edition.units, fragments, strict=True):
            assert unit.id == fragment.unit, "fragments come in the order of the units"
            linker.unit(unit, fragment)
        linker.colophon()
        linker.contents()
        linker.looks()
        linker.package()


@dataclass(slots=True)
class _Linker:
    """Writes members one by one, and remembers their places in the manifest, the contents and the fonts."""

    edition: Edition
    theme: Theme
    archive: Archive
    book: BookRecord
    there: Presence
    pages: PrintPages
    items: dict[str, Item] = field(default_factory=dict)
    entries: list[NavEntry] = field(default_factory=list)
    places: set[tuple[str, str]] = field(default_factory=set)
    glyphs: Glyphs = NO_GLYPHS

    def front(self) -> None:
        """Write cover and title page, and keep the place of the contents behind them."""
        drawn = cover_svg(self.book, self.theme)
        self._write(Item("cover-image", "cover.png", "image/png", ("cover-image",)), cover_png(drawn))
        self._write(Item("cover-drawing", "cover.svg", "image/svg+xml"), drawn)
        self._write_page(Item("cover", "cover.xhtml", XHTML, (), reading=True), render("cover.xhtml", book=self.book))
        page = render("titlepage.xhtml", book=self.book, page=self.pages.first_of(TITLE_PAGE))
        self._write_page(Item("title", "title.xhtml", XHTML, (), reading=True), page)
        self._keep(_NAV)

    def unit(self, unit: Unit, fragment: Fragment) -> None:
        """Write a unit's page, and those of its pictures that no unit before it has."""
        bundle = unpack(fragment.content)
        item = Item(f"unit-{id_of(unit.id)}", page_name(unit.id), XHTML, bundle.properties, reading=True)
        self._write(item, self._finished(bundle.page, unit, fragment))
        self._pictures(bundle)
        self.entries.append(unit_entry(unit, bundle))
        self.places |= {(unit.id, place.label) for place in fragment.places}
        self.glyphs |= bundle.glyphs

    def _finished(self, page: bytes, unit: Unit, fragment: Fragment) -> bytes:
        """Return the page with what only the linker knows: which links lead somewhere, and where print pages begin."""
        printed = self.pages.of_unit(unit.id)
        if not fragment.needs and not printed:
            return page
        root = etree.fromstring(page, etree.XMLParser(resolve_entities=False, no_network=True))
        take_off_dangling_links(root, self.there)
        mark_pages(next(root.iter(f"{{{HTML}}}section")), printed)
        return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)

    def _pictures(self, bundle: Bundle) -> None:
        for picture in bundle.pictures:
            if picture.name not in self.items:
                key = picture.name.replace("/", "-")
                self.items[picture.name] = Item(key, picture.name, picture.media_type)
                self.archive.add(f"{ROOT}/{picture.name}", picture.data)

    def colophon(self) -> None:
        """Write what stands on the last page."""
        names = [family.name for family in families(self.theme.fonts)]
        page = render("colophon.xhtml", book=self.book, families=names)
        self._write_page(Item("colophon", "colophon.xhtml", XHTML, (), reading=True), page)

    def contents(self) -> None:
        """Write the contents, for readers of today and of yesterday."""
        entries = numbered(self.entries)
        start = next((page_name(unit.id) for unit in self.edition.units if isinstance(unit, Example)), "")
        lists = {"contents": entries, "pages": self.pages.links(), **label_entries(self.edition, self.places)}
        page = self.pages.first_of(CONTENTS)
        self._write_page(_NAV, render("nav.xhtml", book=self.book, start=start, page=page, **lists))
        ncx = Item("ncx", "toc.ncx", "application/x-dtbncx+xml")
        count = sum(1 + len(entry.children) for entry in entries)
        self._write(ncx, render("toc.ncx", book=self.book, points_before=count, **lists))

    def looks(self) -> None:
        """Write the fonts with their licences, and the style sheet."""
        fonts = tuple(embedded_fonts(self.theme.fonts, self.glyphs))
        for font in fonts:
            self._write(Item(font.href.replace("/", "-"), font.href, font.media_type), font.data)
        for family in families(self.theme.fonts):
            if family.licence:
                name = family.name.lower().replace(" ", "-")
                self.archive.add(f"META-INF/licences/{name}.txt", family.licence.read_bytes())
        self._write(Item("style", "style.css", "text/css"), style_sheet(self.theme, fonts))

    def package(self) -> None:
        """Write the package document."""
        topics = sorted({topic for unit in self.edition.units if isinstance(unit, Example) for topic in unit.topics})
        document = package_document(self.book, self.items.values(), topics, self.pages.source)
        self.archive.add(f"{ROOT}/package.opf", document)

    def _keep(self, item: Item) -> None:
        self.items[item.href] = item

    def _write(self, item: Item, data: bytes | str) -> None:
        self._keep(item)
        self.archive.add(f"{ROOT}/{item.href}", data)

    def _write_page(self, item: Item, page: str) -> None:
        self._write(item, page)
        self.glyphs |= glyphs_of(etree.fromstring(page.encode()))


_NAV = Item("nav", "nav.xhtml", XHTML, ("nav",), reading=True)

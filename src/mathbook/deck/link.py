"""Fragments become a deck: finished parts are copied and numbered; nothing is laid out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from mathbook.archive.member import Chunk, Gapped, Member
from mathbook.deck.bundle import Bundle, SlidePart, unpack
from mathbook.deck.compile import fitted, fitter
from mathbook.deck.finish import with_gap, written
from mathbook.deck.fitter import Fitter
from mathbook.deck.headers import closing_drafts, opening_drafts
from mathbook.deck.master import theme_xml
from mathbook.deck.masters import Masters, our_parts, template_parts
from mathbook.deck.note_pages import notes_master_xml
from mathbook.deck.package import Package, open_package
from mathbook.deck.presentation import (
    PROPERTIES_XML,
    VIEW_XML,
    Section,
    app_xml,
    core_xml,
    presentation_xml,
)
from mathbook.deck.printed import NOWHERE, PAGE, Pages, footer_end, pages_of
from mathbook.deck.record import LONGEST_PROPERTY, PART, PROPERTIES, record_chunks, record_part, record_property
from mathbook.deck.relations import relations_of, relations_xml
from mathbook.deck.runs import words
from mathbook.deck.scene import scene_of
from mathbook.deck.slides import Draft, Slide
from mathbook.deck.tables import table_styles_xml
from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Example
from mathbook.document.edition import Edition, Options
from mathbook.document.fragment import Fragment
from mathbook.document.pagination import Pagination, PrintPage
from mathbook.document.talk import CLOSING, OPENING
from mathbook.document.theme import Theme
from mathbook.document.words import say


def link(
    edition: Edition, fragments: Iterable[Fragment], theme: Theme, into: Path, pages: Pagination | None = None
) -> None:
    """Write the finished deck: title, agenda and all units, or one unit with a title of its own.

    `pages` are those of the handout that is made with it: footers say where to read on.
    """
    with open_package(into, edition.meta.date) as package:
        options = Options(edition.audience, edition.meta)
        first = tuple(opening_drafts(edition))
        linker = _Linker(package, edition.meta.language, len(_placed(first, theme, options)))
        said, places, printed = [], {}, _by_unit(pages)
        for unit, fragment in zip(edition.units, fragments, strict=True):
            bundle = unpack(fragment.content)
            name = f"{unit.number}. {bundle.title}" if isinstance(unit, Example) and unit.number else bundle.title
            places[unit.id] = linker.slides + 1
            linker.add(name, bundle, pages_of(bundle.running, printed.get(unit.id, [])))
            said.append((unit.id, name, bundle.said))
        discussion = say("Discussion", edition.meta.language)
        closing = _finished(tuple(closing_drafts(edition)), discussion, theme, options)
        linker.add(discussion, closing)
        led_to = tuple(places.items()) if edition.scope == "book" else ()
        opening = _finished(first, edition.meta.title, theme, options, led_to)
        linker.add_first(opening)
        said.append((CLOSING, closing.title, closing.said))
        _record(package, edition, [(OPENING, opening.title, opening.said), *said])
        _finish(package, linker, edition, theme)


@lru_cache(maxsize=8)
def _placed(drafts: tuple[Draft, ...], theme: Theme, options: Options) -> tuple[Slide, ...]:
    """Return slides that no unit has; those of the decks of all examples are the same."""
    return fitted(drafts, _sizer(theme, options))


@lru_cache(maxsize=8)
def _finished(
    drafts: tuple[Draft, ...], title: str, theme: Theme, options: Options, places: tuple[tuple[str, int], ...] = ()
) -> Bundle:
    """Return the same slides as finished parts; `places` are the numbers of the slides that they lead to."""
    slides = _placed(drafts, theme, options)
    return written(slides, title, theme, options, _sizer(theme, options), places=dict(places))


def _sizer(theme: Theme, options: Options) -> Fitter:
    return fitter(theme, options, Span(""), Collector())


def _by_unit(pages: Pagination | None) -> dict[str, list[PrintPage]]:
    """Return the pages that each unit has in print."""
    found: dict[str, list[PrintPage]] = {}
    for page in pages.pages if pages else ():
        found.setdefault(page.unit, []).append(page)
    return found


@dataclass(slots=True)
class _Linker:
    """Numbers slides and notes as they come, after the first `slides`, for which room is left."""

    package: Package
    language: str
    slides: int
    notes: int = 0
    sections: list[Section] = field(default_factory=list)
    media: set[str] = field(default_factory=set)

    def add(self, name: str, bundle: Bundle, pages: Pages = NOWHERE) -> None:
        """Append a bundle's slides as a section; `pages` are the unit's in print."""
        self.sections.append(self._section(name, bundle, self.slides, pages))
        self.slides += len(bundle.slides)

    def add_first(self, bundle: Bundle) -> None:
        """Put a bundle's slides before all others."""
        self.sections.insert(0, self._section(bundle.title, bundle, 0, NOWHERE))

    def _section(self, name: str, bundle: Bundle, before: int, pages: Pages) -> Section:
        for file, picture in bundle.files:
            if file not in self.media:
                self.media.add(file)
                self.package.put(f"ppt/media/{file}", picture)
        for number, part in enumerate(bundle.slides, start=before + 1):
            self._slide(number, part, pages.label(part.where, self.language))
        return Section(name, tuple(range(before, before + len(bundle.slides))))

    def _slide(self, number: int, slide: SlidePart, label: str) -> None:
        if slide.notes:
            self.notes += 1
        name = f"ppt/slides/slide{number}.xml"
        self.package.put(name, _filled(slide.part, footer_end(label)))
        self.package.put(relations_of(name), _filled(slide.relations, b"%d" % self.notes))
        if slide.notes:
            notes = f"ppt/notesSlides/notesSlide{self.notes}.xml"
            self.package.put(notes, slide.notes)
            self.package.put(relations_of(notes), _filled(_OF_NOTES, b"%d" % number))


_OF_NOTES = with_gap(
    relations_xml(
        [("rId1", "notes-master", "../notesMasters/notesMaster1.xml"), ("rId2", "slide", f"../slides/slide{PAGE}.xml")]
    )
)
"""The relationships of all notes, but for the number of their slide."""


def _filled(member: Member | Gapped, words: bytes) -> Member:
    return member.filled(words) if isinstance(member, Gapped) else member


def _record(package: Package, edition: Edition, said: list[tuple[str, str, Chunk]]) -> None:
    """Write what the deck says into the deck, so that it can be compared when somebody has edited it."""
    record = record_chunks(edition, said)
    package.put(PART, record_part(record))
    if sum(len(content) for content, _ in record) <= LONGEST_PROPERTY:
        package.add(PROPERTIES, record_property(record))


def _finish(package: Package, linker: _Linker, edition: Edition, theme: Theme) -> None:
    """Write everything that the slides share, and the parts that know all of them."""
    scene = scene_of(edition.meta.deck)
    masters = template_parts(package, scene.template) if scene.template else our_parts(package, scene.frame, theme)
    package.add("ppt/notesMasters/notesMaster1.xml", notes_master_xml())
    package.relate("ppt/notesMasters/notesMaster1.xml", [("rId1", "theme", f"../theme/theme{masters.themes + 1}.xml")])
    package.add(f"ppt/theme/theme{masters.themes + 1}.xml", theme_xml(theme))
    for name, data in (("presProps", PROPERTIES_XML), ("viewProps", VIEW_XML), ("tableStyles", table_styles_xml())):
        package.add(f"ppt/{name}.xml", data)
    listed = presentation_xml(scene.frame, linker.slides, linker.sections, masters.listed)
    package.add("ppt/presentation.xml", listed)
    title = edition.meta.title if edition.scope == "book" else words(edition.units[0].title, edition.meta.language)
    package.add("docProps/core.xml", core_xml(edition, title))
    package.add("docProps/app.xml", app_xml(scene.frame, linker.slides, linker.notes))
    package.relate(
        "",
        [
            ("rId1", "document", "ppt/presentation.xml"),
            ("rId2", "core", "docProps/core.xml"),
            ("rId3", "app", "docProps/app.xml"),
            *([("rId4", "custom-properties", PROPERTIES)] if PROPERTIES in package.parts else []),
        ],
    )
    package.relate("ppt/presentation.xml", _presentation_relations(linker.slides, masters))  # last: the seal adds to it
    package.finish()


def _presentation_relations(slides: int, masters: Masters) -> Iterator[tuple[str, str, str]]:
    for _, at in masters.listed:
        yield f"rIdM{at}", "master", f"slideMasters/slideMaster{at}.xml"
    yield "rId2", "notes-master", "notesMasters/notesMaster1.xml"
    yield "rId3", "properties", "presProps.xml"
    yield "rId4", "view", "viewProps.xml"
    yield "rId5", "theme", "theme/theme1.xml"
    yield "rId6", "table-styles", "tableStyles.xml"
    yield "rId7", "custom-xml", f"../{PART}"
    for at in range(slides):
        yield f"rId{100 + at}", "slide", f"slides/slide{at + 1}.xml"

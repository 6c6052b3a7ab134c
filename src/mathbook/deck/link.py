"""Fragments become a deck: finished parts are copied and numbered; nothing is laid out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mathbook.deck.bundle import Bundle, SlidePart, unpack
from mathbook.deck.compile import fitted, written
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
from mathbook.deck.printed import NOWHERE, Pages, completed, pages_of
from mathbook.deck.record import LONGEST_PROPERTY, PART, PROPERTIES, record_part, record_property, record_text
from mathbook.deck.runs import words
from mathbook.deck.scene import Scene, scene_of
from mathbook.deck.slides import Draft, Layout
from mathbook.deck.tables import table_styles_xml
from mathbook.document.book import Example
from mathbook.document.edition import Edition, Options
from mathbook.document.fragment import Fragment
from mathbook.document.pagination import Pagination
from mathbook.document.talk import CLOSING, OPENING
from mathbook.document.theme import Theme
from mathbook.document.words import say


def link(
    edition: Edition, fragments: Iterable[Fragment], theme: Theme, into: Path, pages: Pagination | None = None
) -> None:
    """Write the finished deck: title, agenda and all units, or one unit with a title of its own.

    `pages` are those of the handout that is made with it: footers say where to read on.
    """
    package = open_package(into, edition.meta.date)
    with package.archive:
        linker = _Linker(package, scene_of(edition.meta.deck), edition.meta.language)
        opening = _of_our_own(opening_drafts(edition), edition, theme)
        linker.add(edition.meta.title, opening)
        said = [(OPENING, edition.meta.title, opening.said)]
        for unit, fragment in zip(edition.units, fragments, strict=True):
            bundle = unpack(fragment.content)
            printed = pages_of(bundle.running, [page for page in pages.pages if page.unit == unit.id] if pages else [])
            name = f"{unit.number}. {bundle.title}" if isinstance(unit, Example) and unit.number else bundle.title
            linker.add(name, bundle, printed)
            said.append((unit.id, name, bundle.said))
        discussion = say("Discussion", edition.meta.language)
        closing = _of_our_own(closing_drafts(edition), edition, theme)
        linker.add(discussion, closing)
        _record(package, edition, [*said, (CLOSING, discussion, closing.said)])
        _finish(package, linker, edition, theme)


@dataclass(slots=True)
class _Linker:
    """Numbers slides, notes and pictures as they come."""

    package: Package
    scene: Scene
    language: str
    slides: int = 0
    notes: int = 0
    sections: list[Section] = field(default_factory=list)
    layouts: dict[Layout, int] = field(default_factory=dict)
    media: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, bundle: Bundle, pages: Pages = NOWHERE) -> None:
        """Append a bundle's slides as a section; `pages` are the unit's in print."""
        for file, data in bundle.files:
            if file not in self.media:
                self.media[file] = f"media/image{len(self.media) + 1}.{file.rsplit('.', 1)[1]}"
                self.package.add(f"ppt/{self.media[file]}", data)
        first = self.slides
        for part in bundle.slides:
            self._slide(part, pages.label(part.where, self.language))
        self.sections.append(Section(name, tuple(range(first, self.slides))))

    def _slide(self, part: SlidePart, label: str) -> None:
        self.slides += 1
        name = f"ppt/slides/slide{self.slides}.xml"
        if part.layout not in self.layouts:
            self.layouts[part.layout] = self.scene.layout(part.layout).number
        layout = self.layouts[part.layout]
        relations = [("rId1", "layout", f"../slideLayouts/slideLayout{layout}.xml")]
        relations += [(number, kind, self._target(kind, target)) for number, kind, target in part.relations]
        if part.notes:
            self.notes += 1
            relations.append(("rId2", "notes", f"../notesSlides/notesSlide{self.notes}.xml"))
        self.package.add(name, completed(part.xml, label))
        self.package.relate(name, relations)
        if part.notes:
            notes = f"ppt/notesSlides/notesSlide{self.notes}.xml"
            self.package.add(notes, part.notes)
            back = ("rId2", "slide", f"../slides/slide{self.slides}.xml")
            self.package.relate(notes, [("rId1", "notes-master", "../notesMasters/notesMaster1.xml"), back])

    def _target(self, kind: str, target: str) -> str:
        return f"../{self.media[target]}" if kind == "image" else target


def _of_our_own(drafts: Iterable[Draft], edition: Edition, theme: Theme) -> Bundle:
    """Return slides that no unit has: title, agenda, end."""
    options = Options(edition.audience, edition.meta)
    return written(fitted(tuple(drafts), theme, options), edition.meta.title, theme, options)


def _record(package: Package, edition: Edition, said: list[tuple[str, str, str]]) -> None:
    """Write what the deck says into the deck, so that it can be compared when somebody has edited it."""
    record = record_text(edition, said)
    package.add(PART, record_part(record))
    if len(record) <= LONGEST_PROPERTY:
        package.add(PROPERTIES, record_property(record))


def _finish(package: Package, linker: _Linker, edition: Edition, theme: Theme) -> None:
    """Write everything that the slides share, and the parts that know all of them."""
    scene = linker.scene
    masters = template_parts(package, scene.template) if scene.template else our_parts(package, scene.frame, theme)
    package.add("ppt/notesMasters/notesMaster1.xml", notes_master_xml())
    package.relate("ppt/notesMasters/notesMaster1.xml", [("rId1", "theme", f"../theme/theme{masters.themes + 1}.xml")])
    package.add(f"ppt/theme/theme{masters.themes + 1}.xml", theme_xml(theme))
    for name, data in (("presProps", PROPERTIES_XML), ("viewProps", VIEW_XML), ("tableStyles", table_styles_xml())):
        package.add(f"ppt/{name}.xml", data)
    listed = presentation_xml(scene.frame, linker.slides, linker.sections, masters.listed)
    package.add("ppt/presentation.xml", listed)
    package.relate("ppt/presentation.xml", _presentation_relations(linker.slides, masters))
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

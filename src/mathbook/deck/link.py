"""Fragments become a deck: finished parts are copied and numbered; nothing is laid out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from mathbook.archive.member import Chunk
from mathbook.deck.around import closing_of, opening_of
from mathbook.deck.earlier import opened
from mathbook.deck.master import theme_xml
from mathbook.deck.masters import Masters, our_parts, template_parts
from mathbook.deck.note_pages import notes_master_xml
from mathbook.deck.package import Package, open_package
from mathbook.deck.presentation import (
    FIRST_SLIDE,
    PROPERTIES_XML,
    VIEW_XML,
    app_xml,
    core_xml,
    presentation_xml,
)
from mathbook.deck.record import LONGEST_PROPERTY, PART, PROPERTIES, record_chunks, record_part, record_property
from mathbook.deck.relations import items_xml, slides_xml
from mathbook.deck.runs import words
from mathbook.deck.scene import scene_of
from mathbook.deck.sections import Sections
from mathbook.deck.tables import table_styles_xml
from mathbook.document.before import Before
from mathbook.document.book import Example
from mathbook.document.edition import Edition
from mathbook.document.fragment import Fragment
from mathbook.document.pagination import Pagination, PrintPage
from mathbook.document.talk import CLOSING, OPENING
from mathbook.document.theme import Theme
from mathbook.document.words import say


def link(
    edition: Edition,
    fragments: Sequence[Fragment],
    theme: Theme,
    into: Path,
    pages: Pagination | None = None,
    before: Before | None = None,
) -> None:
    """Write the finished deck: title, agenda and all units, or one unit with a title of its own.

    `pages` are those of the handout that is made with it: footers say where to read on. What comes out as it did
    `before` is copied; the fragments of the others are loaded.
    """
    meta = edition.meta
    with open_package(into, meta.date) as package, opened(before, (meta.language, meta.date)) as earlier:
        opening = opening_of(edition, theme, earlier.memo)
        sections = Sections(package, earlier, meta.language, opening.slides)
        said, places, printed = [], {}, _by_unit(pages)
        for at, unit in enumerate(edition.units):
            places[unit.id] = sections.slides + 1
            key = before.keys[at] if before else ""
            told = sections.add_unit(key, printed.get(unit.id, []), partial(fragments.__getitem__, at))
            name = f"{unit.number}. {told.title}" if isinstance(unit, Example) and unit.number else told.title
            sections.list_next(name, len(told.notes))
            said.append((unit.id, name, told.said))
        discussion = say("Discussion", meta.language)
        closing = closing_of(edition, discussion, theme)
        sections.add(discussion, closing)
        first = opening.bundle(tuple(places.items()))
        sections.add_first(first)
        said.append((CLOSING, closing.title, closing.said))
        _record(package, edition, [(OPENING, first.title, first.said), *said])
        _finish(package, sections, edition, theme)
        earlier.finish()


def _by_unit(pages: Pagination | None) -> dict[str, list[PrintPage]]:
    """Return the pages that each unit has in print."""
    found: dict[str, list[PrintPage]] = {}
    for page in pages.pages if pages else ():
        found.setdefault(page.unit, []).append(page)
    return found


def _record(package: Package, edition: Edition, said: list[tuple[str, str, Chunk]]) -> None:
    """Write what the deck says into the deck, so that it can be compared when somebody has edited it."""
    record = record_chunks(edition, said)
    package.put(PART, record_part(record))
    if sum(len(content) for content, _ in record) <= LONGEST_PROPERTY:
        package.add(PROPERTIES, record_property(record))


def _finish(package: Package, sections: Sections, edition: Edition, theme: Theme) -> None:
    """Write everything that the slides share, and the parts that know all of them."""
    scene = scene_of(edition.meta.deck)
    masters = template_parts(package, scene.template) if scene.template else our_parts(package, scene.frame, theme)
    package.add("ppt/notesMasters/notesMaster1.xml", notes_master_xml())
    package.relate("ppt/notesMasters/notesMaster1.xml", [("rId1", "theme", f"../theme/theme{masters.themes + 1}.xml")])
    package.add(f"ppt/theme/theme{masters.themes + 1}.xml", theme_xml(theme))
    for name, data in (("presProps", PROPERTIES_XML), ("viewProps", VIEW_XML), ("tableStyles", table_styles_xml())):
        package.add(f"ppt/{name}.xml", data)
    listed = presentation_xml(scene.frame, sections.slides, sections.listed, masters.listed)
    package.add("ppt/presentation.xml", listed)
    title = edition.meta.title if edition.scope == "book" else words(edition.units[0].title, edition.meta.language)
    package.add("docProps/core.xml", core_xml(edition, title))
    package.add("docProps/app.xml", app_xml(scene.frame, sections.slides, sections.notes))
    package.relate(
        "",
        [
            ("rId1", "document", "ppt/presentation.xml"),
            ("rId2", "core", "docProps/core.xml"),
            ("rId3", "app", "docProps/app.xml"),
            *([("rId4", "custom-properties", PROPERTIES)] if PROPERTIES in package.parts else []),
        ],
    )
    # last: the seal adds to it
    related = items_xml(_presentation_relations(masters)) + slides_xml(sections.slides, FIRST_SLIDE)
    package.relate_for_now("ppt/presentation.xml", related)
    package.finish()


def _presentation_relations(masters: Masters) -> Iterator[tuple[str, str, str]]:
    for _, at in masters.listed:
        yield f"rIdM{at}", "master", f"slideMasters/slideMaster{at}.xml"
    yield "rId2", "notes-master", "notesMasters/notesMaster1.xml"
    yield "rId3", "properties", "presProps.xml"
    yield "rId4", "view", "viewProps.xml"
    yield "rId5", "theme", "theme/theme1.xml"
    yield "rId6", "table-styles", "tableStyles.xml"
    yield "rId7", "custom-xml", f"../{PART}"

"""The presentation part of a changed deck: its slides in order, and their sections (ECMA-376 part 1, 19.2.1.34)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from lxml import etree

from mathbook.deck.shapes import P, R
from mathbook.document.talk import TalkRecord
from mathbook.talk.deck_file import PRESENTATION
from mathbook.talk.package import Package

_P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
_FIRST_ID = 256


def arrange(package: Package, parts: Sequence[str], units: Sequence[str | None], fresh: TalkRecord) -> None:
    """Show these slides in this order; those that are no longer shown leave the deck.

    `units` are the slides' units, None for the speaker's own. Slides that were there keep their ids and sections; a
    new unit gets a section of its own.
    """
    known = package.slide_ids()
    ids = dict(known)
    for part in parts:
        ids.setdefault(part, str(max([_FIRST_ID - 1, *map(int, ids.values())]) + 1))
    relations = {part: package.relate(PRESENTATION, "slide", part) for part in parts}
    root = package.file.xml(PRESENTATION)
    listed = next(root.iter(f"{P}sldIdLst"))
    for entry in list(listed):
        listed.remove(entry)
    for part in parts:
        etree.SubElement(listed, f"{P}sldId", {"id": ids[part], f"{R}id": relations[part]})
    _sections(root, [ids[part] for part in parts], units, {unit.id: unit.title for unit in fresh.units})
    package.put(PRESENTATION, root)
    for part in set(known) - set(parts):
        _leave(package, part)


def _leave(package: Package, part: str) -> None:
    notes = package.file.related(part, "notesSlide")
    if notes:
        package.remove(notes)
    package.remove(part)
    file = "ppt/_rels/presentation.xml.rels"
    relations = package.file.xml(file)
    gone = [one.id for one in package.file.relations(PRESENTATION).values() if one.target == part]
    for one in [one for one in relations if one.get("Id") in gone]:
        relations.remove(one)
    package.put(file, relations)


def _sections(root: etree._Element, ids: Sequence[str], units: Sequence[str | None], titles: dict[str, str]) -> None:
    """Write the sections anew, each slide in one (MS-PPTX 2.6.3): where it was, or with the slides of its unit."""
    found = next(root.iter(f"{_P14}sectionLst"), None)
    if found is None:
        return
    sections = list(found)
    home = {entry.get("id", ""): section for section in sections for entry in section.iter(f"{_P14}sldId")}
    by_unit = {unit: home[one] for one, unit in zip(ids, units, strict=True) if unit is not None and one in home}
    order: list[etree._Element] = []
    members: list[list[str]] = []
    for one, unit in zip(ids, units, strict=True):
        section = home.get(one)
        if section is None and unit is not None:
            section = by_unit.get(unit)
            if section is None:
                section = by_unit[unit] = _new_section(titles.get(unit, unit), unit)
        if section is None or section in order:
            section = order[-1] if order else sections[0]
        if section not in order:
            order.append(section)
            members.append([])
        members[order.index(section)].append(one)
    for section in sections:
        found.remove(section)
    for section, slides in zip(order, members, strict=True):
        _fill(section, slides)
        found.append(section)


def _new_section(title: str, unit: str) -> etree._Element:
    identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, f"mathbook:section:{unit}:{title}")).upper()
    return etree.Element(f"{_P14}section", {"name": title, "id": f"{{{identifier}}}"}, nsmap={"p14": _P14[1:-1]})


def _fill(section: etree._Element, slides: Sequence[str]) -> None:
    for child in list(section):
        if child.tag == f"{_P14}sldIdLst":
            section.remove(child)
    listed = etree.Element(f"{_P14}sldIdLst")
    section.insert(0, listed)
    for one in slides:
        etree.SubElement(listed, f"{_P14}sldId", {"id": one})

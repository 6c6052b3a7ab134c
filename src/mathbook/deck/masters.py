"""The parts that decide how a deck looks: our own master and layouts, or a template's."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from mathbook.archive.member import Member
from mathbook.deck.frame import Frame
from mathbook.deck.layouts import LAYOUTS
from mathbook.deck.master import layout_xml, master_xml, theme_xml
from mathbook.deck.package import Package, member_of
from mathbook.deck.presentation import OUR_MASTER
from mathbook.deck.relations import relations_of, relations_xml
from mathbook.deck.template import Template
from mathbook.document.theme import Theme
from mathbook.frozen import frozen


@frozen
class Masters:
    """The slide masters as (id, number from 1), and how many themes they brought."""

    listed: tuple[tuple[int, int], ...]
    themes: int


def our_parts(package: Package, frame: Frame, theme: Theme) -> Masters:
    """Write the master and the layouts that are made of the theme's tokens."""
    for name, member in _finished(frame, theme):
        package.put(name, member)
    return Masters(OUR_MASTER, 1)


@lru_cache(maxsize=8)
def _finished(frame: Frame, theme: Theme) -> tuple[tuple[str, Member], ...]:
    """Return the parts as finished members, by name: they are the same in the deck of each example."""
    return tuple((name, member_of(name, xml.encode("utf-8"))) for name, xml in _ours(frame, theme))


def _ours(frame: Frame, theme: Theme) -> Iterator[tuple[str, str]]:
    master = "ppt/slideMasters/slideMaster1.xml"
    layouts = [f"slideLayouts/slideLayout{number}.xml" for number in range(1, len(LAYOUTS) + 1)]
    for name, target in zip(LAYOUTS, layouts, strict=True):
        part = f"ppt/{target}"
        yield part, layout_xml(name, frame, theme)
        yield relations_of(part), relations_xml([("rId1", "master", "../slideMasters/slideMaster1.xml")])
    related = [(f"rId{at}", "layout", f"../{target}") for at, target in enumerate(layouts, start=1)]
    yield master, master_xml(frame, theme)
    yield relations_of(master), relations_xml([*related, (f"rId{len(LAYOUTS) + 1}", "theme", "../theme/theme1.xml")])
    yield "ppt/theme/theme1.xml", theme_xml(theme)


def template_parts(package: Package, template: Template) -> Masters:
    """Write the template's masters, layouts, themes and their pictures, as they were read."""
    for name, data in template.parts:
        package.add(name, data)
    for name, items in template.relations:
        package.relate_as(name, items)
    return Masters(template.masters, template.themes)

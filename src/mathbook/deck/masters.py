"""The parts that decide how a deck looks: our own master and layouts, or a template's."""

from __future__ import annotations

from dataclasses import dataclass

from mathbook.deck.frame import Frame
from mathbook.deck.layouts import LAYOUTS
from mathbook.deck.master import layout_xml, master_xml, theme_xml
from mathbook.deck.package import Package
from mathbook.deck.presentation import OUR_MASTER
from mathbook.deck.template import Template
from mathbook.document.theme import Theme


@dataclass(frozen=True, slots=True)
class Masters:
    """The slide masters as (id, number from 1), and how many themes they brought."""

    listed: tuple[tuple[int, int], ...]
    themes: int


def our_parts(package: Package, frame: Frame, theme: Theme) -> Masters:
    """Write the master and the layouts that are made of the theme's tokens."""
    for number, name in enumerate(LAYOUTS, start=1):
        part = f"ppt/slideLayouts/slideLayout{number}.xml"
        package.add(part, layout_xml(name, frame, theme))
        package.relate(part, [("rId1", "master", "../slideMasters/slideMaster1.xml")])
    layouts = [(f"rId{at}", "layout", f"../slideLayouts/slideLayout{at}.xml") for at in range(1, len(LAYOUTS) + 1)]
    package.add("ppt/slideMasters/slideMaster1.xml", master_xml(frame, theme))
    related = [*layouts, (f"rId{len(LAYOUTS) + 1}", "theme", "../theme/theme1.xml")]
    package.relate("ppt/slideMasters/slideMaster1.xml", related)
    package.add("ppt/theme/theme1.xml", theme_xml(theme))
    return Masters(OUR_MASTER, 1)


def template_parts(package: Package, template: Template) -> Masters:
    """Write the template's masters, layouts, themes and their pictures, as they were read."""
    for name, data in template.parts:
        package.add(name, data)
    for name, items in template.relations:
        package.relate_as(name, items)
    return Masters(template.masters, template.themes)

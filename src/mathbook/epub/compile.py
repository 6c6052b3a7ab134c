"""A unit becomes a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from markupsafe import Markup

from mathbook.archive.member import deflated
from mathbook.document.book import Example, Matter, Picture, Unit
from mathbook.document.edition import Options
from mathbook.document.fragment import Fragment, Place
from mathbook.document.labels import id_of
from mathbook.document.nodes import Figure, Formula, Image, Link, Table
from mathbook.document.select import for_format
from mathbook.document.theme import Theme
from mathbook.document.walk import found_in, walk
from mathbook.document.words import say
from mathbook.epub.bundle import Bundle, BundledPicture, OutlineEntry, pack
from mathbook.epub.formulas import MATHML, SVG, drawing, name_drawing
from mathbook.epub.glyphs import glyphs_of
from mathbook.epub.links import leads_to_a_unit, take_off_links
from mathbook.epub.mapping import map_of
from mathbook.epub.names import picture_name, unit_href
from mathbook.epub.page_map import to_bytes
from mathbook.epub.templating import render
from mathbook.epub.terms import open_beside
from mathbook.formula.mathml import draws_only, mathml
from mathbook.formula.parse import parse
from mathbook.formula.plain_line import plain_line
from mathbook.html.directions import direction, say_directions
from mathbook.html.target import Target
from mathbook.html.unit import write_unit

EPUB = "http://www.idpf.org/2007/ops"

_IDS = etree.XPath("descendant-or-self::*/@id", smart_strings=False)

_PHONE = 15.0
"""A formula in a line that is wider than this (in em) may be wider than a phone: there it gets a line to scroll in."""
_COLUMN = 30.0
"""One that is wider than this may be wider than the text on any screen."""

_WORDY = 20
"""A table's cell with more letters than this gets room for some of them in a line."""

_PARTS = {
    "preface": ("preface", "doc-preface"),
    "foreword": ("foreword", "doc-foreword"),
    "introduction": ("introduction", "doc-introduction"),
    "acknowledgments": ("acknowledgments", "doc-acknowledgments"),
    "glossary": ("glossary", "doc-glossary"),
    "bibliography": ("bibliography", "doc-bibliography"),
    "index": ("index", "doc-index"),
}
"""What a piece of front or back matter is called after its slug (EPUB Structural Semantics Vocabulary; DPUB-ARIA)."""


def compile(unit: Unit, theme: Theme, options: Options) -> Fragment:
    """Return the unit as a fragment that holds a packed Bundle. The theme comes in only when the book is linked."""
    selected: Unit = for_format(unit, "epub")
    page = _Page(selected, options)
    section = page.section()
    written = etree.tostring(section, encoding="unicode", with_tail=False)
    document = _document(selected, written, options)
    mapped = map_of(document, section, written.encode(), leads_to_a_unit)
    places = _places(selected, section)
    bundle = Bundle(
        page=deflated(document),
        places=to_bytes(mapped),
        title=plain_line(selected.title, options.meta.language),
        properties=tuple(_properties(section)),
        outline=tuple(page.outline(section)),
        glyphs=glyphs_of(section),
        anchors=tuple(unit_href(place.label, unit.id) for place in places),
        leads_to=tuple(sorted({link.href for link in mapped.links})),
        captions=tuple(_captions(selected, {place.label for place in places}, options)),
        pictures=(*map(_bundled, selected.pictures), *page.drawings.values()),
    )
    return Fragment(unit.id, "epub", pack(bundle), places=places, needs=_needs(selected))


@dataclass(slots=True)
class _Page:
    """One unit's page while it is made. `linear` keeps what each formula reads like in plain text."""

    unit: Unit
    options: Options
    linear: dict[etree._Element, str] = field(default_factory=dict)
    drawings: dict[str, BundledPicture] = field(default_factory=dict)

    def section(self) -> etree._Element:
        """Return the unit's section, with what only an e-book says about it."""
        section = write_unit(self.unit, self._target())
        kind, role = _part_of(self.unit)
        if kind:
            section.set(f"{{{EPUB}}}type", kind)
            section.set("role", role)
        for count, heading in enumerate(section.iter("h2"), start=1):
            if not heading.get("id"):
                heading.set("id", f"h--{count}")
        open_beside(section, self.unit)
        _give_room(section)
        _reach_by_keyboard(section, say("Equation", self.options.meta.language))
        say_directions(section, direction(self.options.meta.language))
        there = _ids(section)
        take_off_links(section, lambda href: href.startswith("#") and href[1:] not in there)
        etree.cleanup_namespaces(section, top_nsmap={"epub": EPUB})
        return section

    def outline(self, section: etree._Element) -> Iterator[OutlineEntry]:
        """Yield the headings of the second level, with their words."""
        for heading in section.iter("h2"):
            yield OutlineEntry(heading.get("id", ""), " ".join(self._words(heading).split()))

    def _words(self, node: etree._Element) -> str:
        if node in self.linear:
            return self.linear[node]
        if node.get("class") == "noteref":
            return ""
        return (node.text or "") + "".join(self._words(child) + (child.tail or "") for child in node)

    def _target(self) -> Target:
        pictures = {picture.source: picture for picture in self.unit.pictures}

        def picture(image: Image) -> str:
            shown = pictures[image.source]
            return f"../{picture_name(shown.digest, shown.media_type)}"

        return Target(
            format="epub",
            language=self.options.meta.language,
            audience=self.options.audience,
            formula=self._formula,
            picture=picture,
            link=self._link,
            footnotes="aside",
            solutions="end",
            scrolling=True,
            descriptions="details",
        )

    def _link(self, target: str, unit: str) -> str:
        label = target.removeprefix("#")
        return f"#{id_of(label)}" if unit in ("", self.unit.id) else unit_href(label, unit)

    def _formula(self, formula: Formula, display: bool) -> etree._Element:
        meta = self.options.meta
        parsed = parse(formula.latex, display=display, definitions=formula.definitions, language=meta.language)
        drawn = meta.epub.math == "svg" or draws_only(parsed)
        made = drawing(parsed) if drawn else mathml(parsed)
        if meta.epub.math == "both" and not drawn:
            picture = name_drawing(made, parsed)
            self.drawings[picture.name] = picture
        if not display and parsed.width > _PHONE:
            looks = (made.get("class", ""), "wide", "widest" if parsed.width > _COLUMN else "")
            made.set("class", " ".join(filter(None, looks)))
        self.linear[made] = parsed.linear
        return made


def _reach_by_keyboard(section: etree._Element, name: str) -> None:
    """Let what scrolls on every screen be reached by keyboard: a formula, with the signs that it keeps to."""
    for formula in section.iter(f"{{{MATHML}}}math"):
        around = formula.getparent()
        if "widest" in formula.get("class", "").split() and around is not None and around.get("class") == "nowrap":
            around.attrib.update({"role": "group", "aria-label": name, "tabindex": "0"})


def _give_room(section: etree._Element) -> None:
    """Mark the cells that say more than a word or two: on a phone they would be a column of single words."""
    for cell in section.iter("td", "th"):
        if len("".join(cell.itertext())) > _WORDY:
            cell.set("class", f"{cell.get('class', '')} wordy".strip())


def _part_of(unit: Unit) -> tuple[str, str]:
    match unit:
        case Example():
            return "chapter", "doc-chapter"
        case Matter(slug=slug, kind=kind):
            return _PARTS.get(kind or re.sub(r"^\d+-", "", slug), ("", ""))


def _document(unit: Unit, section: str, options: Options) -> bytes:
    """Return the page around the written section. Its elements have no namespace of their own: they take the page's."""
    matter = "bodymatter" if isinstance(unit, Example) else f"{unit.place}matter"
    title = plain_line(unit.title, options.meta.language)
    if isinstance(unit, Example) and unit.number:
        title = f"{unit.number} {title}"
    page = render(
        "unit.xhtml",
        language=options.meta.language,
        direction=direction(options.meta.language),
        title=title,
        matter=matter,
        audience=options.audience,
        section=Markup(section),
    )
    return page.encode()


def _properties(section: etree._Element) -> Iterator[str]:
    """Yield the properties that the page's manifest item must have (EPUB 3.3, D.6.1)."""
    if next(section.iter(f"{{{MATHML}}}math"), None) is not None:
        yield "mathml"
    if next(section.iter(f"{{{SVG}}}svg"), None) is not None:
        yield "svg"


def _captions(unit: Unit, there: set[str], options: Options) -> Iterator[tuple[str, str]]:
    """Yield the captions of the figures and tables that are `there`; formulas read like in plain text."""
    for node in found_in(unit.blocks, Figure, Table):
        if node.id in there:
            yield node.id, plain_line(node.caption, options.meta.language)


def _bundled(picture: Picture) -> BundledPicture:
    name = picture_name(picture.digest, picture.media_type)
    return BundledPicture(name, picture.media_type, deflated(picture.on_screens or picture.data))


def _ids(section: etree._Element) -> frozenset[str]:
    return frozenset(_IDS(section))


def _places(unit: Unit, section: etree._Element) -> tuple[Place, ...]:
    """Return the labels that are really on the page: what is left out of print takes its labels along."""
    there = _ids(section)
    labels = [str(node.id) for node in walk(unit.blocks) if getattr(node, "id", "")]  # type: ignore[attr-defined]
    return tuple(Place(label, 0) for label in (unit.id, *labels) if id_of(label) in there)


def _needs(unit: Unit) -> tuple[str, ...]:
    links = found_in((unit.title, unit.blocks), Link)
    return tuple(sorted({link.target.removeprefix("#") for link in links if link.unit and link.unit != unit.id}))

"""Formulas on a page: MathML, or for reading systems that have none, a drawing in the colour of the text."""

from __future__ import annotations

from copy import deepcopy
from hashlib import blake2b

from lxml import etree

from mathbook.archive.member import deflated
from mathbook.epub.bundle import BundledPicture
from mathbook.formula.parse import ParsedFormula
from mathbook.formula.symbols import symbols

MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
_PATH, _USE, _GROUP = f"{{{SVG}}}path", f"{{{SVG}}}use", f"{{{SVG}}}g"


def drawing(parsed: ParsedFormula) -> etree._Element:
    """Return the formula drawn in the colour of the text, on its baseline, named by its words.

    Its symbols are kept beside it, since a drawing has no text that could be compared. The glyphs stand where they are
    used, not under an id, so that a formula may occur twice on a page.
    """
    source = _parsed_svg(parsed.svg)
    made = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG})
    made.set("viewBox", source.get("viewBox", ""))
    made.set("width", f"{parsed.width:.3f}em")
    made.set("height", f"{parsed.ascent + parsed.descent:.3f}em")
    made.set("style", f"vertical-align: {-parsed.descent:.3f}em")
    made.set("class", "formula")
    made.set("role", "img")
    made.set("aria-label", parsed.speech)
    made.set("data-symbols", "".join(symbols(parsed.tree)))
    glyphs = {f"#{path.get('id')}": path for path in source.iter(_PATH) if path.get("id")}
    for group in source.iterchildren(_GROUP):
        made.append(_with_glyphs(group, glyphs))
    return made


def _parsed_svg(svg: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return etree.fromstring(svg.encode(), parser)


def _with_glyphs(group: etree._Element, glyphs: dict[str, etree._Element]) -> etree._Element:
    """Return the group with every `use` replaced by the glyph that it shows."""
    drawn = deepcopy(group)
    drawn.tail = None
    for use in list(drawn.iter(_USE)):
        use.tag = _PATH
        use.set("d", glyphs[use.attrib.pop("href")].get("d", ""))
        place = f"translate({use.attrib.pop('x', '0')} {use.attrib.pop('y', '0')})"
        use.set("transform", f"{use.get('transform', '')} {place}".strip().removesuffix(" translate(0 0)"))
    etree.cleanup_namespaces(drawn)
    return drawn


def name_drawing(math: etree._Element, parsed: ParsedFormula) -> BundledPicture:
    """Return the drawing as a picture, named by the MathML for readers that have no MathML (MathML 3, 2.2.1)."""
    drawn = drawing(parsed)
    for attribute in ("class", "data-symbols"):
        drawn.attrib.pop(attribute)
    data = etree.tostring(drawn, encoding="UTF-8", xml_declaration=True)
    name = f"formulas/{blake2b(data, digest_size=8).hexdigest()}.svg"
    math.set("altimg", f"../{name}")
    math.set("altimg-width", f"{parsed.width:.3f}em")
    math.set("altimg-height", f"{parsed.ascent + parsed.descent:.3f}em")
    math.set("altimg-valign", f"{-parsed.descent:.3f}em")
    return BundledPicture(name, "image/svg+xml", deflated(data))

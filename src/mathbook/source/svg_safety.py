"""SVG that can be shown everywhere and does nothing: no scripts, no entities, no references out of itself.

Nothing is taken out in silence: what isn't safe is refused, with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

LARGEST_SVG = 5_000_000
MOST_ELEMENTS = 50_000
DEEPEST = 100

_MOVING = frozenset({"animate", "animatecolor", "animatemotion", "animatetransform", "set", "discard"})
_FORBIDDEN = _MOVING | {"script", "foreignobject", "iframe", "object", "embed", "handler", "listener", "audio", "video"}
_DATA_PICTURE = re.compile(r"data:image/(png|jpeg|jpg|gif|webp);base64,", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:url|src|image|image-set)\(\s*['\"]?([^'\")]*)", re.IGNORECASE)
_USED_IN_PLACE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)", re.IGNORECASE)


class UnsafePicture(Exception):
    """What may not be shown, in words for its author."""


class UnreadablePicture(Exception):
    """Why it is no picture, in words for its author."""


def parsed_svg(data: bytes) -> etree._Element:
    """Return the SVG's root. Raises UnsafePicture or UnreadablePicture."""
    if len(data) > LARGEST_SVG:
        raise UnsafePicture(f"the SVG has more than {LARGEST_SVG} bytes")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadablePicture("the SVG is not UTF-8") from None
    if re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        raise UnsafePicture("the SVG has a DOCTYPE or an entity; save it as plain SVG")
    root = _parsed(data)
    _check(root)
    return root


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadablePicture(f"the SVG can't be read: {error.msg}") from None
    encoding = root.getroottree().docinfo.encoding or "UTF-8"
    if encoding.upper() not in ("UTF-8", "ASCII", "US-ASCII"):
        raise UnreadablePicture(f"the SVG says that it is {encoding}; save it as UTF-8")
    if etree.QName(root).localname != "svg":
        raise UnreadablePicture("the file is XML, but no SVG")
    return root


def data_pictures(root: etree._Element) -> Iterator[str]:
    """Yield the base64 text of the pictures that are inside the SVG."""
    for element in root.iter(etree.Element):
        for value in element.attrib.values():
            found = _DATA_PICTURE.match(str(value).strip())
            if found:
                yield str(value).strip()[found.end() :]


def _check(root: etree._Element) -> None:
    for node in root.getroottree().getroot().itersiblings(preceding=True):
        _refuse_instruction(node)
    for node in root.iter():
        if isinstance(node.tag, str):
            _check_element(node)
        else:
            _refuse_instruction(node)
    by_id = {str(element.get("id")): element for element in root.iter(etree.Element) if element.get("id")}
    if _shown(root, by_id, 0) > MOST_ELEMENTS:
        raise UnsafePicture(f"the SVG shows more than {MOST_ELEMENTS} elements")


def _refuse_instruction(node: etree._Element) -> None:
    if isinstance(node, etree._ProcessingInstruction):
        raise UnsafePicture(f"the SVG has <?{node.target}?>, which may load a style sheet")


def _check_element(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name.lower() in _MOVING:
        raise UnsafePicture(f"the SVG moves (<{name}>), and paper does not")
    if name.lower() in _FORBIDDEN:
        raise UnsafePicture(f"the SVG has <{name}>, which can't be shown everywhere")
    for key, value in element.attrib.items():
        _check_attribute(name, etree.QName(str(key)).localname.lower(), str(value).strip())
    if name.lower() == "style":
        _check_style("".join(element.itertext(etree.Element)))


def _check_attribute(name: str, attribute: str, value: str) -> None:
    if attribute.startswith("on"):
        raise UnsafePicture(f"<{name}> has {attribute}=, a script")
    if attribute in ("href", "src", "base") and not _is_inside(value):
        raise UnsafePicture(f"<{name}> refers to {value[:60]!r}, outside of the picture")
    if not attribute.startswith(("data-", "aria-")):
        _check_style(value)


def _check_style(text: str) -> None:
    """Refuse CSS that loads something. An escape (CSS Syntax 3, section 4.3.7) could hide a word from every search."""
    if "@import" in text.lower() or ("\\" in text and "(" in text):
        raise UnsafePicture("the SVG's style has an @import or a backslash")
    outside = next((address for address in _ADDRESS.findall(text) if not _is_inside(address)), None)
    if outside is not None:
        raise UnsafePicture(f"the SVG's style refers to {outside[:60]!r}, outside of the picture")


def _is_inside(address: str) -> bool:
    address = address.strip()
    return address.startswith("#") or _DATA_PICTURE.match(address) is not None


def _shown(element: etree._Element, by_id: dict[str, etree._Element], depth: int) -> int:
    """Return how many elements are drawn when all that is used is followed; stops counting over the limit."""
    if depth > DEEPEST:
        raise UnsafePicture("the SVG is nested too deep, or uses itself")
    total = 1
    for drawn in (*element.iterchildren(etree.Element), *_used_by(element, by_id)):
        total += _shown(drawn, by_id, depth + 1)
        if total > MOST_ELEMENTS:
            break
    return total


def _used_by(element: etree._Element, by_id: dict[str, etree._Element]) -> Iterator[etree._Element]:
    """Yield what an element draws besides its children: what <use> copies, and patterns, masks, markers, filters."""
    names = [name for value in element.attrib.values() for name in _USED_IN_PLACE.findall(str(value))]
    if etree.QName(element).localname == "use":
        names += [str(value)[1:] for key, value in element.attrib.items() if etree.QName(str(key)).localname == "href"]
    yield from (by_id[name] for name in names if name in by_id)

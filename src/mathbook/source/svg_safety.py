"""SVG that can be shown everywhere and does nothing: no scripts, no entities, no references out of itself."""

from __future__ import annotations

import re

from lxml import etree

LARGEST_SVG = 5_000_000
MOST_ELEMENTS = 50_000
_FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "set", "animate"})
_SVG = "{http://www.w3.org/2000/svg}"


class UnsafePicture(Exception):
    """What is wrong with the picture, in words for its author."""


def parsed_svg(data: bytes) -> etree._Element:
    """Return the SVG's root. Raises UnsafePicture."""
    if len(data) > LARGEST_SVG:
        raise UnsafePicture(f"the SVG has more than {LARGEST_SVG} bytes")
    if re.search(rb"<!(DOCTYPE|ENTITY)", data, re.IGNORECASE):
        raise UnsafePicture("the SVG has a DOCTYPE or an entity; save it as plain SVG")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnsafePicture(f"the SVG can't be read: {error.msg}") from None
    if etree.QName(root).localname != "svg":
        raise UnsafePicture("the file is XML, but no SVG")
    _check(root)
    return root


def _check(root: etree._Element) -> None:
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    if _shown(root, {str(e.get("id")): e for e in elements if e.get("id")}, 0) > MOST_ELEMENTS:
        raise UnsafePicture(f"the SVG shows more than {MOST_ELEMENTS} elements")
    for element in elements:
        name = etree.QName(element).localname
        if name.lower() in _FORBIDDEN:
            raise UnsafePicture(f"the SVG has a <{name}>, which can't be shown everywhere")
        _check_attributes(element, name)


def _check_attributes(element: etree._Element, name: str) -> None:
    for key, value in element.attrib.items():
        attribute = etree.QName(str(key)).localname
        if attribute.lower().startswith("on"):
            raise UnsafePicture(f"<{name}> has {attribute}=, a script")
        if attribute == "href" and not str(value).startswith(("#", "data:image/")):
            raise UnsafePicture(f"<{name}> refers to {value!r}, outside of the picture")
        _check_urls(str(value))
    if name == "style":
        _check_urls(element.text or "")


def _check_urls(text: str) -> None:
    if "@import" in text or re.search(r"url\(\s*['\"]?(?!#|data:image/)", text):
        raise UnsafePicture("the SVG's style refers to something outside of it")


def _shown(element: etree._Element, by_id: dict[str, etree._Element], depth: int) -> int:
    """Return how many elements are shown when all <use> are followed; stops counting over the limit."""
    if depth > 100:
        raise UnsafePicture("the SVG is nested too deep, or uses itself")
    total = 1
    for child in element:
        if not isinstance(child.tag, str):
            continue
        total += _shown(child, by_id, depth + 1)
        if total > MOST_ELEMENTS:
            return total
    href = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
    if element.tag == f"{_SVG}use" and href[1:] in by_id:
        total += _shown(by_id[href[1:]], by_id, depth + 1)
    return total

"""Links to what isn't in this file (a slide, a unit of another book): they become plain words."""

from __future__ import annotations

from collections.abc import Callable, Container

from lxml import etree

XHTML = "http://www.w3.org/1999/xhtml"


def take_off_links(root: etree._Element, leads_nowhere: Callable[[str], bool]) -> None:
    """Make a span of each link whose `href` leads nowhere. Its words stay."""
    for anchor in list(root.iter("a", f"{{{XHTML}}}a")):
        if leads_nowhere(anchor.get("href", "")):
            anchor.tag = str(anchor.tag).removesuffix("a") + "span"
            anchor.attrib.pop("href")


def take_off_dangling_links(root: etree._Element, there: Container[str]) -> None:
    """Leave no link to another unit but those that are `there`."""
    take_off_links(root, lambda href: _leads_to_a_unit(href) and href not in there)


def _leads_to_a_unit(href: str) -> bool:
    """True for the links that `names.unit_href` makes: no scheme, no folder, and not within the page."""
    file = href.partition("#")[0]
    return file.endswith(".xhtml") and not {":", "/"} & set(file)

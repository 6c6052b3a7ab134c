"""Links to what isn't in this file (a slide, a unit of another book): they become plain words."""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree


def take_off_links(root: etree._Element, leads_nowhere: Callable[[str], bool]) -> None:
    """Make a span of each link whose `href` leads nowhere. Its words stay."""
    for anchor in list(root.iter("a")):
        if leads_nowhere(anchor.get("href", "")):
            anchor.tag = "span"
            anchor.attrib.pop("href")


def leads_to_a_unit(href: str) -> bool:
    """True for the links that `names.unit_href` makes: no scheme, no folder, and not within the page."""
    file = href.partition("#")[0]
    return file.endswith(".xhtml") and not {":", "/"} & set(file)

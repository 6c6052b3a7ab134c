"""The long lists of the contents, written without a template, which takes ten times as long for each entry."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from markupsafe import Markup

from mathbook.epub.nav import NavEntry
from mathbook.epub.print_pages import PageLink


def nav_list(entries: Iterable[NavEntry]) -> Markup:
    """Return the entries as a list of links (EPUB 3.3, section 7.3)."""
    return Markup(_nav_list(entries))


def _nav_list(entries: Iterable[NavEntry]) -> str:
    return "".join(("<ol>\n", *map(_nav_entry, entries), "</ol>\n"))


def _nav_entry(entry: NavEntry) -> str:
    number = f'<span class="toc-number">{entry.number}</span> ' if entry.number else ""
    below = f"\n{_nav_list(entry.children)}" if entry.children else ""
    return f'<li><a href="{entry.href}">{number}{entry.words}</a>{below}</li>\n'


def page_list(pages: Iterable[PageLink]) -> Markup:
    """Return the list of the print edition's pages."""
    links = (f'<li><a href="{escape(page.href)}">{escape(page.label)}</a></li>\n' for page in pages)
    return Markup("".join(("<ol>\n", *links, "</ol>\n")))


def nav_points(entries: Iterable[NavEntry]) -> tuple[Markup, int]:
    """Return the entries for the NCX, in playing order, depth first, and how many they are."""
    points: list[str] = []
    order = 0
    for entry in entries:
        order += 1
        points.append(_nav_point(entry, order))
        for child in entry.children:
            order += 1
            points += (_nav_point(child, order), "</navPoint>\n")
        points.append("</navPoint>\n")
    return Markup("".join(points)), order


def _nav_point(entry: NavEntry, order: int) -> str:
    """Return the beginning of a point."""
    words = f"{entry.number} {entry.words}" if entry.number else entry.words
    return (
        f'<navPoint id="nav-{order}" playOrder="{order}">\n<navLabel><text>{words}</text></navLabel>\n'
        f'<content src="{entry.href}"/>\n'
    )


def page_targets(pages: Iterable[PageLink], before: int) -> Markup:
    """Return the print edition's pages for the NCX; `before` points come first in the playing order."""
    return Markup("".join(_page_target(page, order) for order, page in enumerate(pages, start=before + 1)))


def _page_target(page: PageLink, order: int) -> str:
    label = escape(page.label)
    kind = f'type="normal" value="{label}"' if page.label.isdigit() else 'type="front"'
    return (
        f'<pageTarget id="target-{label}" {kind} playOrder="{order}">\n<navLabel><text>{label}</text></navLabel>\n'
        f'<content src="{escape(page.href)}"/>\n</pageTarget>\n'
    )

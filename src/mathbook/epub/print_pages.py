"""The list of the print edition's pages, and which of them begin in which file."""

from __future__ import annotations

from collections.abc import Iterator

from mathbook.document.pagination import CONTENTS, TITLE_PAGE, Pagination, PrintPage
from mathbook.epub.names import page_name
from mathbook.epub.pages import page_id
from mathbook.frozen import frozen

_OWN = {TITLE_PAGE: "title.xhtml", CONTENTS: "nav.xhtml"}


@frozen
class PageLink:
    """An entry of the page list."""

    href: str
    label: str


@frozen
class PrintPages:
    """The pages by the unit on which they begin; `source` is empty if the book was made without a print edition."""

    source: str
    pages: tuple[PrintPage, ...]
    by_unit: dict[str, tuple[PrintPage, ...]]

    @classmethod
    def of(cls, pagination: Pagination | None) -> PrintPages:
        """Return the pages of the print edition; none if there is no such edition."""
        if pagination is None:
            return cls("", (), {})
        by_unit: dict[str, tuple[PrintPage, ...]] = {}
        for page in pagination.pages:
            by_unit[page.unit] = (*by_unit.get(page.unit, ()), page)
        return cls(pagination.source, pagination.pages, by_unit)

    def of_unit(self, unit: str) -> tuple[PrintPage, ...]:
        """Return the pages that begin in a unit."""
        return self.by_unit.get(unit, ())

    def first_of(self, own: str) -> str:
        """Return the number of the first page of what the linkers make themselves, or nothing."""
        return next((page.label for page in self.of_unit(own)), "")

    def links(self) -> tuple[PageLink, ...]:
        """Return the page list, in the order of print."""
        return tuple(self._links())

    def _links(self) -> Iterator[PageLink]:
        for page in self.pages:
            file = _OWN.get(page.unit) or page_name(page.unit)
            yield PageLink(f"{file}#{page_id(page.label)}", page.label)

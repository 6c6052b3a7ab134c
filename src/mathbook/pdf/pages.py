"""The pages that a file will have, before it is linked: other formats that show them need not wait for it."""

from __future__ import annotations

from collections.abc import Sequence

from mathbook.document.book import Matter
from mathbook.document.edition import Edition
from mathbook.document.fragment import Fragment
from mathbook.document.memo import Memo
from mathbook.document.pagination import Pagination
from mathbook.document.theme import Theme
from mathbook.pdf.contents import Contents
from mathbook.pdf.link import title_key
from mathbook.pdf.paging import bodies_of, contents_of, front_parts, pagination
from mathbook.pdf.piece import unpack


def pages(edition: Edition, fragments: Sequence[Fragment], theme: Theme, memo: Memo) -> Pagination | None:
    """Return the pages that `link` will return, or None if only linking can tell: an index has to be compiled, the
    title page or the contents have to be laid out by the engine. Of the fragments no content is needed.
    """
    bodies = bodies_of(edition, fragments)
    if edition.scope == "unit":
        return pagination(edition, bodies)
    last, title = edition.units[-1], memo.recall(title_key(edition, theme))
    if title is None or (isinstance(last, Matter) and last.kind == "index"):
        return None
    printer = Contents(edition, theme)
    listings, count = contents_of(edition, fragments, bodies, printer)
    if not printer.is_ours(listings):
        return None
    return pagination(edition, [*front_parts(edition, len(unpack(title).pages), count, bodies), *bodies])

"""Fragments become the book, or one of them a handout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from mathbook.document.book import Matter
from mathbook.document.edition import Edition
from mathbook.document.fingerprint import fingerprint
from mathbook.document.fragment import Fragment
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.pagination import Pagination
from mathbook.document.theme import Theme
from mathbook.document.words import say
from mathbook.pdf.a3a import put_a3a
from mathbook.pdf.assembly import Assembly
from mathbook.pdf.contents import Contents
from mathbook.pdf.furniture import Furniture, mirrored
from mathbook.pdf.geometry import page_of
from mathbook.pdf.mend import Mended
from mathbook.pdf.paging import Part, bodies_of, contents_of, front_parts, page_labels, pages_of_places, pagination
from mathbook.pdf.piece import pack, unpack
from mathbook.pdf.ua2 import VERSION, put_ua2


def link(
    edition: Edition, fragments: Iterable[Fragment], theme: Theme, into: Path, memo: Memo = FORGETFUL
) -> Pagination:
    """Write the finished PDF, the whole book or a handout if the edition is of one unit; return its pages."""
    page, standard = page_of(edition.meta.paper), edition.meta.pdf.standard
    with into.open("wb") as out:
        assembly = Assembly(out, (theme,), page, VERSION if standard == "ua-2" else "1.7", memo)
        if edition.scope == "book":
            title = _title_page(edition, theme, memo)
            parts = _book(assembly, edition, list(fragments), theme, title)
        else:
            parts = _handout(assembly, edition, list(fragments))
        furniture, double = list(_furniture(edition, parts)), edition.meta.pdf.sides == "double"
        front = sum(part.pages for part in parts if part.front)
        assembly.finish(edition, mirrored(furniture) if double else furniture, front, page.binding if double else 0)
    if standard == "a-3a":
        put_a3a(into)
    elif standard == "ua-2":
        put_ua2(into, assembly.targets, assembly.bookmarks)
    return pagination(edition, parts)


def _handout(assembly: Assembly, edition: Edition, fragments: list[Fragment]) -> list[Part]:
    for fragment in fragments:
        assembly.add(unpack(fragment.content), fragment.bookmarks)
    return bodies_of(edition, fragments)


def _title_page(edition: Edition, theme: Theme, memo: Memo) -> Mended:
    """Return the title page: the same record has the same one."""
    if (kept := memo.recall(title_key(edition, theme))) is not None:
        return Mended(unpack(kept), (), ())
    from mathbook.pdf.front import title_page  # the layout engine takes long to import

    made = title_page(edition, theme)
    if not (made.bookmarks or made.places):
        memo.keep(title_key(edition, theme), pack(made.piece))
    return made


def title_key(edition: Edition, theme: Theme) -> str:
    """Return the key under which the title page is remembered."""
    return f"title-{fingerprint((edition.meta, edition.audience, theme.name, theme.digest))}"


def _book(
    assembly: Assembly, edition: Edition, fragments: list[Fragment], theme: Theme, title_page: Mended
) -> list[Part]:
    """Add all units, then what stands before them: the title page, the contents. With one more example these have one
    line more, and what they number of their own moves on; nothing of the units does.
    """
    bodies, printer = bodies_of(edition, fragments), Contents(edition, theme)
    listings, pages = contents_of(edition, fragments, bodies, printer)
    front = front_parts(edition, len(title_page.piece.pages), pages, bodies)
    fragments = _with_index(edition, fragments, [*front, *bodies], theme)
    for fragment in fragments:
        assembly.add(unpack(fragment.content), fragment.bookmarks)
    for made in (title_page, printer.write(listings)):
        assembly.add(made.piece, made.bookmarks, front=True)
    if len(front) > 2:  # an empty page
        assembly.add_blank()
    return [*front, *bodies_of(edition, fragments)]


def _with_index(edition: Edition, fragments: list[Fragment], parts: list[Part], theme: Theme) -> list[Fragment]:
    """Return the fragments with pages in the index. It is the last unit, so that its length moves no page."""
    last = edition.units[-1]
    if not (isinstance(last, Matter) and last.kind == "index"):
        return fragments
    from mathbook.pdf.index import compiled_index  # the layout engine takes long to import

    before = sum(part.pages for part in parts) - sum(fragment.extent for fragment in fragments)
    pages = dict(pages_of_places(fragments, list(page_labels(parts))[before:]))
    return [*fragments[:-1], compiled_index(last, edition, pages, theme)]


def _furniture(edition: Edition, parts: list[Part]) -> Iterator[Furniture]:
    """Yield each page's running head and foot: a part's first page has no head."""
    labels = page_labels(parts)
    meta = edition.meta
    mark = say("Instructor’s edition", meta.language) if edition.audience == "instructor" else ""
    printed = say("Edition {0}, {1}", meta.language, meta.edition, meta.date)
    foot = " · ".join(filter(None, (printed, mark)))
    for part in parts:
        for at in range(part.pages):
            label = next(labels)
            if part.bare:
                yield Furniture()
            elif at == 0 and edition.scope == "book":
                yield Furniture(foot_left=foot, foot_right=label)
            elif at == 0:
                yield Furniture(head_left=meta.title, head_right=mark, foot_left=foot, foot_right=label)
            else:
                yield Furniture(meta.title, part.title, foot, label)

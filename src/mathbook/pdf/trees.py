"""Trees in a PDF: of names, of numbers, of pages' titles (ISO 32000-1, 7.9.6, 7.9.7 and 12.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pikepdf

from mathbook.document.fragment import Bookmark
from mathbook.pdf.file_writer import FileWriter

_MOST = 128
"""Entries of a leaf."""


def name_tree(writer: FileWriter, values: dict[str, bytes]) -> bytes:
    """Return the text of a tree of values by names, in the order of the names' bytes."""
    named = sorted(((pikepdf.String(name), value) for name, value in values.items()), key=lambda pair: bytes(pair[0]))
    return _tree(writer, b"/Names", [(name.unparse(), value) for name, value in named])


def number_tree(writer: FileWriter, values: Iterable[tuple[int, bytes]]) -> bytes:
    """Return the text of a tree of values by numbers."""
    return _tree(writer, b"/Nums", [(b"%d" % key, value) for key, value in sorted(values)])


def _tree(writer: FileWriter, kind: bytes, pairs: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Return the text of the root: a leaf itself, or above leaves."""
    if len(pairs) <= _MOST:
        return b"<< %b [ %b ] >>" % (kind, _listed(pairs))
    leaves = [pairs[at : at + _MOST] for at in range(0, len(pairs), _MOST)]
    first = writer.reserve(len(leaves))
    bodies = [b"<< /Limits [ %b %b ] %b [ %b ] >>" % (leaf[0][0], leaf[-1][0], kind, _listed(leaf)) for leaf in leaves]
    writer.put(range(first, first + len(leaves)), bodies)
    return b"<< /Kids [ %b ] >>" % references(range(first, first + len(leaves)))


def _listed(pairs: Iterable[tuple[bytes, bytes]]) -> bytes:
    return b" ".join(part for pair in pairs for part in pair)


def references(numbers: Iterable[int]) -> bytes:
    """Return references to objects."""
    return b" ".join(b"%d 0 R" % number for number in numbers)


@dataclass(slots=True)
class _Item:
    mark: Bookmark
    number: int
    parent: int
    kids: list[int] = field(default_factory=list)


def outline(writer: FileWriter, bookmarks: Sequence[Bookmark], pages: Sequence[int]) -> int:
    """Write the bookmarks as a tree, closed but for its first level; return the number of its root."""
    root = writer.reserve(1)
    first = writer.reserve(len(bookmarks))
    tops: list[int] = []
    path: list[_Item] = []
    items = []
    for at, mark in enumerate(bookmarks):
        del path[min(mark.level, len(path) + 1) - 1 :]
        item = _Item(mark, first + at, path[-1].number if path else root)
        (path[-1].kids if path else tops).append(item.number)
        path.append(item)
        items.append(item)
    around = {
        number: (before, after)
        for kids in (tops, *(item.kids for item in items))
        for number, before, after in _neighbours(kids)
    }
    writer.put([item.number for item in items], [_item(item, around[item.number], pages) for item in items])
    ends = b"/First %d 0 R /Last %d 0 R" % (tops[0], tops[-1]) if tops else b""
    writer.put([root], [b"<< /Type /Outlines /Count %d %b >>" % (len(tops), ends)])
    return root


def _neighbours(kids: Sequence[int]) -> Iterable[tuple[int, int, int]]:
    return zip(kids, [0, *kids], [*kids[1:], 0], strict=False)


def _item(item: _Item, around: tuple[int, int], pages: Sequence[int]) -> bytes:
    links = b"".join(
        b" /%b %d 0 R" % (name, number) for name, number in zip((b"Prev", b"Next"), around, strict=True) if number
    )
    if item.kids:
        links += b" /First %d 0 R /Last %d 0 R /Count %d" % (item.kids[0], item.kids[-1], -len(item.kids))
    return b"<< /Title %b /Parent %d 0 R /Dest [ %d 0 R /XYZ 0 %.2f 0 ]%b >>" % (
        *(pikepdf.String(item.mark.title).unparse(), item.parent, pages[item.mark.page], item.mark.y, links),
    )

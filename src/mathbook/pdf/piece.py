"""A piece of a PDF whose objects can be numbered anew at no cost: what a fragment holds, and what the linker joins.

Bodies are written text in which each number of an object, and each key of the parent tree, is left open.
"""

from __future__ import annotations

import json
from array import array
from dataclasses import field
from hashlib import blake2b
from typing import Any

from mathbook.frozen import frozen

DOCUMENT = 0
"""Stands for the number of the one Document element."""
KEY = 1 << 24
"""What is added to a key of the parent tree, so that it can be told from the number of an object."""


@frozen
class Body:
    """The text of an object: `template` has `%d` where a number stands. These are, in order: n for the piece's own nth
    object from 1, -n for its nth face, DOCUMENT, or KEY + n for its nth key of the parent tree from 0.
    """

    template: bytes
    numbers: tuple[int, ...] = ()


@frozen
class FaceUse:
    """A face of the theme (the hash of its file) and the glyphs that are shown, with widths in 1000 units an em and the
    texts that they are copied as.
    """

    digest: str
    widths: dict[int, float]
    texts: dict[int, str]


@frozen
class StreamObject:
    """A stream: its number, the entries of its dictionary but for its length, and its data as they are stored."""

    number: int
    entries: Body
    data: bytes


@frozen
class Crossing:
    """A link that leads out of the piece: its annotations, the number of its element, this one's text, and what that
    becomes if the link leads nowhere. An annotation has a number, a key of the parent tree, and a text without an end.
    """

    address: str
    annotations: tuple[tuple[int, int, Body], ...]
    element: int
    linked: Body
    plain: Body


@frozen
class PiecePage:
    """A page: its number, size in points, contents, annotations and its key of the parent tree (-1 for none).

    `fonts` and `drawn` name what its contents call by name; `others` is the text of its other resources.
    """

    number: int
    width: float
    height: float
    contents: tuple[int, ...]
    fonts: tuple[tuple[str, int], ...]
    drawn: tuple[tuple[str, int], ...]
    others: Body
    annotations: tuple[int, ...]
    key: int


@frozen
class Piece:
    """Objects 1 to `count`. `plain` holds those in `order`, a line each; pages, crossings and streams have the others.

    `parents` are keys of the parent tree from 0 with what they stand for, `top` the elements below the Document,
    `places` ids with page (from 0), left and y in points, `notes` and `elements` elements by identifier and by id.
    """

    count: int
    order: tuple[int, ...]
    plain: Body
    streams: tuple[StreamObject, ...]
    pages: tuple[PiecePage, ...]
    crossings: tuple[Crossing, ...] = ()
    faces: tuple[FaceUse, ...] = ()
    parents: tuple[tuple[int, int], ...] = ()
    top: tuple[int, ...] = ()
    places: dict[str, tuple[int, float, float]] = field(default_factory=dict)
    notes: dict[str, int] = field(default_factory=dict)
    elements: dict[str, int] = field(default_factory=dict)
    digest: bytes = field(default=b"", compare=False)
    """Stands for all of a piece that was unpacked; nothing for one that was just made."""


def pack(piece: Piece) -> bytes:
    """Return the piece as bytes: a line of JSON, then texts, numbers and streams as they are."""
    blobs: list[bytes] = []

    def blob(data: bytes) -> int:
        blobs.append(data)
        return len(data)

    def body(one: Body) -> list[int]:
        return [blob(one.template), blob(array("i", one.numbers).tobytes())]

    head = [
        piece.count,
        piece.order,
        body(piece.plain),
        [[one.number, body(one.entries), blob(one.data)] for one in piece.streams],
        [
            [p.number, p.width, p.height, p.contents, p.fonts, p.drawn, body(p.others), p.annotations, p.key]
            for p in piece.pages
        ],
        [
            [c.address, [[n, k, body(b)] for n, k, b in c.annotations], c.element, body(c.linked), body(c.plain)]
            for c in piece.crossings
        ],
        [[use.digest, list(use.widths.items()), list(use.texts.items())] for use in piece.faces],
        piece.parents,
        piece.top,
        piece.places,
        piece.notes,
        piece.elements,
    ]
    line = json.dumps(head, separators=(",", ":")).encode("ascii")
    return line + b"\n" + b"".join(blobs)


def unpack(data: bytes) -> Piece:
    """Return the piece. Raises ValueError if the bytes are none."""
    line, _, rest = data.partition(b"\n")
    at = 0

    def blob(length: int) -> bytes:
        nonlocal at
        at += length
        return rest[at - length : at]

    def body(lengths: list[int]) -> Body:
        template, numbers = blob(lengths[0]), array("i")
        numbers.frombytes(blob(lengths[1]))
        return Body(template, tuple(numbers))

    head: list[Any] = json.loads(line)
    count, order, plain, streams, pages, crossings, faces, parents, top, places, notes, elements = head
    return Piece(
        count,
        tuple(order),
        body(plain),
        tuple(StreamObject(number, body(entries), blob(length)) for number, entries, length in streams),
        tuple(_page(page, body(page[6])) for page in pages),
        tuple(
            Crossing(address, tuple((n, k, body(b)) for n, k, b in annotations), element, body(linked), body(alone))
            for address, annotations, element, linked, alone in crossings
        ),
        tuple(FaceUse(digest, dict(widths), dict(texts)) for digest, widths, texts in faces),
        tuple((key, number) for key, number in parents),
        tuple(top),
        {name: (page, left, y) for name, (page, left, y) in places.items()},
        notes,
        elements,
        blake2b(data, digest_size=16).digest(),
    )


def _page(page: list[Any], others: Body) -> PiecePage:
    number, width, height, contents, fonts, drawn, _, annotations, key = page
    named = (tuple((name, to) for name, to in fonts), tuple((name, to) for name, to in drawn))
    return PiecePage(number, width, height, tuple(contents), *named, others, tuple(annotations), key)

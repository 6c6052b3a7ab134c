"""What the compiler hands to the linker: a finished page, its pictures, and what the package must know of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import NamedTuple

from mathbook.archive.member import Member
from mathbook.epub.glyphs import NO_GLYPHS, Glyphs
from mathbook.frozen import frozen


class OutlineEntry(NamedTuple):
    """A heading of a page: where it is and what it says, without markup."""

    id: str
    words: str


@frozen
class BundledPicture:
    """A picture under the name that pages call it by."""

    name: str
    media_type: str
    member: Member


@frozen
class Bundle:
    """A compiled unit. `properties` are those of its manifest item (EPUB 3.3, D.6.1).

    `places` is the page's map as bytes: few pages have to be changed once more. `anchors` are the links that lead to
    the page, `leads_to` those of the page to others, `captions` the words of its figures and tables by their labels.
    """

    page: Member
    places: bytes
    title: str
    properties: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()
    glyphs: Glyphs = NO_GLYPHS
    anchors: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    captions: tuple[tuple[str, str], ...] = ()
    pictures: tuple[BundledPicture, ...] = ()


def pack(bundle: Bundle) -> bytes:
    """Return the bundle as bytes: a line of JSON that says how long what follows is, then all of it."""
    members = (bundle.page, *(picture.member for picture in bundle.pictures))
    about = {
        "title": bundle.title,
        "properties": bundle.properties,
        "outline": bundle.outline,
        "glyphs": astuple(bundle.glyphs),
        "anchors": bundle.anchors,
        "leads_to": bundle.leads_to,
        "captions": bundle.captions,
        "pictures": [[picture.name, picture.media_type] for picture in bundle.pictures],
        "members": [[len(member.data), member.crc, member.size, member.is_stored] for member in members],
    }
    head = json.dumps(about, separators=(",", ":")).encode()
    return b"".join((head, b"\n", *(member.data for member in members), bundle.places))


def unpack(content: bytes) -> Bundle:
    """Return the bundle that was packed."""
    end = content.index(b"\n")
    about = json.loads(content[:end])
    page, *pictures = members = tuple(_members(content, end + 1, about["members"]))
    return Bundle(
        page=page,
        places=content[end + 1 + sum(len(member.data) for member in members) :],
        title=about["title"],
        properties=tuple(about["properties"]),
        outline=tuple(OutlineEntry(*entry) for entry in about["outline"]),
        glyphs=Glyphs(*about["glyphs"]),
        anchors=tuple(about["anchors"]),
        leads_to=tuple(about["leads_to"]),
        captions=tuple((label, words) for label, words in about["captions"]),
        pictures=tuple(
            BundledPicture(name, kind, member) for (name, kind), member in zip(about["pictures"], pictures, strict=True)
        ),
    )


def _members(content: bytes, at: int, records: Iterable[tuple[int, int, int, bool]]) -> Iterator[Member]:
    for length, crc, size, is_stored in records:
        yield Member(content[at : at + length], crc, size, is_stored)
        at += length

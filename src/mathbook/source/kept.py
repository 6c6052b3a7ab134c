"""What was read as bytes, and back: a head that is looked at in each build, and a line for each title and for the
blocks below it, which wait until somebody asks for them.
"""

from __future__ import annotations

import json
from dataclasses import replace

from mathbook.diagnostics import Code, Diagnostic, Severity
from mathbook.document.book import Picture
from mathbook.document.kept_nodes import KeptNodes
from mathbook.document.nodes import Image
from mathbook.document.packing import Packing
from mathbook.document.picture_file import PictureFile
from mathbook.document.seeds import Seed
from mathbook.source.parsed import AskedPicture, AskedSeed, Parsed, Part, Reading

_PACKING = Packing((Image, Seed, Parsed, Part, AskedPicture, AskedSeed, Reading, Diagnostic, Code, Severity))


def packed(reading: Reading, file: str) -> bytes:
    """Return the reading of the file of this name as bytes."""
    parts = reading.parsed.parts
    bare = tuple((part.id, part.span, part.pictures, len(part.title), len(part.blocks)) for part in parts)
    head = (replace(reading, parsed=replace(reading.parsed, parts=())), bare)
    lines = [nodes.data for part in parts for nodes in (part.title, part.blocks)]
    return b"\n".join([_PACKING.packed(head, file), *lines])


def unpacked(data: bytes, file: str) -> Reading | None:
    """Return the reading that was packed; None if the bytes are none of the file of this name."""
    head, *lines = data.split(b"\n")
    try:
        reading: Reading
        reading, bare = _PACKING.unpacked(head, file)
        parts = [
            Part(name, KeptNodes(file, title, int(words)), KeptNodes(file, blocks, int(count)), span, pictures)
            for (name, span, pictures, words, count), title, blocks in zip(bare, lines[::2], lines[1::2], strict=True)
        ]
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    return (
        replace(reading, parsed=replace(reading.parsed, parts=tuple(parts))) if isinstance(reading, Reading) else None
    )


def packed_picture(picture: Picture) -> bytes:
    """Return as bytes what was found out of the picture: they don't hold the picture itself."""
    head = json.dumps([picture.media_type, picture.width, picture.height])
    return head.encode("ascii") + b"\n" + picture.on_screens


def unpacked_picture(kept: bytes, source: str, digest: str, content: bytes | PictureFile) -> Picture | None:
    """Return the picture of this content, with what was found out of it; None if that can't be read."""
    head, _, on_screens = kept.partition(b"\n")
    try:
        media_type, width, height = json.loads(head)
    except (ValueError, TypeError):
        return None
    return Picture(source, digest, media_type, width, height, content, on_screens)

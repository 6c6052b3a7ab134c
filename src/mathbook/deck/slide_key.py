"""A hash of all in a deck that decides what is read on a slide, taken of the file's bytes: nothing is unpacked for it but
the slide's relationships.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import field
from hashlib import sha256

from mathbook.archive.zip_reader import ZipReader
from mathbook.deck.safe_archive import relations, relations_name
from mathbook.deck.slide_passages import NOTES
from mathbook.frozen import frozen

LENGTH = 32
"""Letters of a key. SHA-256 is in most processors: there are many megabytes of pictures."""
_START = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
)
_STOP = b"</Relationships>"
_ONE = re.compile(
    r'<Relationship Id="([^"&<>\0- ]*)" Type="[^"&<>\0- ]*" Target="([^"&<>\0- ]*)"( TargetMode="External")?/>'
)


@frozen
class SlideKeys:
    """Tells slides of one deck from others; `ours` says whether what is beneath is read."""

    deck: ZipReader
    ours: bool
    _pictures: dict[str, bytes] = field(default_factory=dict)

    def of(self, part: str) -> str:
        """Return the slide's key, or nothing if there is something odd about its members."""
        slide, related = self.deck.told(part), self.related(part)
        if slide is None or related is None:
            return ""
        told = [b"ours" if self.ours else b"", slide]
        for name, target in related.items():
            said = self.behind(target)
            if said is None:
                return ""
            told += [name.encode(), said]
        return sha256(b"".join([b"%d:%b" % (len(one), one) for one in told])).hexdigest()[:LENGTH]

    def behind(self, target: str) -> bytes | None:
        """Return what tells the target from others, None if that can't be told: notes by what they say, pictures by name
        and by what they are, all else by name.
        """
        if NOTES in target:
            return self.deck.told(target)
        if not told_by_content(target) or target not in self.deck.entries:
            return target.encode()
        if target not in self._pictures:
            self._pictures[target] = sha256(self.deck.told(target) or b"").digest()
        return target.encode() + self._pictures[target]

    def related(self, part: str) -> dict[str, str] | None:
        """Return the targets of the slide's relationships, as `relations` does; None if they can't be read."""
        name = relations_name(part)
        entry = self.deck.entries.get(name)
        if entry is None:
            return {}
        data = self.deck.unpacked(name, entry)
        if data is None:
            return None
        quick = quick_relations(data, part.rpartition("/")[0])
        return relations(self.deck, part) if quick is None else quick


def told_by_content(target: str) -> bool:
    """Return whether what the target is decides what is read on a slide: layouts and other slides are told by name."""
    return NOTES in target or not target.endswith(".xml")


def quick_relations(data: bytes, folder: str) -> dict[str, str] | None:
    """Return the targets of relationships that are written as we write them; None if they are not."""
    if not (data.isascii() and data.startswith(_START) and data.endswith(_STOP)):
        return None
    # what stands between the relationships, and behind each their id, their target and their mode
    parts = _ONE.split(data[len(_START) : -len(_STOP)].decode("ascii"))
    if any(parts[::4]):
        return None
    targets = zip(parts[1::4], parts[2::4], parts[3::4], strict=True)
    above = folder.rpartition("/")[0]
    return {name: target if external else _whole(target, folder, above) for name, target, external in targets}


def _whole(target: str, folder: str, above: str) -> str:
    """Return the full name of a part. One that goes down from folder to folder needs no more care."""
    is_beside = target.startswith("../") and above
    below = target[2:] if is_beside else f"/{target}"
    if "/." in below or "//" in below or below.endswith("/"):
        return posixpath.normpath(posixpath.join(folder, target))
    return f"{above if is_beside else folder}{below}"

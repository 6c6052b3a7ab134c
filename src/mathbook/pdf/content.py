"""What is drawn on a page, as a hash: its content and the pictures and forms that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

DEEPEST = 8
"""Forms within forms that are looked at."""


@dataclass(slots=True)
class ContentDigests:
    """Makes the hashes of one file's pages."""

    pdf: pikepdf.Pdf
    _known: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def of(self, number: int) -> str:
        """Return a hash of the page's content streams (ISO 32000-1, 7.8.2) and external objects, in order."""
        return _digest(self.pdf.pages[number].obj, self._known)


def _digest(page: Any, known: dict[tuple[int, int], bytes]) -> str:
    digest = blake2b(digest_size=16)
    contents = page.get("/Contents", Array())
    for stream in contents if isinstance(contents, Array) else [contents]:
        digest.update(stream.read_bytes())
    for data in _external(page.get("/Resources", Dictionary()), known, DEEPEST):
        digest.update(data)
    return digest.hexdigest()


def _external(resources: Any, known: dict[tuple[int, int], bytes], depth: int) -> Iterator[bytes]:
    """Yield names and hashes of the external objects that the resources have, and of those that these have."""
    found = resources.get("/XObject", Dictionary())
    for name in sorted(found.keys()):
        item = found[name]
        if isinstance(item, Stream) and depth:
            if item.objgen not in known:
                known[item.objgen] = blake2b(item.read_raw_bytes(), digest_size=16).digest()
            yield name.encode() + known[item.objgen]
            yield from _external(item.get("/Resources", Dictionary()), known, depth - 1)

"""What is drawn on a page, as a hash: its content and the pictures and forms that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream

DEEPEST = 8
"""Forms within forms that are looked at."""


def content_digests(path: Path) -> list[str]:
    """Return a hash a page of all its content streams (ISO 32000-1, 7.8.2) and external objects, in order."""
    known: dict[tuple[int, int], bytes] = {}
    with pikepdf.open(path) as pdf:
        return [_digest(page.obj, known) for page in pdf.pages]


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

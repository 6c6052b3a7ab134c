"""A changed deck on the disk: whole or not at all, and never over another file unasked."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from mathbook.talk.update import Updated


class Refused(Exception):
    """The deck would go where it may not."""


def save_updated(make: Callable[[], Updated], deck: Path, out: Path | None, *, in_place: bool) -> tuple[Updated, str]:
    """Make a deck and write it, if there is anything new in it; return it and what is told of where it went.

    It goes to `out`, beside the deck, or in its place with a copy kept. Raises Refused before anything is made if
    another file is in the way, OSError.
    """
    if out and in_place:
        raise Refused("--out names another file, --in-place the deck itself: one of them")
    target = out or deck.with_name(f"{deck.stem}-updated.pptx")
    if target.exists() and not in_place:
        raise Refused(f"{target} is there; nothing was written. Name another file with --out")
    updated = make()
    if not (updated.news or updated.conflicts):
        return updated, ""
    return updated, save_in_place(updated.data, deck) if in_place else save(updated.data, target)


def save(data: bytes, target: Path) -> str:
    """Write the deck; return what is told of it. Raises OSError."""
    _write(data, target)
    return f"wrote {target}"


def save_in_place(data: bytes, deck: Path) -> str:
    """Write over the deck, which is kept under another name before; return what is told of it. Raises OSError."""
    kept = _free_name(deck)
    _write(deck.read_bytes(), kept)
    _write(data, deck)
    return f"wrote {deck}; as it was, it is {kept}"


def _free_name(deck: Path) -> Path:
    """Return a name beside the deck that nothing has."""
    number = 1
    while (kept := deck.with_name(f"{deck.stem}-before{'' if number == 1 else f'-{number}'}{deck.suffix}")).exists():
        number += 1
    return kept


def _write(data: bytes, target: Path) -> None:
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise

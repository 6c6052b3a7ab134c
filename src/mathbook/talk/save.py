"""A changed deck on the disk: whole or not at all, and never over another file unasked."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


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

"""The tree as text, one node a line: what `mathbook dump tree` prints and what the tests' goldens hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from mathbook.document.book import Book, Picture
from mathbook.document.edition import Edition

_INDENT = "  "


def dump_tree(value: object, depth: int = 0) -> str:
    """Return the tree as lines; attributes that have their default value are left out.

    A node's words stand behind its kind; a tuple of tuples (items, rows) gets a `-` line a member.
    """
    return "\n".join(_lines(value, depth))


def dump_book(book: Book | Edition) -> str:
    """Return the units of a book or an edition as text, one below the other."""
    return "\n\n".join(dump_tree(unit) for unit in book.units)


def _lines(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, tuple):
        for member in value:
            if isinstance(member, tuple):
                yield f"{_INDENT * depth}-"
                yield from _lines(member, depth + 1)
            else:
                yield from _lines(member, depth)
    elif isinstance(value, Picture):
        yield f"{_INDENT * depth}Picture {json.dumps(value.source)} {value.media_type} {value.width:g}x{value.height:g}"
    else:
        yield from _node_lines(value, depth)


def _node_lines(node: Any, depth: int) -> Iterator[str]:
    parts = [part for part in fields(node) if part.name != "span" and not _is_default(node, part)]
    inner = [part for part in parts if _is_inner(getattr(node, part.name))]
    words = " ".join(_attribute(part, getattr(node, part.name)) for part in parts if part not in inner)
    yield f"{_INDENT * depth}{type(node).__name__} {words}".rstrip()
    for part in inner:
        value = getattr(node, part.name)
        if part.name in _MAIN:
            yield from _lines(value, depth + 1)
        else:
            yield f"{_INDENT * (depth + 1)}{part.name}:"
            yield from _lines(value, depth + 2)


_MAIN = frozenset({"children", "items", "formula", "image", "columns", "blocks", "definitions"})
_UNNAMED = frozenset({"text", "latex", "kind", "style", "target", "source", "label"})


def _is_inner(value: object) -> bool:
    """True for what gets lines of its own: nodes and tuples of nodes."""
    if isinstance(value, tuple):
        return any(_is_inner(member) for member in value)
    return is_dataclass(value)


def _is_default(node: object, part: Field[Any]) -> bool:
    value = getattr(node, part.name)
    if part.default is MISSING:
        return isinstance(value, tuple) and not value
    return bool(value == part.default)


def _attribute(part: Field[Any], value: object) -> str:
    shown = json.dumps(value, ensure_ascii=False) if isinstance(value, str | tuple) else str(value)
    return shown if part.name in _UNNAMED else f"{part.name}={shown}"

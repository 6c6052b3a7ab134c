"""What a command that goes on running remembers of the files that it has read, so that it parses only what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from mathbook.diagnostics import Diagnostic, Span
from mathbook.document.book import Picture
from mathbook.document.nodes import Image

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class AskedPicture:
    """A picture that a text asked for, and what it got."""

    written: str
    span: Span
    image: Image | None


@dataclass(frozen=True, slots=True)
class Remembered(Generic[T]):
    """What a text was read as, from `context`: all that was known beside the text and its pictures."""

    text: str
    context: str
    result: T
    diagnostics: tuple[Diagnostic, ...]
    pictures: tuple[AskedPicture, ...]


@dataclass(slots=True)
class Memory(Generic[T]):
    """The texts by their files' names, and the pictures that were looked at by theirs."""

    texts: dict[str, Remembered[T]] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)

"""Code in colours: Pygments splits it, the theme's few kinds of colour name the pieces."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Name, Number, Operator, String
from pygments.util import ClassNotFound

_KINDS: tuple[tuple[Any, str], ...] = (
    (Comment, "comment"),
    (String, "string"),
    (Number, "number"),
    (Keyword, "keyword"),
    (Operator.Word, "keyword"),
    (Name.Builtin, "name"),
    (Name.Function, "name"),
    (Name.Class, "name"),
    (Name.Decorator, "name"),
)


@lru_cache(maxsize=1024)
def highlight(text: str, language: str) -> tuple[tuple[str, str], ...]:
    """Return (kind, text) pairs that join to exactly `text`.

    The kinds are keyword, string, comment, number, name, and "" for the rest. A language that isn't known is not an
    error: its code comes back in one piece.
    """
    if not language:
        return (("", text),)
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return (("", text),)
    pieces = _joined([(_kind_of(token), piece) for token, piece in lexer.get_tokens(text)])
    # some lexers normalise line ends: then colours are not worth a changed text
    return pieces if "".join(piece for _, piece in pieces) == text else (("", text),)


def _kind_of(token: Any) -> str:
    return next((kind for family, kind in _KINDS if token in family), "")


def _joined(pieces: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the pieces with neighbours of one kind joined, empty ones left out."""
    joined: list[tuple[str, str]] = []
    for kind, text in pieces:
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + text)
        elif text:
            joined.append((kind, text))
    return tuple(joined)

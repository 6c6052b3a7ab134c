"""Which quotation marks a language uses."""

from __future__ import annotations

from typing import Literal

_MARKS: dict[str, tuple[str, str, str, str]] = {
    "en": ("“", "”", "‘", "’"),
    "de": ("„", "“", "‚", "‘"),
    "fr": ("«\u202f", "\u202f»", "“", "”"),
    "es": ("«", "»", "“", "”"),
    "it": ("«", "»", "“", "”"),
    "pt": ("“", "”", "‘", "’"),
    "nl": ("“", "”", "‘", "’"),
    "pl": ("„", "”", "‚", "’"),
    "cs": ("„", "“", "‚", "‘"),
    "ru": ("«", "»", "„", "“"),
    "sv": ("”", "”", "’", "’"),
    "fi": ("”", "”", "’", "’"),
}


def quotation_marks(language: str, kind: Literal["single", "double"]) -> tuple[str, str]:
    """Return the opening and closing mark of the language (English where it isn't known)."""
    marks = _MARKS.get(language.split("-")[0].lower(), _MARKS["en"])
    return marks[:2] if kind == "double" else marks[2:]

"""Spoken words: mathra's, with the signs put into words that it leaves as signs."""

from __future__ import annotations

import re

_ENGLISH = {
    "⊤": "transpose",
    "∼": "is distributed as",
    "‖": "norm bar",
    "⌊": "floor of",
    "⌋": "end floor",
    "⌈": "ceiling of",
    "⌉": "end ceiling",
    "⟨": "open angle bracket",
    "⟩": "close angle bracket",
    "⋮": "vertical dots",
    "⋱": "diagonal dots",
    "⋯": "dots",
    "⊙": "element-wise product",
    "⊗": "tensor product",
    "⊕": "direct sum",
    "≪": "is much less than",
    "≫": "is much greater than",
    "∝": "is proportional to",
    "⊥": "perpendicular to",
    "∥": "parallel to",
    "⪰": "is positive semidefinite against",
    "≽": "succeeds or equals",
    "≼": "precedes or equals",
    "↦": "maps to",
    "⇒": "implies",
    "⟹": "implies",
    "⟺": "if and only if",
    "⇔": "if and only if",
    "∘": "composed with",
    "⋆": "star",
    "∗": "star",
    "†": "dagger",
    "ℓ": "ell",
    "□": "box",
}


def finished_words(speech: str, language: str) -> str:
    """Return the words with no sign left in them that English has a word for; other languages keep mathra's."""
    if not language.lower().startswith("en"):
        return _spaced(speech)
    words = "".join(f" {_ENGLISH[char]} " if char in _ENGLISH else char for char in speech)
    return _spaced(re.sub(r"\\([A-Za-z]+)", r"\1", words))


def _spaced(text: str) -> str:
    return re.sub(r"\s+([,;.])", r"\1", " ".join(text.split()))

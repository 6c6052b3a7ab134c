"""Spoken words: mathra's, with the signs put into words that it leaves as signs."""

from __future__ import annotations

import re
import unicodedata

_ENGLISH = {
    "∼": "is distributed as",
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
    "⊤": "top",
    "⊥": "perpendicular to",
    "∥": "parallel to",
    "≪": "is much less than",
    "≫": "is much greater than",
    "∝": "is proportional to",
    "≅": "is isomorphic to",
    "≃": "is asymptotically equal to",
    "≍": "is asymptotic to",
    "≔": "is defined as",
    "≜": "is defined as",
    "≐": "is defined as",
    "⩽": "is less than or equal to",
    "⩾": "is greater than or equal to",
    "≲": "is less than or about",
    "≳": "is greater than or about",
    "≺": "precedes",
    "≻": "succeeds",
    "⪯": "precedes or equals",
    "⪰": "succeeds or equals",
    "≼": "precedes or equals",
    "≽": "succeeds or equals",
    "⊃": "is a superset of",
    "⊇": "is a superset of or equal to",
    "⊊": "is a proper subset of",
    "⊋": "is a proper superset of",
    "⊈": "is not a subset of",
    "∋": "contains",
    "∤": "does not divide",
    "∖": "set minus",
    "⊎": "disjoint union",
    "⊔": "square union",
    "⊓": "square intersection",
    "∧": "and",
    "∨": "or",
    "¬": "not",
    "∴": "therefore",
    "∵": "because",
    "⊢": "proves",
    "⊨": "models",
    "↦": "maps to",
    "⟼": "maps to",
    "←": "left arrow",
    "⟵": "left arrow",
    "↔": "left right arrow",
    "⟷": "left right arrow",
    "↑": "up arrow",
    "↓": "down arrow",
    "↪": "embeds into",
    "↠": "maps onto",
    "⇒": "implies",
    "⟹": "implies",
    "⟸": "is implied by",
    "⇐": "is implied by",
    "⟺": "if and only if",
    "⇔": "if and only if",
    "⇝": "leads to",
    "∘": "composed with",
    "⋆": "star",
    "∗": "star",
    "†": "dagger",
    "‡": "double dagger",
    "ℓ": "ell",
    "ℏ": "h bar",
    "ℜ": "real part",
    "ℑ": "imaginary part",
    "ℵ": "aleph",
    "ı": "dotless i",
    "ȷ": "dotless j",
    "□": "box",
    "■": "end of proof",
    "√": "root",
    "∫": "integral",
    "∑": "sum",
    "∏": "product",
}
_PHRASES = (
    (r"to the ⊤", "transpose"),
    (r"to the (?:times|∗)(?=\W|$)", "star"),
    (r"sub (?:times|∗)(?=\W|$)", "sub star"),
    (r"colon ((?:(?!open|close|colon).)*?) tends to", r"from \1 to"),
    (r"to the †", "dagger"),
    (r"‖([^‖]*)‖", r" the norm of \1 end norm "),
)
"""What several signs mean together."""
_ASPECTS = re.compile(r"greek |letter |symbol|mathematical |latin |sign$|small ")


_SIGN = re.compile("[^\\x00-\\x7f“”‘’–—]")
"""What isn't read as it is."""


def finished_words(speech: str, language: str) -> str:
    """Return the words with no sign left in them that English has a word for; other languages keep mathra's."""
    speech = re.sub(r"(?<=[𝟎-𝟿]) (?=[𝟎-𝟿])", "", speech)  # digits of a font (`lettering`) are said one by one
    if not language.lower().startswith("en"):
        return _spaced(unicodedata.normalize("NFKC", speech))
    for pattern, words in _PHRASES:
        speech = re.sub(pattern, words, speech)
    spoken = _SIGN.sub(_spoken, unicodedata.normalize("NFC", speech))
    return _spaced(re.sub(r"\\([A-Za-z]*)", r" backslash \1", spoken))


def _spoken(found: re.Match[str]) -> str:
    """Return a sign in words, its name in Unicode if there is no better; letters and digits of a font are plain."""
    char = found[0]
    if char in _ENGLISH:
        return f" {_ENGLISH[char]} "
    plain = unicodedata.normalize("NFKC", char)
    if plain.isascii() or (unicodedata.category(plain[0]) in ("Ll", "Lu", "Lo") and not _is_greek(plain[0])):
        return plain
    name = unicodedata.name(plain[0], "")
    return f" {_ASPECTS.sub('', name.lower()).strip()} "


def _is_greek(char: str) -> bool:
    return "Ͱ" <= char <= "Ͽ"


def _spaced(text: str) -> str:
    return re.sub(r"\s+([,;.])", r"\1", " ".join(text.split()))

"""Letters in their variants, as the characters that Unicode has for them (Unicode, chapter 22.2)."""

from __future__ import annotations

# variant: first code points of capitals, small letters, digits, Greek capitals, Greek small letters (0: there are none)
_BLOCKS: dict[str, tuple[int, int, int, int, int]] = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE, 0x1D6A8, 0x1D6C2),
    "italic": (0x1D434, 0x1D44E, 0, 0x1D6E2, 0x1D6FC),
    "bold-italic": (0x1D468, 0x1D482, 0x1D7CE, 0x1D71C, 0x1D736),
    "calligraphic": (0x1D49C, 0x1D4B6, 0, 0, 0),
    "fraktur": (0x1D504, 0x1D51E, 0, 0, 0),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8, 0, 0),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2, 0, 0),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6, 0, 0),
}

# letters that Unicode had before it had the blocks
_EXCEPTIONS: dict[str, dict[str, str]] = {
    "italic": {"h": "ℎ"},
    "calligraphic": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
}
_GREEK_EXTRA = {"∂": 25, "ϵ": 26, "ϑ": 27, "ϰ": 28, "ϕ": 29, "ϱ": 30, "ϖ": 31}


def shown(name: str, variant: str) -> str:
    """Return the letters as they are shown: the usual italic and upright ones plain, others from their own block."""
    if variant in ("", "upright", "italic"):
        return name
    return "".join(in_block(char, variant) for char in name)


def in_block(char: str, variant: str) -> str:
    """Return a letter or digit in its variant's own block of Unicode, as it is if there is none."""
    exception = _EXCEPTIONS.get(variant, {}).get(char)
    if exception:
        return exception
    capitals, smalls, digits, greek_capitals, greek_smalls = _BLOCKS.get(variant, (0, 0, 0, 0, 0))
    for first, last, start in (("A", "Z", capitals), ("a", "z", smalls), ("0", "9", digits)):
        if start and first <= char <= last:
            return chr(start + ord(char) - ord(first))
    if greek_capitals and "Α" <= char <= "Ω":
        return chr(greek_capitals + ord(char) - ord("Α"))
    if greek_smalls and "α" <= char <= "ω":
        return chr(greek_smalls + ord(char) - ord("α"))
    if greek_smalls and char in _GREEK_EXTRA:
        return chr(greek_smalls + _GREEK_EXTRA[char])
    return char


SPACING_MARKS = {
    "\u0300": "`",
    "\u0301": "´",
    "\u0302": "ˆ",
    "\u0303": "˜",
    "\u0304": "¯",
    "\u0305": "‾",
    "\u0306": "˘",
    "\u0307": "˙",
    "\u0308": "¨",
    "\u030a": "˚",
    "\u030c": "ˇ",
    "\u20d7": "→",
    "\u20d6": "←",
    "\u20db": "⃛",
    "\u20e1": "↔",
}
"""Combining accents and the signs that stand for them in MathML's `mo` (MathML Core, operator dictionary)."""

COMBINING_MARKS = {sign: mark for mark, sign in SPACING_MARKS.items()}
"""The other way round."""
BRACES = {(True, False): "⏞", (False, False): "⏟", (True, True): "⎴", (False, True): "⎵"}
"""(above, bracket) → the sign of a brace."""


def accent_sign(mark: str, *, wide: bool) -> str:
    """Return the sign for an accent: fonts have wide hats only under the combining character."""
    return mark if wide and mark == "\u0302" else SPACING_MARKS.get(mark, mark)

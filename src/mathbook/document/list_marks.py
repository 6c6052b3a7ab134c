"""What stands before the items of an ordered list, where a format writes it as text: 3., c., IV."""

from __future__ import annotations

from mathbook.document.nodes import ListStyle

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def list_mark(style: ListStyle, number: int) -> str:
    """Return the number in the list's style, with a full stop; where the style has none for it, in digits."""
    kind = style.removeprefix("lower-").removeprefix("upper-")
    if number < 1 or kind == "decimal":
        return f"{number}."
    written = _letters(number) if kind == "alpha" else _roman(number)
    return f"{written.upper() if style.startswith('upper-') else written}."


def _letters(number: int) -> str:
    """Return a to z, then aa, ab and so on."""
    letters = ""
    while number:
        number, digit = divmod(number - 1, 26)
        letters = chr(ord("a") + digit) + letters
    return letters


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        written += letters * count
    return written

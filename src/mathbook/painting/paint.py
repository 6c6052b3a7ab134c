"""How a part of a plain SVG is painted: its own properties, and those that it has from what it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from PIL import ImageColor

from mathbook.frozen import frozen


class NotPlain(Exception):
    """The picture has something that only a whole SVG program draws."""


Colour = tuple[int, int, int]
"""Red, green and blue, from 0 to 255."""


@frozen
class Paint:
    """Colours (None for no paint), opacities, and the stroke in the words of PDF (ISO 32000-1, 8.4.3)."""

    fill: Colour | None = (0, 0, 0)
    stroke: Colour | None = None
    own: Colour = (0, 0, 0)
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    opacity: float = 1.0
    width: float = 1.0
    cap: int = 0
    join: int = 0
    miter: float = 4.0
    dashes: tuple[float, ...] = ()
    offset: float = 0.0
    is_even_odd: bool = False
    clip: str = ""


_NAMES = {
    "fill": "fill",
    "stroke": "stroke",
    "color": "own",
    "fill-opacity": "fill_opacity",
    "stroke-opacity": "stroke_opacity",
    "opacity": "opacity",
    "stroke-width": "width",
    "stroke-linecap": "cap",
    "stroke-linejoin": "join",
    "stroke-miterlimit": "miter",
    "stroke-dasharray": "dashes",
    "stroke-dashoffset": "offset",
    "fill-rule": "is_even_odd",
    "clip-path": "clip",
}
_WORDS: Mapping[str, Mapping[str, int | bool]] = {
    "cap": {"butt": 0, "round": 1, "square": 2},
    "join": {"miter": 0, "round": 1, "bevel": 2},
    "is_even_odd": {"nonzero": False, "evenodd": True},
}
_WITHOUT_EFFECT = {
    "display": ("inline", "block"),
    "visibility": ("visible",),
    "overflow": ("visible", "hidden"),
    "shape-rendering": ("auto", "geometricPrecision"),
    "clip-rule": ("nonzero",),
}
"""Properties that change nothing while they say this."""
_OF_WORDS = ("font", "text", "letter-spacing", "word-spacing", "writing-mode", "direction", "line-height")
"""How the names begin of properties that only words have."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_REFERENCE = re.compile(r"""url\(\s*["']?#([^"')]+)["']?\s*\)""")


def is_property(name: str) -> bool:
    """Return whether an attribute of this name says how something is painted."""
    return name in _NAMES or name in _WITHOUT_EFFECT or name.startswith(_OF_WORDS)


def declared(style: str) -> Iterator[tuple[str, str]]:
    """Yield the names and the values of a style's declarations. Raises NotPlain."""
    for declaration in filter(str.strip, style.split(";")):
        name, colon, value = declaration.partition(":")
        if not colon:
            raise NotPlain(declaration)
        yield name.strip(), value.strip()


def paint_of(said: tuple[tuple[str, str], ...], around: Paint) -> Paint:
    """Return how a part is painted of which this is said, the last the strongest, and that stands in something painted
    as `around`. Raises NotPlain.
    """
    # neither is inherited
    paint = replace(around, opacity=1.0, clip="") if around.opacity != 1 or around.clip else around
    if not said:
        return paint
    values = {name: value.strip() for name, value in said if not _is_without_effect(name, value.strip())}
    if "color" in values:
        paint = replace(paint, own=_colour(values.pop("color"), paint.own) or paint.own)
    changed = {_NAMES[name]: _value(_NAMES[name], value, paint) for name, value in values.items() if value != "inherit"}
    return replace(paint, **changed) if changed else paint


def _is_without_effect(name: str, value: str) -> bool:
    if name in _NAMES:
        return False
    if not is_property(name) or value not in _WITHOUT_EFFECT.get(name, (value,)):
        raise NotPlain(f"{name}: {value}")
    return True


def _value(name: str, value: str, paint: Paint) -> Any:
    match name:
        case "fill" | "stroke":
            return _colour(value, paint.own)
        case "cap" | "join" | "is_even_odd":
            if value not in _WORDS[name]:
                raise NotPlain(value)
            return _WORDS[name][value]
        case "dashes":
            return _dashes(value)
        case "clip":
            found = _REFERENCE.fullmatch(value)
            if not found and value != "none":
                raise NotPlain(value)
            return found[1] if found else ""
        case _:
            return _positive(value, 1.0 if name.endswith("opacity") else None)


def _positive(value: str, most: float | None) -> float:
    number = number_of(value)
    if number < 0:
        raise NotPlain(value)
    return number if most is None else min(number, most)


def number_of(value: str) -> float:
    """Return a number, which may be said to be one of pixels. Raises NotPlain."""
    number = value.strip().removesuffix("px")
    if not _NUMBER.fullmatch(number):
        raise NotPlain(value)
    return float(number)


def _dashes(value: str) -> tuple[float, ...]:
    if value == "none":
        return ()
    dashes = tuple(_positive(length, None) for length in re.split(r"[\s,]+", value))
    return (dashes * 2 if len(dashes) % 2 else dashes) if sum(dashes) else ()


@lru_cache(maxsize=256)
def _colour(value: str, own: Colour) -> Colour | None:
    if value in ("none", "transparent"):
        return None
    if value.lower() == "currentcolor":
        return own
    if value.startswith(("hsl", "hsv", "cmyk")):
        raise NotPlain(value)
    try:
        red, green, blue, *alpha = ImageColor.getrgb(value)
    except ValueError:
        raise NotPlain(value) from None
    if alpha:
        raise NotPlain(value)
    return red, green, blue

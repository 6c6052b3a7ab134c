"""The cover, drawn from the theme's tokens."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import lru_cache
from math import cos, radians, sin

from PIL import Image

from mathbook.document.theme import Theme
from mathbook.epub.book import BookRecord
from mathbook.epub.lettering import Lettering
from mathbook.epub.style import dark_colours
from mathbook.epub.templating import render
from mathbook.frozen import frozen
from mathbook.painting.pixels import painted
from mathbook.painting.plain_svg import plain_drawing

WIDTH, HEIGHT = 1600, 2400
"""The cover's, in pixels."""
_WIDTH = 1320
"""The width of a line of text, of the cover's 1600."""
_TITLE_SIZES = (190, 170, 150, 130, 112, 96, 84)
_MOST_LINES = 5
_LEFT, _HEAD, _FOOT = 140, 330, 2200

# Gradient descent on a quadratic whose level lines are 90 wide where they are 34 high, in its own two axes: along each,
# a step of the one length takes the same share off (1 - step * eigenvalue); the eigenvalues are as 34^2 to 90^2.
_RING = (90, 34)
_VALLEY = (1010, 1520)
_TILT = radians(-24)
_START = (-940.0, 150.0)
_STEP = 0.2457
_SHRINK = (1 - _STEP, 1 - _STEP * (_RING[0] / _RING[1]) ** 2)


@frozen
class _Line:
    path: str
    x: int
    y: int


@frozen
class _Ring:
    rx: int
    ry: int
    opacity: float


@lru_cache(maxsize=8)
def cover_png(svg: str) -> bytes:
    """Return the cover as a PNG of 1600 by 2400 pixels. It has few colours, so a palette keeps it small."""
    into, drawing = io.BytesIO(), plain_drawing(svg, WIDTH)
    assert drawing, "the cover's template has only shapes in flat colours"
    painted(drawing, WIDTH, HEIGHT).convert("RGB").quantize(64, Image.Quantize.FASTOCTREE).save(into, "PNG")
    return into.getvalue()


def cover_svg(book: BookRecord, theme: Theme) -> str:
    """Return the cover as SVG: title and authors over the level lines of a valley, and a way down into it."""
    family = theme.fonts.heading
    size, title = _title(book.title, Lettering(family, 700))
    subtitle = _wrapped(book.subtitle, Lettering(family, 400), 64)
    authors = _wrapped(", ".join(book.authors), Lettering(family, 600), 56)
    steps = [_on_cover(*point) for point in _descent()]
    return render(
        "cover.svg",
        colours=theme.colours,
        warm=dark_colours(theme.colours)["accent2"],
        rings=[_Ring(_RING[0] * n, _RING[1] * n, round(0.62 - 0.045 * n, 3)) for n in range(1, 13)],
        steps=steps,
        descent=" ".join(f"{x},{y}" for x, y in steps),
        title=_lines(title, Lettering(family, 700), size, _HEAD + size // 3),
        subtitle=_lines(subtitle, Lettering(family, 400), 64, _HEAD + size * len(title) + 30),
        authors=_lines(authors, Lettering(family, 600), 56, _FOOT - 80 - 72 * (len(authors) - 1)),
        edition=_lines([book.edition_line], Lettering(family, 400), 46, _FOOT),
        mark=_lines([book.mark] if book.mark else [], Lettering(family, 700), 54, 2358),
    )


def _title(words: str, lettering: Lettering) -> tuple[int, list[str]]:
    """Return the largest size that sets the title in few enough lines, and the lines."""
    for size in _TITLE_SIZES:
        lines = _wrapped(words, lettering, size)
        if len(lines) <= _MOST_LINES and all(lettering.width(line, size) <= _WIDTH for line in lines):
            return size, lines
    return _TITLE_SIZES[-1], _wrapped(words, lettering, _TITLE_SIZES[-1])


def _wrapped(words: str, lettering: Lettering, size: int) -> list[str]:
    """Return the words in lines no wider than the cover's text."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and lettering.width(longer, size) <= _WIDTH:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _lines(lines: list[str], lettering: Lettering, size: int, first: int) -> list[_Line]:
    step = round(size * (1.08 if size > 80 else 1.3))
    return [_Line(lettering.path(words, size), _LEFT, first + step * count) for count, words in enumerate(lines)]


def _descent() -> Iterator[tuple[float, float]]:
    """Yield the points of gradient descent, in the valley's own axes."""
    x, y = _START
    for _ in range(11):
        yield x, y
        x, y = x * _SHRINK[0], y * _SHRINK[1]


def _on_cover(x: float, y: float) -> tuple[int, int]:
    return (
        round(_VALLEY[0] + x * cos(_TILT) - y * sin(_TILT)),
        round(_VALLEY[1] + x * sin(_TILT) + y * cos(_TILT)),
    )

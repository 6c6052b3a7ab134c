"""Where a part of a plain SVG is moved: the steps of its transformation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import cos, hypot, radians, sin

from mathbook.formula.transformations import Matrix
from mathbook.painting.paint import NotPlain, number_of

_STEP = re.compile(r"\s*(\w+)\s*\(([^)]*)\)[\s,]*")


def least_scale(matrix: Matrix) -> float:
    """Return how much longer a matrix makes the line that it lengthens least, of those along an axis."""
    a, b, c, d, _, _ = matrix
    return min(hypot(a, b), hypot(c, d))


def moves(said: str) -> Iterator[Matrix]:
    """Yield the steps of a transformation (SVG 1.1, 7.6). Raises NotPlain for slanted ones."""
    at = 0
    while at < len(said.strip()):
        step = _STEP.match(said, at)
        if not step:
            raise NotPlain(said)
        at = step.end()
        numbers = [number_of(number) for number in re.split(r"[\s,]+", step[2].strip())]
        match step[1], len(numbers):
            case "translate", 1 | 2:
                yield 1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0
            case "scale", 1 | 2:
                yield numbers[0], 0, 0, numbers[-1], 0, 0
            case "rotate", 1 | 3:
                x, y = numbers[1:] or (0.0, 0.0)
                turn = cos(radians(numbers[0])), sin(radians(numbers[0]))
                yield 1, 0, 0, 1, x, y
                yield turn[0], turn[1], -turn[1], turn[0], 0, 0
                yield 1, 0, 0, 1, -x, -y
            case "matrix", 6:
                yield tuple(numbers)
            case _:
                raise NotPlain(said)

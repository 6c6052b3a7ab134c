"""Where a part of a drawing stands: SVG's attributes as matrices of six numbers (ISO 32000-1, 8.3.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce

from lxml import etree

Matrix = tuple[float, ...]
"""a b c d e f."""

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


def transformations(part: etree._Element) -> list[Matrix]:
    """Return the part's transformation and then its own place; none if it stands where it was drawn."""
    matrices = list(_listed(part.get("transform", "")))
    x, y = part.get("x"), part.get("y")
    return [*matrices, (1, 0, 0, 1, float(x or 0), float(y or 0))] if x or y else matrices


def _listed(transform: str) -> Iterator[Matrix]:
    for name, arguments in re.findall(r"(\w+)\(([^)]*)\)", transform):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", arguments)]
        match name:
            case "translate":
                yield 1, 0, 0, 1, numbers[0], numbers[1] if len(numbers) > 1 else 0
            case "scale":
                yield numbers[0], 0, 0, numbers[-1], 0, 0
            case "matrix":
                yield tuple(numbers)
            case other:
                raise AssertionError(f"the drawing has a transformation {other}")


def product(matrices: Iterable[Matrix]) -> Matrix:
    """Return one matrix for several, the outermost first."""
    return reduce(_inside, matrices, IDENTITY)


def _inside(outer: Matrix, inner: Matrix) -> Matrix:
    a, b, c, d, e, f = outer
    i, j, k, l, m, n = inner  # noqa: E741
    return (
        i * a + j * c,
        i * b + j * d,
        k * a + l * c,
        k * b + l * d,
        m * a + n * c + e,
        m * b + n * d + f,
    )

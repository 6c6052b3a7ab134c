"""The longest common subsequence: what stands in both lists in the same order."""

from __future__ import annotations

from collections.abc import Sequence


def common(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    """Return pairs of places, in order, of a longest common subsequence."""
    if (quick := _within(one, two)) is not None:
        return quick
    start = 0
    while start < min(len(one), len(two)) and one[start] == two[start]:
        start += 1
    end = 0
    while end < min(len(one), len(two)) - start and one[-1 - end] == two[-1 - end]:
        end += 1
    middle = _longest(one[start : len(one) - end], two[start : len(two) - end])
    return [
        *((at, at) for at in range(start)),
        *((start + a, start + b) for a, b in middle),
        *((len(one) - at, len(two) - at) for at in range(end, 0, -1)),
    ]


def _within(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]] | None:
    """Return the pairs if all of `one` stands in `two` in order, as it does in a file that is in sync."""
    pairs: list[tuple[int, int]] = []
    at = 0
    for index, member in enumerate(one):
        while at < len(two) and two[at] != member:
            at += 1
        if at == len(two):
            return None
        pairs.append((index, at))
        at += 1
    return pairs


def _longest(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    """Return the pairs by the usual table (Wagner and Fischer, 1974)."""
    table = [[0] * (len(two) + 1) for _ in range(len(one) + 1)]
    for a in range(len(one) - 1, -1, -1):
        row, below = table[a], table[a + 1]
        for b in range(len(two) - 1, -1, -1):
            row[b] = below[b + 1] + 1 if one[a] == two[b] else max(below[b], row[b + 1])
    pairs, a, b = [], 0, 0
    while a < len(one) and b < len(two):
        if one[a] == two[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif table[a + 1][b] >= table[a][b + 1]:
            a += 1
        else:
            b += 1
    return pairs

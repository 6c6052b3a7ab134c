"""What a judge says of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, TypeAlias

from mathbook.frozen import frozen

OURS = "mathbook’s own measure"
"""What we look at ourselves, since none of the judges does."""

Outcome: TypeAlias = Literal["passed", "failed", "not run"]


@frozen
class Fault:
    """A rule that the file breaks, in the judge's own words, and how often; `accepted` is why we let it."""

    rule: str
    message: str
    count: int = 1
    accepted: str = ""


@frozen
class Verdict:
    """What one judge says of one file. `why` tells of a judge that was not asked what it would need."""

    judge: str
    asked: str
    file: str
    outcome: Outcome
    faults: tuple[Fault, ...] = ()
    why: str = ""


def verdict_of(judge: str, asked: str, file: str, faults: Iterable[Fault]) -> Verdict:
    """Return the verdict: failed, if there is a fault that nobody has accepted."""
    counted = tuple(faults)
    failed = any(not fault.accepted for fault in counted)
    return Verdict(judge, asked, file, "failed" if failed else "passed", counted)


def gathered(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return the faults, equal ones once with their count."""
    counts = Counter(faults)
    return tuple(Fault(fault.rule, fault.message, count, fault.accepted) for fault, count in counts.items())

"""What can be wrong with a finished file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Fault: TypeAlias = Literal["different", "missing", "extra", "moved"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with one block, or with one page or slide: what was wanted there, and what was found."""

    fault: Fault
    unit: str
    what: str
    wanted: str = ""
    found: str = ""
    place: str = ""

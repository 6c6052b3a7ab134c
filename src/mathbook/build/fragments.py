"""The fragments of a file, as its linker gets them from the cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from mathbook.build.cache import Cache, Damaged
from mathbook.diagnostics import Code, Diagnostic, Severity, Stop
from mathbook.document.book import Unit
from mathbook.document.fragment import Fragment
from mathbook.frozen import frozen


@frozen
class Fragments(Sequence[Fragment]):
    """The fragments of a file; each is read when it is asked for."""

    units: Sequence[Unit]
    keys: Sequence[str]
    cache: Cache

    def __len__(self) -> int:
        return len(self.keys)

    @overload
    def __getitem__(self, at: int) -> Fragment: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Fragment]: ...
    def __getitem__(self, at: int | slice) -> Fragment | Sequence[Fragment]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        unit, key = self.units[at], self.keys[at]
        try:
            fragment = self.cache.get(key)
        except Damaged:
            message, hint = f"what was kept of {unit.id} is damaged, and was thrown away", "build again"
            raise Stop([Diagnostic(Code.COMPILE_FAILED, Severity.ERROR, unit.span, message, hint)]) from None
        assert fragment is not None, f"{unit.id} was compiled, and is gone from the cache"
        return fragment

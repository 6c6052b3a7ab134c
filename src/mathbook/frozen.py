"""Records that don't change: data classes with slots, whose fields nobody may set again.

A type checker holds them so, as it holds `dataclass(frozen=True, slots=True)`, and it is the only one who looks: what
`dataclass` would write and compile for each class to look again at run time takes a fifth of a small build, and makes
each record slower to make (docs/decisions/0026-frozen-is-checked-before-it-runs.md).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """Return the class as a data class with slots. Two records are equal if they are of one class and all fields that
    are compared are equal; such have one hash.
    """
    made: Any = dataclass(eq=False, repr=False, slots=True)(kind)
    told = _values([one.name for one in fields(made) if one.compare])

    def is_equal(self: object, other: object) -> bool:
        return told(self) == told(other) if other.__class__ is self.__class__ else NotImplemented

    def hash_of(self: object) -> int:
        return hash(told(self))

    for name, method in (("__eq__", is_equal), ("__hash__", hash_of), ("__repr__", _written)):
        if name not in kind.__dict__:
            setattr(made, name, method)
    done: type[T] = made
    return done


def _values(names: list[str]) -> Callable[[object], tuple[object, ...]]:
    """Return what gives the values of these fields."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)


def _written(self: Any) -> str:
    """Return the record as Python would write it."""
    said = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({said})"

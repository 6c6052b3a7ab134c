"""What a hash of a page rests on."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class LookedAt:
    """Objects of which all was looked at; pages of which their place among all was; keys of the parent tree of which it
    was looked up what they stand for; elements of which only their type was, what they are in, and the order of some
    that they hold.
    """

    objects: set[int] = field(default_factory=set)
    pages: set[int] = field(default_factory=set)
    keys: set[int] = field(default_factory=set)
    orders: dict[int, tuple[int, ...]] = field(default_factory=dict)

    def add(self, other: LookedAt) -> None:
        """Take in what was looked at for a part."""
        self.objects |= other.objects
        self.pages |= other.pages
        self.keys |= other.keys
        self.orders |= other.orders

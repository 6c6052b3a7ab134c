"""Nodes that wait as bytes until somebody looks at them: of most units of a book nobody does when it is built again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import blake2b
from typing import Any, SupportsIndex, TypeVar, get_args

from mathbook.document.nodes import Block, Cell, CiteItem, Column, DefinitionItem, Inline
from mathbook.document.packing import Packing
from mathbook.document.seeds import Seed

NODES = (*get_args(Inline), *get_args(Block), CiteItem, DefinitionItem, Cell, Column, Seed)
_PACKING = Packing(NODES)
T = TypeVar("T")


class KeptNodes(tuple[Any, ...]):
    """A tuple of nodes, to everybody who looks at it. Its length is known, and its members are unpacked when they are
    asked for; `file` is the one that most of their spans are in. It is pickled as bytes. What many want to know of them
    is found out once.

    Only `tuple`'s own methods, called by its name, would find it empty; CPython asks a subclass for its own.
    """

    file: str
    _count: int
    _data: bytes | None
    _nodes: tuple[Any, ...] | None
    _digest: bytes
    _found_out: dict[Callable[[tuple[Any, ...]], Any], Any]

    def __new__(cls, file: str, data: bytes, count: int) -> KeptNodes:
        """Return `count` nodes that were packed as `data`."""
        self = super().__new__(cls)
        self.file, self._count, self._data, self._nodes = file, count, data, None
        self._digest, self._found_out = b"", {}
        return self

    @classmethod
    def of(cls, nodes: tuple[Any, ...], file: str) -> KeptNodes:
        """Return the nodes, which are packed when that is asked for."""
        if isinstance(nodes, KeptNodes) and nodes.file == file:
            return nodes
        self = super().__new__(cls)
        self.file, self._count, self._data, self._nodes = file, len(nodes), None, tuple(nodes)
        self._digest, self._found_out = b"", {}
        return self

    @property
    def data(self) -> bytes:
        """The nodes as bytes, without line ends."""
        if self._data is None:
            self._data = _PACKING.packed(self._nodes, self.file)
        return self._data

    @property
    def digest(self) -> bytes:
        """A hash of all that the nodes are, and of where each was written in the file."""
        if not self._digest:
            self._digest = blake2b(self.data, digest_size=16).digest()
        return self._digest

    @property
    def nodes(self) -> tuple[Any, ...]:
        """The same as a plain tuple."""
        if self._nodes is None:
            assert self._data is not None
            self._nodes = tuple(_PACKING.unpacked(self._data, self.file))
        return self._nodes

    def found_out(self, ask: Callable[[tuple[Any, ...]], T]) -> T:
        """Return what the function gives for the nodes: it is asked once."""
        if ask not in self._found_out:
            self._found_out[ask] = ask(self.nodes)
        known: T = self._found_out[ask]
        return known

    @property
    def waits(self) -> bool:
        """Whether nobody has looked at them yet."""
        return self._nodes is None

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Any]:
        return iter(self.nodes)

    def __reversed__(self) -> Iterator[Any]:
        return iter(self.nodes[::-1])

    def __getitem__(self, at: Any) -> Any:
        return self.nodes[at]

    def __contains__(self, one: object) -> bool:
        return one in self.nodes

    def __eq__(self, other: object) -> bool:
        return self.nodes == (other.nodes if isinstance(other, KeptNodes) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.nodes)

    def __repr__(self) -> str:
        return repr(self.nodes)

    def __add__(self, other: Any) -> Any:
        return self.nodes + tuple(other)

    def __radd__(self, other: Any) -> Any:
        return tuple(other) + self.nodes

    def __mul__(self, times: SupportsIndex) -> Any:
        return self.nodes * times

    __rmul__ = __mul__

    def index(self, *wanted: Any) -> int:
        """Return where the member stands first."""
        return self.nodes.index(*wanted)

    def count(self, one: object) -> int:
        """Return how often the member is there."""
        return self.nodes.count(one)

    def __reduce__(self) -> tuple[Any, ...]:
        return KeptNodes, (self.file, self.data, self._count)

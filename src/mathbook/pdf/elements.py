"""Elements of a structure tree (ISO 32000-1, 14.7.2): what is one, and what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name


def is_element(kid: Any) -> bool:
    """Return whether it is a structure element: neither marked content nor a reference to an annotation."""
    return isinstance(kid, Dictionary) and "/S" in kid


def elements_in(element: Any) -> list[Any]:
    """Return the elements right below an element."""
    held = element.get("/K", Array())
    return [kid for kid in (held if isinstance(held, Array) else [held]) if is_element(kid)]


def document_element(root: Any) -> Any:
    """Return the one Document below the root of a structure tree."""
    return root.K[0] if isinstance(root.K, Array) else root.K


def structure_elements(root: Any) -> Iterator[Any]:
    """Yield the elements of a structure tree, parents first."""
    pending = [root] if root is not None else []
    while pending:
        element = pending.pop()
        if element.get("/Type") == Name.StructElem or "/S" in element:
            yield element
        kids = element.get("/K")
        members = list(kids) if isinstance(kids, Array) else [kids] if isinstance(kids, Dictionary) else []
        pending += [kid for kid in reversed(members) if isinstance(kid, Dictionary) and kid.get("/Type") != Name.OBJR]


def page_key(page: Any) -> tuple[int, int]:
    """Return what tells a page from others of its file: its object and generation number."""
    number, generation = page.objgen
    return int(number), int(generation)

"""Links across fragments: what was compiled as `mathbook:…` becomes a place in the finished file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pikepdf import Array, Dictionary, Name

from mathbook.pdf.assembly import Assembly

PRINTED = 4
"""The flag of what may be seen on paper too; PDF/A wants it on each annotation (ISO 19005-3, 6.3.2)."""


def join_links(assembly: Assembly) -> None:
    """Give each such link its destination; one that leads out of the file becomes plain text."""
    pages = [page.obj for page in assembly.pdf.pages]
    for page in pages:
        kept = []
        for annotation in page.get("/Annots", []):
            annotation.F = PRINTED
            address = _address(annotation)
            if address is None:
                kept.append(annotation)
                continue
            destination = _destination(assembly, pages, address)
            if destination is None:
                _detach(assembly, annotation)
                continue
            del annotation["/A"]
            annotation.Dest = destination
            kept.append(annotation)
        if "/Annots" in page:
            page.Annots = Array(kept)


def _address(annotation: Any) -> str | None:
    action = annotation.get("/A")
    uri = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
    return uri.removeprefix("mathbook:") if uri.startswith("mathbook:") else None


def _destination(assembly: Assembly, pages: Sequence[Any], address: str) -> Any | None:
    if address.startswith("bookmark/"):
        mark = assembly.bookmarks[int(address.removeprefix("bookmark/"))]
        return Array([pages[mark.page], Name.XYZ, 0, mark.y, None])
    return assembly.destinations.get(address)


def _detach(assembly: Assembly, annotation: Any) -> None:
    """Turn the link's tag into a span, without its reference to the annotation."""
    key = annotation.get("/StructParent")
    element = assembly.parents.pop(int(key), None) if key is not None else None
    if element is None:
        return
    element.S = Name.Span
    kids = element.get("/K", Array())
    members = list(kids) if isinstance(kids, Array) else [kids]
    element.K = Array([kid for kid in members if not (isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR)])

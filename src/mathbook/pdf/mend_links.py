"""Links with emphasis in them: WeasyPrint hangs the annotation of the emphasized words on these, inside the link.

PDF/UA wants each link's annotation in a Link itself (ISO 14289-1, 7.18.5), and the parent tree to say so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NumberTree


def lift_annotations(pdf: pikepdf.Pdf, link: Any) -> None:
    """Hang the annotations of everything inside the link on the link."""
    references = [reference for kid in _members(link) if "/S" in kid for reference in _taken_out(kid)]
    if not references:
        return
    kids = link.K if isinstance(link.K, Array) else Array([link.K])
    link.K = Array([*references, *kids])
    parents = NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    for reference in references:
        if (key := reference.Obj.get("/StructParent")) is not None:
            parents[int(key)] = link


def _members(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    return [kid for kid in (kids if isinstance(kids, Array) else [kids]) if isinstance(kid, Dictionary)]


def _taken_out(element: Any) -> Iterator[Any]:
    """Yield the references to annotations in an element and below it, and take them out there."""
    found = [kid for kid in _members(element) if kid.get("/Type") == Name.OBJR]
    if found:
        kids = element.K if isinstance(element.K, Array) else [element.K]
        element.K = Array([kid for kid in kids if not (isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR)])
    yield from found
    for kid in _members(element):
        if "/S" in kid and Name.Link != kid.S:
            yield from _taken_out(kid)

"""The tag tree, put right by what its tags were made of: asides, code and notes are all NonStruct to WeasyPrint, and
each box that it adds is a tag more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from mathbook.pdf.elements import is_element
from mathbook.pdf.rendered import Origin
from mathbook.pdf.spans import take_out_spans

_MADE = {"aside": Name.Div, "figure": Name.Div, "pre": Name.P, "code": Name.Code}
"""What elements become that WeasyPrint has no tag for; what else has none is a Span if it stands in a line."""
_IN_LINES = frozenset(("em", "strong", "sub", "sup", "dfn", "kbd", "mark", "u", "s"))
_OF_CLASSES = {"equation-number": Name.P, "footnote-block": Name.P}
_OF_NOTES = {"span": Name.Note, "span::footnote-call": Name.Reference, "span::footnote-marker": Name.Lbl}
PLACES = "/MathbookPlaces"
_WRAPPERS = frozenset(("/Div", "/NonStruct"))
"""Where the engine adds a box, it is one of these, with the origin of the box around it."""
_HOLLOW = frozenset(("/Div", "/NonStruct", "/Span", "/P"))
"""These mean nothing if nothing is in them: line breaks, rules, room for an answer."""
_NUMBERINGS = {
    "disc": Name.Disc,
    "circle": Name.Circle,
    "square": Name.Square,
    "decimal": Name.Decimal,
    "lower-alpha": Name.LowerAlpha,
    "upper-alpha": Name.UpperAlpha,
    "lower-roman": Name.LowerRoman,
    "upper-roman": Name.UpperRoman,
}


def put_right(pdf: pikepdf.Pdf, document: Any, origins: Mapping[int, Origin], name: str) -> None:
    """Name the elements below the Document for what they are, and leave out what means nothing.

    The root gets two trees of names: notes by the identifiers that they need (ISO 14289-1, 7.9), which begin with
    `name`, and, for the linker only, the element of each id of the page.
    """
    mender = _Mender(origins, name)
    document.K = Array(mender.kids(document, None))
    for kid in document.K:
        kid.P = document
    take_out_spans(pdf, document, mender.ids)
    root = pdf.Root.StructTreeRoot
    root.IDTree = name_tree(pdf, {str(note.ID): note for note in mender.notes})
    root[PLACES] = name_tree(pdf, mender.ids)


def name_tree(pdf: pikepdf.Pdf, elements: Mapping[str, Any]) -> Any:
    """Return a tree of what is found by names (ISO 32000-1, 7.9.6)."""
    tree = pikepdf.NameTree.new(pdf)
    for name in sorted(elements):
        tree[name] = elements[name]
    return tree.obj


@dataclass(slots=True)
class _Mender:
    origins: Mapping[int, Origin]
    name: str
    ids: dict[str, Any] = field(default_factory=dict)
    _homeless: list[str] = field(default_factory=list)
    """Ids of elements that were left out: the next that stays gets them."""
    notes: list[Any] = field(default_factory=list)
    _marks: dict[int, Any] = field(default_factory=dict)
    """Where notes are called, by the elements that they were made of."""

    def kids(self, element: Any, around: Origin | None) -> list[Any]:
        """Return what is to stand in the element: content as it is, elements put right."""
        held = element.get("/K", Array())
        kept: list[Any] = []
        for kid in held if isinstance(held, Array) else [held]:
            kept += self._mended(kid, around) if is_element(kid) else [kid]
        return kept

    def _mended(self, element: Any, around: Origin | None) -> list[Any]:
        """Return what stands for an element: itself, what is in it, or nothing."""
        origin = self.origins.get(element.objgen[0])
        id = self._id(origin)
        if id:
            self.ids[id] = element
        kids = self.kids(element, origin or around)
        tag = str(element.S)
        is_added = _is_same(origin, around) and tag in _WRAPPERS and all(map(is_element, kids))
        if is_added or (not kids and tag in _HOLLOW):
            self._homeless += [id] if id and self.ids.pop(id) is not None else []
            return kids
        self._settle(element)
        if origin is not None:
            self._name(element, origin)
            kids = _definitions(kids, self.origins) if origin.tag == "dl" else kids
        element.K = Array(kids)
        for kid in filter(is_element, kids):
            kid.P = element
        return [element]

    def _id(self, origin: Origin | None) -> str:
        """Return the id that the element is to have, nothing if it has none or another has it."""
        id = origin.id if origin is not None and "::" not in origin.tag else ""
        return "" if id in self.ids else id

    def _settle(self, element: Any) -> None:
        for id in self._homeless:
            self.ids.setdefault(id, element)
        self._homeless.clear()

    def _name(self, element: Any, origin: Origin) -> None:
        if "footnote" in origin.classes and origin.tag in _OF_NOTES:
            element.S = _OF_NOTES[origin.tag]
            if Name.Note == element.S:
                self.notes.append(element)
                element.ID = String(f"{self.name}#note-{len(self.notes)}")
                self._relate(element, origin)
            elif Name.Reference == element.S:
                self._marks[origin.element] = element
        elif own := origin.classes & _OF_CLASSES.keys():
            element.S = _OF_CLASSES[min(own)]
        elif origin.tag in _MADE:
            element.S = _MADE[origin.tag]
        elif origin.tag in _IN_LINES:
            element.S = Name.Span
        elif element.S == Name.L and origin.marker in _NUMBERINGS and origin.tag != "dl":
            element.A = Dictionary(O=Name.List, ListNumbering=_NUMBERINGS[origin.marker])

    def _relate(self, note: Any, origin: Origin) -> None:
        """Let a note and its mark name each other (ISO 32000-2, 14.7.2)."""
        if mark := self._marks.get(origin.element):
            note.Ref, mark.Ref = Array([mark]), Array([note])


def _is_same(origin: Origin | None, around: Origin | None) -> bool:
    """Return whether the engine added a box for what has one already."""
    return bool(origin and around and (origin.element, origin.tag) == (around.element, around.tag))


def _definitions(items: list[Any], origins: Mapping[int, Origin]) -> list[Any]:
    """Return the items of a list of definitions: a word is the label of what is said of it (ISO 32000-1, 14.8.4.3.3).

    WeasyPrint makes an item of each.
    """
    joined: list[Any] = []
    for item in items:
        origin = origins.get(item.objgen[0])
        if origin is None or origin.tag == "dt" or not joined:
            for body in item.K if origin is not None and origin.tag == "dt" else ():
                body.S = Name.Lbl
            joined.append(item)
            continue
        for body in item.K:
            body.P = joined[-1]
            joined[-1].K.append(body)
    return joined

"""PDF/UA-2 (ISO 14289-2): what it asks for beside PDF/UA-1. Links lead to elements, not only to places on pages; notes
and captions have the names and places of PDF 2.0; contents say what their lines refer to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from mathbook.document.fragment import Bookmark
from mathbook.pdf.assembly import Spot
from mathbook.pdf.elements import elements_in, page_key, structure_elements

VERSION = "2.0"
_NAMESPACE = "http://iso.org/pdf2/ssn"
_HEADINGS = frozenset(("/H1", "/H2", "/H3"))


def put_ua2(path: Path, targets: Mapping[Spot, int], bookmarks: Sequence[Bookmark]) -> None:
    """Make PDF/UA-2 of a finished file that keeps PDF/UA-1; `targets` are the elements that begin at places."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        _put(pdf, {spot: pdf.get_object((number, 0)) for spot, number in targets.items()}, bookmarks)
        pdf.save(
            path, force_version=VERSION, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )


def _put(pdf: pikepdf.Pdf, targets: dict[Spot, Any], bookmarks: Sequence[Bookmark]) -> None:
    namespace = pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String(_NAMESPACE)))
    root = pdf.Root.StructTreeRoot
    root.Namespaces = Array([namespace])
    root.K.NS = namespace
    for element in structure_elements(root):
        _mend(element, namespace)
    _Targets(pdf, targets, bookmarks).put()
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["pdfuaid:part"] = "2"
        xmp["pdfuaid:rev"] = "2024"


def _mend(element: Any, namespace: Any) -> None:
    if Name.Note == element.S:
        element.S, element.NS = Name.FENote, namespace
    elif element.S == Name.L and "/A" not in element and any(Name.Lbl == kid.S for kid in _inner(element)):
        element.A = Dictionary(O=Name.List, ListNumbering=Name.Description)
    elif Name.Div == element.S:
        _move_caption(element)


def _inner(element: Any) -> Iterator[Any]:
    for kid in elements_in(element):
        yield from elements_in(kid)


def _move_caption(figure: Any) -> None:
    """Put a caption into the figure before it; where there is none, what it stands above is a section with it."""
    kids = elements_in(figure)
    captions = [kid for kid in kids if Name.Caption == kid.S]
    pictures = [kid for kid in kids if Name.Figure == kid.S]
    if captions and len(pictures) == 1:
        figure.K = Array([kid for kid in kids if Name.Caption != kid.S])
        pictures[0].K = Array([*pictures[0].K, *captions])
        for caption in captions:
            caption.P = pictures[0]
    elif captions:
        figure.S = Name.Sect


class _Targets:
    """Turns places into structure destinations (ISO 32000-2, 12.3.2.3)."""

    def __init__(self, pdf: pikepdf.Pdf, targets: dict[Spot, Any], bookmarks: Sequence[Bookmark]) -> None:
        self._pdf, self._elements = pdf, targets
        self._firsts: dict[tuple[int, int], Any] = {}
        headings: dict[tuple[int, int], list[Any]] = defaultdict(list)
        for element in structure_elements(self._pdf.Root.StructTreeRoot):
            if "/Pg" in element:
                self._firsts.setdefault(page_key(element.Pg), element)
                headings[page_key(element.Pg)] += [element] if str(element.S) in _HEADINGS else []
        for mark in bookmarks:
            page = self._pdf.pages[mark.page].obj
            if found := headings[page_key(page)]:
                self._elements.setdefault((page_key(page), 0, round(round(mark.y, 2), 1)), found.pop(0))

    def put(self) -> None:
        """Give all links, bookmarks and names their elements, and the lines of the contents what they refer to."""
        elements = dict(pikepdf.NumberTree(self._pdf.Root.StructTreeRoot.ParentTree).items())
        for page in self._pdf.pages:
            for annotation in page.obj.get("/Annots", []):
                if "/Dest" in annotation:
                    target = self._put(annotation)
                    _refer(elements[int(annotation.StructParent)], target)
        for item in _outline(self._pdf.Root.get("/Outlines")):
            self._put(item)
        names = pikepdf.NameTree(self._pdf.Root.Names.Dests)
        for name, place in list(names.items()):
            names[name] = Dictionary(D=place, SD=self._structural(place))

    def _put(self, holder: Any) -> Any:
        """Replace the destination by an action that has both; return the element."""
        place = holder.Dest
        del holder["/Dest"]
        holder.A = Dictionary(S=Name.GoTo, D=place, SD=self._structural(place))
        return holder.A.SD[0]

    def _structural(self, place: Any) -> Array:
        element = self._elements.get(_spot_of(place)) or self._firsts.get(page_key(place[0]))
        assert element is not None, "a link leads to a page without content"
        return Array([element, *list(place)[1:]])


def _spot_of(destination: Any) -> Spot:
    """Return the place that a destination names."""
    return page_key(destination[0]), round(float(destination[2]), 1), round(float(destination[3]), 1)


def _refer(link: Any, target: Any) -> None:
    """Say in a line of the contents which element it is about."""
    item = link.P.get("/P")
    if item is not None and item.S == Name.TOCI:
        item.Ref = Array([target])


def _outline(item: Any) -> Iterator[Any]:
    """Yield all bookmarks below an item."""
    child = item.get("/First") if item is not None else None
    while child is not None:
        yield child
        yield from _outline(child)
        child = child.get("/Next")

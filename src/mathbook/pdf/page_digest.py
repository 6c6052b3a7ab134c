"""All of a PDF that a reader of one page looks at, as a hash: equal pages of two files read the same.

That is what is drawn (content, fonts, pictures, boxes), the tags of its marked content up to the document (ISO 32000-1,
14.7.4.4), and its links with the places that they lead to. Numbers of objects and pages are no part of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, NumberTree, Object, Stream

_UPWARD = frozenset(("/Parent", "/P", "/Pg", "/StructParent", "/StructParents"))
"""Keys that lead from a thing to what it is in: there is no end to that way."""
_OF_A_PAGE = ("/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit")
_OF_AN_ANNOTATION = ("/Subtype", "/Rect", "/A", "/QuadPoints", "/Contents", "/AP")
_DEEPEST = 40
_MANY = 64
_Key = tuple[int, int]


@dataclass(slots=True)
class PageDigests:
    """Makes the hashes of one file's pages; what pages share is looked at once."""

    pdf: pikepdf.Pdf
    _known: dict[_Key, bytes] = field(default_factory=dict)
    _numbers: dict[_Key, int] = field(default_factory=dict)
    _parents: NumberTree | None = None
    _roles: bytes = b""
    _orders: dict[_Key, dict[_Key, int] | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is not None and "/ParentTree" in root:
            self._parents = NumberTree(root.ParentTree)
            self._roles = self._said(root.get("/RoleMap"), 0)

    def of(self, number: int) -> str:
        """Return the hash of the page of this number, from 0; nothing for a page with links by name, which lead to
        whatever has the name.
        """
        page = self.pdf.pages[number].obj
        if not all(map(self._is_plain, page.get("/Annots", Array()))):
            return ""
        digest = blake2b(self._roles, digest_size=16)
        for key in _OF_A_PAGE:
            digest.update(key.encode() + self._said(_inherited(page, key), 0))
        for annotation in page.get("/Annots", Array()):
            for key in _OF_AN_ANNOTATION:
                digest.update(key.encode() + self._said(annotation.get(key), 0))
            digest.update(self._place(annotation.get("/Dest")))
        digest.update(self._tags(page))
        return digest.hexdigest()

    def _said(self, value: Any, depth: int) -> bytes:
        """Return a hash of a value and of all that it refers to."""
        if not isinstance(value, Object):
            return repr(value).encode()
        if depth > _DEEPEST:
            return b"too deep"
        if not value.is_indirect:
            return self._spelled(value, depth)
        if value.objgen not in self._known:
            self._known[value.objgen] = b"around"  # what comes back to itself ends here
            self._known[value.objgen] = blake2b(self._spelled(value, depth), digest_size=16).digest()
        return self._known[value.objgen]

    def _spelled(self, value: Any, depth: int) -> bytes:
        if isinstance(value, Stream):
            entries = self._entries(value.stream_dict, depth)
            return b"stream" + entries + blake2b(value.read_raw_bytes(), digest_size=16).digest()
        if isinstance(value, Dictionary):
            return b"<<" + self._entries(value, depth) + b">>"
        if isinstance(value, Array):
            return b"[" + b" ".join(self._said(member, depth + 1) for member in value) + b"]"
        return bytes(value.unparse())

    def _entries(self, value: Any, depth: int) -> bytes:
        entries = sorted((key, member) for key, member in value.items() if key not in _UPWARD)
        return b"".join(key.encode() + b" " + self._said(member, depth + 1) for key, member in entries)

    def _is_plain(self, annotation: Any) -> bool:
        """Return whether all that it leads to stands in itself: an address, or a place on a page of this file."""
        destination, action = annotation.get("/Dest"), annotation.get("/A", Dictionary())
        if destination is not None and not (isinstance(destination, Array) and len(destination)):
            return False
        page = None if destination is None else destination[0]
        known = page is None or (isinstance(page, Object) and page.objgen in self._numbers)
        return known and not {"/D", "/SD", "/Next"} & set(action.keys())

    def _place(self, destination: Any) -> bytes:
        """Return where a link leads: page and height."""
        if destination is None:
            return b""
        page, *rest = list(destination)
        number = self._numbers.get(page.objgen, -1) if isinstance(page, Object) else page
        return repr((number, [str(member) for member in rest])).encode()

    def _tags(self, page: Any) -> bytes:
        """Return what the page's tags say: each element with its kind, words, and which contents are in it."""
        if self._parents is None or "/StructParents" not in page:
            return b""
        own = self._parents.get(int(page.StructParents))
        members = list(own) if isinstance(own, Array) else []
        elements: dict[_Key, Any] = {}
        below: dict[_Key, dict[_Key, None]] = {}
        for element in members:
            self._climb(element, elements, below)
        inside = {child for children in below.values() for child in children}
        top = [key for key in elements if key not in inside]
        return b"".join(self._element(key, elements, below, page.objgen) for key in top)

    def _climb(self, element: Any, elements: dict[_Key, Any], below: dict[_Key, dict[_Key, None]]) -> None:
        """Gather the element and all that it is in."""
        while isinstance(element, Dictionary) and element.objgen not in elements:
            elements[element.objgen] = element
            parent = element.get("/P")
            if not isinstance(parent, Dictionary) or parent.get("/Type") == "/StructTreeRoot":
                return
            below.setdefault(parent.objgen, {})[element.objgen] = None
            element = parent
        if isinstance(element, Dictionary) and (parent := element.get("/P")) is not None and parent.objgen in elements:
            below.setdefault(parent.objgen, {})[element.objgen] = None

    def _element(self, key: _Key, elements: dict[_Key, Any], below: dict[_Key, dict[_Key, None]], page: _Key) -> bytes:
        element, children = elements[key], below.get(key, {})
        said = [str(element.get("/S")).encode(), str(element.get("/Alt", "")).encode("utf-8", "surrogatepass")]
        if (order := self._order(element)) is None:
            said += self._kids(element, elements, below, page)
        else:
            inside = sorted(children, key=lambda child: order.get(child, -1))
            said += [self._element(child, elements, below, page) for child in inside]
        return b"(" + b" ".join(said) + b")"

    def _kids(
        self, element: Any, elements: dict[_Key, Any], below: dict[_Key, dict[_Key, None]], page: _Key
    ) -> list[bytes]:
        """Return the element's contents and the elements in it, as far as they are on the page."""
        kids = element.get("/K", Array())
        here = element.get("/Pg")
        is_here = here is None or here.objgen == page
        told = []
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, int):
                told.append(b"%d" % kid if is_here else b"-")
            elif isinstance(kid, Dictionary) and kid.objgen in elements:
                told.append(self._element(kid.objgen, elements, below, page))
            elif isinstance(kid, Dictionary) and "/MCID" in kid:
                there = kid.get("/Pg", here)
                told.append(b"%d" % int(kid.MCID) if there is None or there.objgen == page else b"-")
        return told

    def _order(self, element: Any) -> dict[_Key, int] | None:
        """Return the places of the elements in one that holds nothing but many of them, such as the document: they are
        looked up for each page. None for others.
        """
        if element.objgen not in self._orders:
            kids = element.get("/K")
            many = isinstance(kids, Array) and len(kids) >= _MANY
            listed = list(kids) if many else []
            only = many and all(isinstance(kid, Dictionary) and "/S" in kid for kid in listed)
            self._orders[element.objgen] = {kid.objgen: at for at, kid in enumerate(listed)} if only else None
        return self._orders[element.objgen]


def _inherited(page: Any, key: str) -> Any:
    """Return the page's value, or that of the pages' tree above it (ISO 32000-1, 7.7.3.4)."""
    for _ in range(_DEEPEST):
        if key in page:
            return page[key]
        if "/Parent" not in page:
            return None
        page = page.Parent
    return None

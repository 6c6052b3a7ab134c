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
    _orders: dict[_Key, dict[_Key, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        root = self.pdf.Root.get("/StructTreeRoot")
        if root is not None and "/ParentTree" in root:
            self._parents = NumberTree(root.ParentTree)
            self._roles = self._said(root.get("/RoleMap"), 0)

    def of(self, number: int) -> str:
        """Return the hash of the page of this number, from 0. Return nothing for a page that has to be read: one with
        links by name, which lead to whatever has the name, and one that isn't made as ours are.
        """
        try:
            return self._of(self.pdf.pages[number].obj)
        except (AttributeError, KeyError, RecursionError, TypeError, ValueError, pikepdf.PdfError):
            return ""

    def _of(self, page: Any) -> str:
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
        tags = _Tags(self, page.objgen)
        for element in self._parents[int(page.StructParents)]:
            tags.climb(element)
        return tags.said()

    def order(self, kids: Any, key: _Key) -> dict[_Key, int]:
        """Return the places of the many elements in one, such as the document: it is the same for all pages."""
        if key not in self._orders:
            self._orders[key] = {kid.objgen: at for at, kid in enumerate(kids)}
        return self._orders[key]


@dataclass(slots=True)
class _Tags:
    """The elements that have contents on one page, and all that they are in."""

    file: PageDigests
    page: _Key
    elements: dict[_Key, Any] = field(default_factory=dict)
    below: dict[_Key, list[_Key]] = field(default_factory=dict)
    top: list[_Key] = field(default_factory=list)

    def climb(self, element: Any) -> None:
        """Gather the element and all that it is in."""
        key = element.objgen
        while key not in self.elements:
            self.elements[key] = element
            parent = element["/P"]
            if "/S" not in parent:  # the root of the tree
                self.top.append(key)
                return
            self.below.setdefault(parent.objgen, []).append(key)
            element, key = parent, parent.objgen

    def said(self) -> bytes:
        """Return what the elements say: each with its kind, its words, and which contents are in it."""
        return b"".join(map(self._element, self.top))

    def _element(self, key: _Key) -> bytes:
        element = self.elements[key]
        kids = element.get("/K", ())
        words = f"{element['/S']} {element.get('/Alt', '')}".encode("utf-8", "surrogatepass")
        if isinstance(kids, int):
            inside = b"%d" % kids if self._is_here(element) else b"-"
        elif not isinstance(kids, Array):
            inside = self._kid(kids, element)
        elif len(kids) < _MANY:
            inside = b" ".join(self._kid(kid, element) for kid in kids)
        else:
            inside = self._of_many(kids, key)
        return b"(%b %b)" % (words, inside)

    def _of_many(self, kids: Any, key: _Key) -> bytes:
        """Return what is on the page of an element that holds many: looking at each of them would take too long."""
        order = self.file.order(kids, key)
        return b"".join(map(self._element, sorted(self.below.get(key, ()), key=order.__getitem__)))

    def _kid(self, kid: Any, element: Any) -> bytes:
        if isinstance(kid, int):
            return b"%d" % kid if self._is_here(element) else b"-"
        if kid.objgen in self.elements:
            return self._element(kid.objgen)
        if "/MCID" in kid:
            return b"%d" % int(kid.MCID) if kid.get("/Pg", element.get("/Pg")).objgen == self.page else b"-"
        return b""

    def _is_here(self, element: Any) -> bool:
        return bool(element["/Pg"].objgen == self.page)


def _inherited(page: Any, key: str) -> Any:
    """Return the page's value, or that of the pages' tree above it (ISO 32000-1, 7.7.3.4)."""
    for _ in range(_DEEPEST):
        if key in page:
            return page[key]
        if "/Parent" not in page:
            return None
        page = page.Parent
    return None

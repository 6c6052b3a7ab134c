"""A PDF that the layout engine wrote, taken apart into a piece: pages, tags, links, fonts."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Stream

from mathbook.pdf.elements import document_element, elements_in, page_key
from mathbook.pdf.face_uses import face_use, font_dictionaries
from mathbook.pdf.piece import DOCUMENT, KEY, Body, Crossing, FaceUse, Piece, PiecePage, StreamObject
from mathbook.pdf.places import named_destinations
from mathbook.pdf.structure import PLACES

PRINTED = 4
"""The flag of what may be seen on paper too; PDF/A wants it on each annotation (ISO 19005-3, 6.3.2)."""
_REFERENCES = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|(\d+) (\d+) R", re.DOTALL)
"""A reference, or a string that may look as if it held one (ISO 32000-1, 7.3.4 and 7.3.10)."""
_NAMED_APART = frozenset(("/Font", "/XObject", "/ProcSet"))
_INTO_THE_BOOK = "mathbook:"

_Key = tuple[int, int]


def taken_apart(pdf: pikepdf.Pdf, faces: Mapping[_Key, FaceUse] | None = None) -> Piece:
    """Return the pages of a tagged PDF with all that belongs to them; what stands for a face becomes a use of it.

    `faces` are more fonts, by their objects' numbers. The PDF is changed on the way.
    """
    taker = _Taker(pdf)
    taker.take_faces(faces or {})
    return taker.pages()


def form_taken(pdf: pikepdf.Pdf) -> Piece:
    """Return a piece without pages whose first object is the first page's content as a form (ISO 32000-1, 8.10)."""
    taker = _Taker(pdf)
    taker.take_faces({})
    form = pdf.pages[0].as_form_xobject()
    form.Type = Name.XObject
    taker.number(form)
    return taker.piece(())


@dataclass(slots=True)
class _Taker:
    """Numbers objects as it meets them, and writes each down."""

    pdf: pikepdf.Pdf
    numbers: dict[_Key, int] = field(default_factory=dict)
    count: int = 0
    pending: list[_Key] = field(default_factory=list)
    uses: dict[str, FaceUse] = field(default_factory=dict)
    plain: list[tuple[int, Body]] = field(default_factory=list)
    streams: list[StreamObject] = field(default_factory=list)

    def take_faces(self, faces: Mapping[_Key, FaceUse]) -> None:
        """Let fonts that show a face stand for its uses."""
        found = dict(faces)
        for fonts in font_dictionaries(self.pdf):
            for _, font in sorted(fonts.items()):
                if font.objgen not in found and (use := face_use(font)):
                    found[font.objgen] = use
        for key, use in found.items():
            known = self.uses.setdefault(use.digest, FaceUse(use.digest, {}, {}))
            known.widths.update(use.widths)
            known.texts.update(use.texts)
            self.numbers[key] = -1 - list(self.uses).index(use.digest)

    def pages(self) -> Piece:
        """Return all pages with their tags."""
        pages, root = [page.obj for page in self.pdf.pages], self.pdf.Root.StructTreeRoot
        self.numbers[document_element(root).objgen] = DOCUMENT
        for page in pages:
            self._apart(page)
        places = dict(self._places(pages))
        parents = {int(key): value for key, value in NumberTree(root.ParentTree).items()}
        crossings = [*self._annotations(pages, parents, places)]
        return self.piece(
            tuple(self._page(page) for page in pages),
            crossings=tuple(crossings),
            parents=tuple((key, self._number_of_value(value)) for key, value in sorted(parents.items())),
            top=tuple(self.number(kid) for kid in elements_in(document_element(root))),
            places={name: (at, left, y) for name, (at, left, y, _) in places.items()},
            notes=self._named(root, "/IDTree"),
            elements=self._named(root, PLACES),
        )

    def piece(self, pages: tuple[PiecePage, ...], **others: Any) -> Piece:
        """Return what was met, and all that it refers to."""
        while self.pending:
            key = self.pending.pop()
            self._write(self.numbers[key], self.pdf.get_object(key))
        order = tuple(number for number, _ in self.plain)
        faces = tuple(self.uses.values())
        return Piece(
            self.count, order, joined(body for _, body in self.plain), tuple(self.streams), pages, faces=faces, **others
        )

    def number(self, thing: Any) -> int:
        """Return the object's number; it will be written."""
        if thing.objgen not in self.numbers:
            self.pending.append(thing.objgen)
            self._apart(thing)
        return self.numbers[thing.objgen]

    def _apart(self, thing: Any) -> int:
        """Return a number for an object that is written elsewhere."""
        if thing.objgen not in self.numbers:
            self.count += 1
            self.numbers[thing.objgen] = self.count
        return self.numbers[thing.objgen]

    def _number_of_value(self, value: Any) -> int:
        return self.number(value if value.is_indirect else self.pdf.make_indirect(value))

    def _named(self, root: Any, key: str) -> dict[str, int]:
        return {str(name): self.number(thing) for name, thing in NameTree(root[key]).items()} if key in root else {}

    def _write(self, number: int, thing: Any) -> None:
        if isinstance(thing, Stream):
            entries = Dictionary({key: value for key, value in thing.stream_dict.items() if key != "/Length"})
            data = thing.read_raw_bytes()
            if "/Filter" not in entries:
                data, entries["/Filter"] = zlib.compress(data, 9), Name.FlateDecode
            self.streams.append(StreamObject(number, self._entries(entries), data))
        else:
            self.plain.append((number, self._body(thing)))

    def _body(self, thing: Any) -> Body:
        """Return the object's text; what it refers to is numbered."""
        numbers: list[int] = []

        def left_open(match: re.Match[bytes]) -> bytes:
            if match[1] is None:
                return match[0]
            numbers.append(self.number(self.pdf.get_object((int(match[1]), int(match[2])))))
            return b"%d 0 R"

        text = thing.unparse(resolved=True).replace(b"%", b"%%")
        return Body(_REFERENCES.sub(left_open, text), tuple(numbers))

    def _entries(self, dictionary: Any) -> Body:
        """Return the text of a dictionary without its brackets."""
        body = self._body(dictionary)
        return Body(body.template[2:-2].strip(), body.numbers)

    def _page(self, page: Any) -> PiecePage:
        resources, contents = page.get("/Resources", Dictionary()), page.get("/Contents", Array())
        others = Dictionary({key: value for key, value in resources.items() if key not in _NAMED_APART})
        return PiecePage(
            self.numbers[page.objgen],
            float(page.MediaBox[2]),
            float(page.MediaBox[3]),
            tuple(self.number(one) for one in (contents if isinstance(contents, Array) else [contents])),
            self._used(resources, "/Font"),
            self._used(resources, "/XObject"),
            self._entries(others),
            tuple(self.numbers[annotation.objgen] for annotation in page.get("/Annots", ())),
            int(page.get("/StructParents", -1)),
        )

    def _used(self, resources: Any, kind: str) -> tuple[tuple[str, int], ...]:
        return tuple((name, self.number(used)) for name, used in sorted(resources.get(kind, Dictionary()).items()))

    def _places(self, pages: list[Any]) -> Iterator[tuple[str, tuple[int, float, float, Any]]]:
        """Yield each id with its page from 0, its place there, and its destination."""
        numbers = {page_key(page): at for at, page in enumerate(pages)}
        for name, destination in named_destinations(self.pdf).items():
            if page_key(destination[0]) in numbers:
                at, left, y = numbers[page_key(destination[0])], float(destination[2]), float(destination[3])
                yield name, (at, left, y, Array([pages[at], Name.XYZ, left, y, None]))

    def _annotations(self, pages: list[Any], parents: dict[int, Any], places: Mapping[str, Any]) -> Iterator[Crossing]:
        """Write the annotations down, own links with the places that they lead to; yield the others."""
        listed = [annotation for page in pages for annotation in page.get("/Annots", ())]
        crossing: dict[_Key, list[Any]] = defaultdict(list)
        for annotation in listed:
            self._apart(annotation)
            annotation.F = PRINTED
            if _address(annotation):
                element = parents[int(annotation.StructParent)]
                self._apart(element)
                crossing[element.objgen].append(annotation)
        for annotation in listed:
            if (name := str(annotation.get("/Dest", ""))) in places:
                annotation.Dest = places[name][3]
            if not _address(annotation):
                self.plain.append((self._apart(annotation), self._with_key(annotation)))
        for key, leading_out in crossing.items():
            yield self._crossing(self.pdf.get_object(key), leading_out)

    def _with_key(self, annotation: Any, end: bytes = b" >>") -> Body:
        """Return the annotation's text, its key of the parent tree left open."""
        if "/StructParent" not in annotation:
            body = self._body(annotation)
            return Body(body.template[:-2].rstrip() + end, body.numbers)
        key = KEY + int(annotation.StructParent)
        del annotation["/StructParent"]
        body = self._body(annotation)
        return Body(body.template[:-2] + b"/StructParent %d" + end, (*body.numbers, key))

    def _crossing(self, element: Any, annotations: list[Any]) -> Crossing:
        address = _address(annotations[0])
        opened = []
        for annotation in annotations:
            del annotation["/A"]
            key = int(annotation.StructParent)
            opened.append((self._apart(annotation), key, self._with_key(annotation, b" ")))
        number, linked = self._apart(element), self._body(element)
        element.S = Name.Span
        held = element.get("/K", Array())
        element.K = Array([kid for kid in (held if isinstance(held, Array) else [held]) if not _is_reference(kid)])
        return Crossing(address, tuple(opened), number, linked, self._body(element))


def joined(bodies: Iterator[Body]) -> Body:
    """Return the bodies as one, a line each: no text of an object has a line's end in it."""
    all_of_them = list(bodies)
    numbers = tuple(number for body in all_of_them for number in body.numbers)
    return Body(b"\n".join(body.template for body in all_of_them), numbers)


def _address(annotation: Any) -> str:
    """Return where a link leads in the book, nothing if it leads elsewhere."""
    action = annotation.get("/A")
    uri = str(action.get("/URI", "")) if isinstance(action, Dictionary) else ""
    return uri.removeprefix(_INTO_THE_BOOK) if uri.startswith(_INTO_THE_BOOK) else ""


def _is_reference(kid: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR

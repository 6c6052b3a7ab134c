"""A deck as it lies on the disk: its parts, its slides in order, and the record of how it was written."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from lxml import etree

from mathbook.archive.harm import harm_in
from mathbook.deck.record import NAMESPACE, NoRecord, read_record
from mathbook.deck.safe_archive import MOST_OF_A_DECK
from mathbook.deck.shapes import P, R, slide_of
from mathbook.diagnostics import NOWHERE, Code, Diagnostic, Severity, Stop
from mathbook.document.talk import TalkRecord, TalkSlide
from mathbook.frozen import frozen

_MEND = "open it in PowerPoint or LibreOffice and save it again"
PRESENTATION = "ppt/presentation.xml"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def stop(code: Code, message: str, hint: str = "") -> Stop:
    """Return what is raised when a deck can't be worked with: one line that says why."""
    return Stop([Diagnostic(code, Severity.ERROR, NOWHERE, message, hint)])


@frozen
class Relation:
    """A relationship: `target` is a part's full name, or an address outside."""

    id: str
    kind: str
    target: str
    external: bool = False


@frozen
class DeckFile:
    """A deck's parts by name."""

    name: str
    parts: dict[str, bytes]

    def xml(self, part: str) -> etree._Element:
        """Return a part's tree. Raises Stop if it is damaged."""
        try:
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            return etree.fromstring(self.parts[part], parser)
        except (KeyError, etree.XMLSyntaxError):
            raise stop(Code.DECK_UNREADABLE, f"{self.name} is damaged: {part} can't be read", _MEND) from None

    def relations(self, part: str) -> dict[str, Relation]:
        """Return a part's relationships by id."""
        folder, name = posixpath.split(part)
        file = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        found = {}
        for one in self.xml(file).iter(_RELATIONSHIP) if file in self.parts else ():
            target, outside = one.get("Target", ""), one.get("TargetMode") == "External"
            full = target if outside else posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
            kind = one.get("Type", "").rsplit("/", 1)[-1]
            found[one.get("Id", "")] = Relation(one.get("Id", ""), kind, full, outside)
        return found

    def related(self, part: str, kind: str) -> str:
        """Return the one part that is related so, or nothing."""
        names = (one.target for one in self.relations(part).values() if one.kind == kind)
        return next((name for name in names if name in self.parts), "")

    def slide_parts(self) -> tuple[str, ...]:
        """Return the names of the slides' parts in the order in which they are shown."""
        relations = self.relations(PRESENTATION)
        ids = [entry.get(f"{R}id", "") for entry in self.xml(PRESENTATION).iter(f"{P}sldId")]
        return tuple(relations[one].target for one in ids if one in relations)

    def slide(self, part: str) -> TalkSlide:
        """Return what a slide says."""
        notes = self.related(part, "notesSlide")
        if next(self.xml(part).iter(f"{P}spTree"), None) is None:
            raise stop(Code.DECK_UNREADABLE, f"{self.name} is damaged: {part} holds no shapes", _MEND)
        return slide_of(self.xml(part), self.xml(notes) if notes else None, self.digests(part))

    def digests(self, part: str) -> _Digests:
        """Return what knows the hashes of the pictures that a slide shows."""
        return _Digests(self, self.relations(part))

    @property
    def from_libreoffice(self) -> bool:
        """True if LibreOffice saved it: it writes formulas and pictures anew."""
        return b"LibreOffice" in self.parts.get("docProps/app.xml", b"")


@frozen
class _Digests:
    """The hash of the file behind a relationship's id."""

    file: DeckFile
    relations: dict[str, Relation]

    def __call__(self, key: str) -> str:
        target = self.relations[key].target if key in self.relations else ""
        data = self.file.parts.get(target)
        return "" if data is None else blake2b(data, digest_size=12).hexdigest()


def open_deck(path: Path) -> DeckFile:
    """Return the deck. Raises Stop with one line that says what is wrong with the file, OSError if it isn't there."""
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if harm := harm_in(archive, MOST_OF_A_DECK):
                raise stop(Code.DECK_UNREADABLE, f"{path.name} {harm}")
            parts = {one.filename: archive.read(one) for one in archive.infolist() if not one.is_dir()}
    except (zipfile.BadZipFile, EOFError, zlib.error, RuntimeError):
        hint = "" if data[:2] == b"PK" else "mathbook reads PowerPoint's .pptx"
        what = "is damaged" if data[:2] == b"PK" else "is not a PowerPoint deck"
        raise stop(Code.DECK_UNREADABLE, f"{path.name} {what}", hint) from None
    if PRESENTATION not in parts:
        raise stop(Code.DECK_UNREADABLE, f"{path.name} is not a PowerPoint deck", "mathbook reads PowerPoint's .pptx")
    return DeckFile(path.name, parts)


def record_in(file: DeckFile) -> TalkRecord:
    """Return the deck's record. Raises Stop if there is none: then it is no deck of mathbook's, or an old one."""
    for text in _records(file):
        try:
            return read_record(text)
        except NoRecord:
            continue
    hint = "it was not made by mathbook, or a program took the record out; name the deck as it was built with --base"
    raise stop(Code.DECK_FOREIGN, f"{file.name} holds no record of a book", hint)


def _records(file: DeckFile) -> Iterator[str]:
    """Yield the texts that may be the record: a custom XML part, and a document property."""
    for name in sorted(file.parts):
        if name.endswith(".xml") and NAMESPACE.encode() in file.parts[name]:
            yield from (text for node in file.xml(name).iter() if (text := (node.text or "").strip()).startswith("{"))

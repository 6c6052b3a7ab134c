"""A deck that is being changed: parts, relationships and content types kept in step (ECMA-376 part 2)."""

from __future__ import annotations

import copy
import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from lxml import etree

from mathbook.deck.shapes import R
from mathbook.talk.deck_file import PRESENTATION, DeckFile, Relation

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TYPES_PART = "[Content_Types].xml"
_MEDIA = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp", "svg": "image/svg+xml"}
_MAIN = "application/vnd.openxmlformats-officedocument.presentationml"
_ELSEWHERE = "elsewhere:"
"""Begins the id of a relationship that is known only when all slides have their names."""
PARTS = {"slide": f"{_MAIN}.slide+xml", "notesSlide": f"{_MAIN}.notesSlide+xml"}
"""The content types of the parts that are added."""


@dataclass(slots=True)
class Package:
    """A deck's parts, changed in place; `file` looks at them."""

    file: DeckFile

    @property
    def parts(self) -> dict[str, bytes]:
        """All parts by name."""
        return self.file.parts

    def put(self, part: str, root: etree._Element) -> None:
        """Write a part's tree."""
        self.parts[part] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)

    def relate(self, part: str, kind: str, target: str, *, external: bool = False) -> str:
        """Return the id of the part's relationship to the target, which is made if there is none."""
        for known in self.file.relations(part).values():
            if (known.kind, known.target, known.external) == (kind, target, external):
                return known.id
        file = _relations_of(part)
        empty = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        root = self.file.xml(file) if file in self.parts else empty
        taken = {one.get("Id") for one in root}
        identifier = next(name for at in range(1, len(taken) + 2) if (name := f"rId{at}") not in taken)
        shown = target if external else posixpath.relpath(target, posixpath.dirname(part) or ".")
        made = etree.SubElement(root, f"{{{_RELATIONS}}}Relationship")
        for key, value in {"Id": identifier, "Type": f"{_OFFICE}/{kind}", "Target": shown}.items():
            made.set(key, value)
        if external:
            made.set("TargetMode", "External")
        self.put(file, root)
        return identifier

    def unrelate(self, part: str, kind: str) -> None:
        """Take away the part's relationships of this kind."""
        file = _relations_of(part)
        if file in self.parts:
            root = self.file.xml(file)
            for one in list(root):
                if one.get("Type", "").rsplit("/", 1)[-1] == kind:
                    root.remove(one)
            self.put(file, root)

    def add(self, kind: str, data: bytes) -> str:
        """Return the name of a new slide or notes page."""
        folder = f"ppt/{kind}s"
        name = next(n for at in range(1, len(self.parts) + 2) if (n := f"{folder}/{kind}{at}.xml") not in self.parts)
        self.parts[name] = data
        types = self.file.xml(_TYPES_PART)
        for one in [one for one in types if one.get("PartName") == f"/{name}"]:
            types.remove(one)
        etree.SubElement(types, f"{_TYPES}Override", {"PartName": f"/{name}", "ContentType": PARTS[kind]})
        self.put(_TYPES_PART, types)
        return name

    def add_media(self, name: str, data: bytes) -> str:
        """Return the name under which a picture lies in the deck; the same bytes are kept once."""
        extension = name.rsplit(".", 1)[-1].lower()
        known = f"ppt/media/mathbook-{blake2b(data, digest_size=8).hexdigest()}.{extension}"
        self.parts[known] = data
        types = self.file.xml(_TYPES_PART)
        if not any(one.get("Extension", "").lower() == extension for one in types):
            default = {"Extension": extension, "ContentType": _MEDIA.get(extension, "application/octet-stream")}
            types.insert(0, etree.Element(f"{_TYPES}Default", default))
            self.put(_TYPES_PART, types)
        return known

    def remove(self, part: str) -> None:
        """Take a slide or a notes page out, with its relationships, its content type, and the links that lead there."""
        called = posixpath.basename(part).encode()
        for other in [name for name in self.parts if name.startswith("ppt/slides/") and name.endswith(".xml")]:
            if called in self.parts.get(_relations_of(other), b""):
                self._unlink(other, part)
        self.parts.pop(part, None)
        self.parts.pop(_relations_of(part), None)
        types = self.file.xml(_TYPES_PART)
        for one in [one for one in types if one.get("PartName") == f"/{part}"]:
            types.remove(one)
        self.put(_TYPES_PART, types)

    def _unlink(self, part: str, target: str) -> None:
        """Take away the links of a slide that lead to another one; their words stay."""
        leads = {one.id for one in self.file.relations(part).values() if (one.kind, one.target) == ("slide", target)}
        if not leads:
            return
        slide, relations = self.file.xml(part), self.file.xml(_relations_of(part))
        for node in [node for node in slide.iter() if node.get(f"{R}id") in leads]:
            _take_out(node)
        for one in [one for one in relations if one.get("Id") in leads]:
            relations.remove(one)
        self.put(part, slide)
        self.put(_relations_of(part), relations)

    def adopted(self, element: etree._Element, source: DeckFile, origin: str, part: str) -> etree._Element:
        """Return a copy of another deck's element whose pictures and links are this part's own. Its links to slides of
        that deck say where they led, until `lead` knows where they do here.
        """
        made = copy.deepcopy(element)
        relations = source.relations(origin)
        for node in list(made.iter()):
            lead = relations.get(node.get(f"{R}id", ""))
            if lead is not None and lead.kind == "slide":
                node.set(f"{R}id", f"{_ELSEWHERE}{lead.target}")
                continue
            for key, value in node.attrib.items():
                if key.startswith(R) and value in relations:
                    node.set(key, self._adopted_relation(relations[value], source, part))
        return made

    def lead(self, part: str, places: Mapping[str, str]) -> None:
        """Let a slide's links that were adopted lead to their places: slides by the names that they had in the other
        deck. Where there is no such slide their words stay.
        """
        if _ELSEWHERE.encode() not in self.parts[part]:
            return
        slide = self.file.xml(part)
        for node in [node for node in slide.iter() if node.get(f"{R}id", "").startswith(_ELSEWHERE)]:
            place = places.get(node.get(f"{R}id", "").removeprefix(_ELSEWHERE))
            if place is None:
                _take_out(node)
            else:
                node.set(f"{R}id", self.relate(part, "slide", place))
        self.put(part, slide)

    def _adopted_relation(self, relation: Relation, source: DeckFile, part: str) -> str:
        if relation.external:
            return self.relate(part, relation.kind, relation.target, external=True)
        target = self.add_media(relation.target, source.parts[relation.target])
        return self.relate(part, relation.kind, target)

    def bytes(self) -> bytes:
        """Return the file; the same parts give the same bytes."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name in sorted(self.parts, key=lambda name: (name != _TYPES_PART, name != "_rels/.rels", name)):
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                packed = name.endswith((".png", ".jpeg", ".jpg", ".gif", ".webp"))
                info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                archive.writestr(info, self.parts[name])
        return made.getvalue()

    def slide_ids(self) -> dict[str, str]:
        """Return the id of each slide's part in the list of slides."""
        relations = self.file.relations(PRESENTATION)
        entries = self.file.xml(PRESENTATION).iter("{*}sldId")
        return {
            relations[one.get(f"{R}id", "")].target: one.get("id", "")
            for one in entries
            if one.get(f"{R}id") in relations
        }


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def _take_out(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)

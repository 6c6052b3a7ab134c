"""Reads a template: a .pptx or .potx that somebody else made, of which nothing is trusted.

Kept are its masters, layouts, themes and their pictures; its slides, notes, macros and embedded objects are dropped.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from mathbook.archive.harm import Most, harm_in
from mathbook.deck.frame import EMU, Box
from mathbook.deck.layouts import Holder
from mathbook.deck.template import CONTENT, Template, TemplateLayout
from mathbook.deck.xml import attribute
from mathbook.document.book import TemplateFile
from mathbook.frozen import frozen

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
R = f"{{{_OFFICE}}}"
_MOST = Most(20_000, 300 * 2**20)
_FOLDERS = {"slideMaster": "slideMasters", "slideLayout": "slideLayouts", "theme": "theme", "themeOverride": "theme"}
_PICTURES = frozenset({"png", "jpeg", "jpg", "gif", "svg", "emf", "wmf", "bmp", "tiff", "tif", "wdp"})


class UnsuitableTemplate(ValueError):
    """A file that can't be a template; the message says why, in words for its author."""


@lru_cache(maxsize=4)
def read_template(file: TemplateFile) -> Template:
    """Return the template. Raises UnsuitableTemplate."""
    try:
        with zipfile.ZipFile(file.path) as archive:
            if harm := harm_in(archive, _MOST):
                raise UnsuitableTemplate(f"it {harm}")
            return _Reader(archive).template()
    except UnsuitableTemplate:
        raise
    except (OSError, zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, ValueError, RuntimeError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UnsuitableTemplate(f"it can't be read as a PowerPoint file ({reason[:80]})") from None


@frozen
class _Relation:
    identifier: str
    kind: str
    uri: str
    target: str
    outside: bool


@dataclass(slots=True)
class _Reader:
    """Follows relationships from the masters, and gives each part that is kept its new name."""

    archive: zipfile.ZipFile
    names: dict[str, str] = field(default_factory=dict)
    parts: dict[str, bytes] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    roots: dict[str, etree._Element] = field(default_factory=dict)

    def template(self) -> Template:
        """Return everything that is used of the file."""
        start = next((one for one in self._related("") if one.kind == "officeDocument"), None)
        if start is None:
            raise UnsuitableTemplate("it holds no presentation")
        root, related = self._parse(start.target), {one.identifier: one.target for one in self._related(start.target)}
        listed = [(one.get("id", ""), related[one.get(f"{R}id", "")]) for one in root.iter(f"{P}sldMasterId")]
        size = root.find(f"{P}sldSz")
        if size is None or not listed:
            raise UnsuitableTemplate("it has no slide master")
        self._keep([master for _, master in listed])
        layouts = tuple(self._layouts(master for _, master in listed))
        if not layouts:
            raise UnsuitableTemplate("its slide master has no layouts")
        return self._made_of(size, listed, layouts)

    def _made_of(
        self, size: etree._Element, masters: list[tuple[str, str]], layouts: tuple[TemplateLayout, ...]
    ) -> Template:
        first = masters[0][1]
        return Template(
            width=int(size.get("cx", "0")) / EMU,
            height=int(size.get("cy", "0")) / EMU,
            layouts=layouts,
            title_size=self._title_size(first),
            fonts=self._fonts(first),
            parts=tuple(self.parts.items()),
            relations=tuple(self.relations.items()),
            masters=tuple((int(number or 2147483648), _number(self.names[name])) for number, name in masters),
            colours=tuple(self._colours(first)),
            themes=sum(name.startswith("ppt/theme/theme") and "Override" not in name for name in self.parts),
        )

    def _parse(self, name: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
        root = etree.fromstring(self.archive.read(name), parser)
        if root.getroottree().docinfo.doctype:
            raise UnsuitableTemplate(f"{name[:60]} declares a document type")
        return root

    def _related(self, part: str) -> list[_Relation]:
        folder, name = posixpath.split(part)
        file = posixpath.join(folder, "_rels", f"{name}.rels")
        if file not in self.archive.namelist():
            return []
        return [_relation(element, folder) for element in self._parse(file) if isinstance(element.tag, str)]

    def _keep(self, masters: list[str]) -> None:
        """Give every part that masters lead to a name, and write them with what they refer to by it."""
        waiting, found = list(dict.fromkeys(masters)), dict.fromkeys(masters, "slideMaster")
        while waiting:
            for relation in self._kept(waiting.pop(0)):
                if not relation.outside and relation.target not in found:
                    found[relation.target] = relation.kind
                    waiting.append(relation.target)
        counts: Counter[str] = Counter()
        for name, kind in found.items():
            stem = "media/template" if kind == "image" else f"{_FOLDERS[kind]}/{kind}"
            extension = posixpath.splitext(name)[1].lower() if kind == "image" else ".xml"
            counts[stem] += 1
            self.names[name] = f"ppt/{stem}{counts[stem]}{extension}"
        for name, kind in found.items():
            self._write(name, kind)

    def _kept(self, part: str) -> list[_Relation]:
        """Return the relationships of a part that are kept: links to the web, and what masters and layouts are made of."""
        if posixpath.splitext(part)[1].lower() != ".xml":
            return []
        return [one for one in self._related(part) if self._is_kept(one)]

    def _is_kept(self, relation: _Relation) -> bool:
        if relation.outside:
            return relation.kind == "hyperlink" and relation.target.startswith(("https://", "http://", "mailto:"))
        extension = posixpath.splitext(relation.target)[1].lower().removeprefix(".")
        picture = relation.kind == "image" and extension in _PICTURES
        return (picture or relation.kind in _FOLDERS) and relation.target in self.archive.namelist()

    def _write(self, name: str, kind: str) -> None:
        if kind == "image":
            self.parts[self.names[name]] = self.archive.read(name)
            return
        root, kept = self._parse(name), self._kept(name)
        gone = {one.identifier for one in self._related(name)} - {one.identifier for one in kept}
        _forget(root, gone)
        self.roots[name] = root
        self.parts[self.names[name]] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        if kept:
            self.relations[self.names[name]] = "".join(self._relation_xml(one, self.names[name]) for one in kept)

    def _relation_xml(self, relation: _Relation, part: str) -> str:
        inside = posixpath.relpath(self.names.get(relation.target, ""), posixpath.dirname(part))
        target, mode = (relation.target, ' TargetMode="External"') if relation.outside else (inside, "")
        return (
            f"<Relationship Id={attribute(relation.identifier)} Type={attribute(relation.uri)} "
            f"Target={attribute(target)}{mode}/>"
        )

    def _layouts(self, masters: Iterable[str]) -> Iterator[TemplateLayout]:
        for master in dict.fromkeys(masters):
            related = {one.identifier: one.target for one in self._kept(master)}
            inherited = list(_holders(self.roots[master], []))
            for listed in self.roots[master].iter(f"{P}sldLayoutId"):
                name = related.get(listed.get(f"{R}id", ""), "")
                if name not in self.roots:
                    continue
                root = self.roots[name]
                common = root.find(f"{P}cSld")
                title = common.get("name", "") if common is not None else ""
                holders = tuple(_holders(root, inherited))
                yield TemplateLayout(title, root.get("type", ""), _number(self.names[name]), holders)

    def _title_size(self, master: str) -> float:
        found = self.roots[master].find(f"{P}txStyles/{P}titleStyle/{A}lvl1pPr/{A}defRPr")
        return int(found.get("sz", "4400")) / 100 if found is not None else 44.0

    def _colours(self, master: str) -> Iterator[tuple[str, str]]:
        """Yield the colours by the names that the master's map gives them (ECMA-376 part 1, 19.3.1.6)."""
        theme = next((one.target for one in self._kept(master) if one.kind == "theme"), "")
        scheme = self.roots[theme].find(f"{A}themeElements/{A}clrScheme") if theme in self.roots else None
        mapping = self.roots[master].find(f"{P}clrMap")
        for name, slot in mapping.attrib.items() if mapping is not None and scheme is not None else ():
            colour = next(scheme.iterfind(f"{A}{slot}/*"), None) if scheme is not None else None
            value = (colour.get("lastClr") or colour.get("val") or "") if colour is not None else ""
            if re.fullmatch(r"[0-9A-Fa-f]{6}", value):
                yield str(name), f"#{value}"

    def _fonts(self, master: str) -> tuple[str, ...]:
        theme = next((one.target for one in self._kept(master) if one.kind == "theme"), "")
        latin = self.roots[theme].iter(f"{A}majorFont", f"{A}minorFont") if theme in self.roots else iter(())
        names = (element.find(f"{A}latin") for element in latin)
        return tuple(dict.fromkeys(name.get("typeface", "") for name in names if name is not None))


def _relation(element: etree._Element, folder: str) -> _Relation:
    uri, target = element.get("Type", ""), element.get("Target", "")
    outside = element.get("TargetMode") == "External"
    if not outside:
        target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
    return _Relation(element.get("Id", ""), uri.rsplit("/", 1)[-1], uri, target, outside)


def _forget(root: etree._Element, gone: set[str]) -> None:
    """Take out what refers to a part that was dropped: the whole shape, or else the element that names it."""
    for element in list(root.iter()):
        named = {value for name, value in element.attrib.items() if name.startswith(R)}
        if not named & gone:
            continue
        while (above := element.getparent()) is not None and above.tag not in (
            f"{P}spTree",
            f"{P}cSld",
            f"{P}custDataLst",
        ):
            if above.tag in (f"{A}rPr", f"{P}cNvPr", f"{P}extLst", f"{P}sldLayoutIdLst") or above is root:
                break
            element = above
        if above is not None:
            above.remove(element)
            if above.tag == f"{P}custDataLst" and len(above) == 0 and (parent := above.getparent()) is not None:
                parent.remove(above)


def _holders(root: etree._Element, inherited: list[Holder]) -> Iterator[Holder]:
    """Yield the placeholders, those without a place of their own where the master has theirs."""
    for shape in root.iter(f"{P}sp", f"{P}pic", f"{P}graphicFrame"):
        holder = shape.find(f"./*/{P}nvPr/{P}ph")
        if holder is None:
            continue
        kind, index = holder.get("type", "obj"), int(holder.get("idx", "0"))
        box = _place(shape) or _same_place(kind, inherited)
        properties = shape.find(f"./*/{P}cNvPr")
        name = properties.get("name", "") if properties is not None else ""
        if box is not None:
            yield Holder("" if kind == "obj" else kind, index, box, name)


def _place(shape: etree._Element) -> Box | None:
    place = next(shape.iter(f"{A}xfrm", f"{P}xfrm"), None)
    offset, extent = (place.find(f"{A}off"), place.find(f"{A}ext")) if place is not None else (None, None)
    if offset is None or extent is None:
        return None
    values = (offset.get("x", "0"), offset.get("y", "0"), extent.get("cx", "0"), extent.get("cy", "0"))
    left, top, width, height = (int(value) / EMU for value in values)
    return Box(left, top, width, height)


def _same_place(kind: str, inherited: list[Holder]) -> Box | None:
    """Return the place of the master's placeholder: a layout's content inherits from the master's body."""
    alike = {"ctrTitle": "title", "subTitle": "body"}.get(kind, kind)
    wanted = (alike, "body") if alike in CONTENT or alike == "obj" else (alike,)
    return next((one.box for name in wanted for one in inherited if one.kind == name), None)


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", posixpath.basename(name)))

"""What makes PowerPoint offer to "repair" a deck: a rule for each cause that is known from public reports.

PowerPoint asks more than its schemas do. A rule takes a finished deck and yields what breaks it; where it was reported
stands beside it. Read with a zip and an XML reader alone.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from posixpath import dirname, normpath

from lxml import etree

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A14 = "{http://schemas.microsoft.com/office/drawing/2010/main}"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
TYPES = "[Content_Types].xml"
MAIN = "ppt/presentation.xml"
FIRST_SLIDE, FIRST_MASTER, LAST = 256, 2147483648, 4294967295

Found = Iterator[str]


@dataclass(frozen=True)
class Relation:
    id: str
    kind: str
    target: str
    external: bool


class Deck:
    """A deck's members, its parsed parts and their relationships."""

    def __init__(self, path: Path) -> None:
        with zipfile.ZipFile(path) as archive:
            self.members = [info.filename for info in archive.infolist() if not info.is_dir()]
            self.data = {name: archive.read(name) for name in self.members}

    @cached_property
    def trees(self) -> dict[str, etree._Element]:
        found = {}
        for name, data in self.data.items():
            if name.endswith((".xml", ".rels")):
                try:
                    found[name] = etree.fromstring(data)
                except etree.XMLSyntaxError:
                    continue
        return found

    @cached_property
    def parts(self) -> list[str]:
        return [name for name in self.members if name != TYPES and not name.endswith(".rels")]

    def under(self, folder: str) -> dict[str, etree._Element]:
        return {name: tree for name, tree in self.trees.items() if re.fullmatch(rf"ppt/{folder}/[^/]+\.xml", name)}

    def drawings(self) -> dict[str, etree._Element]:
        folders = ("slides", "slideLayouts", "slideMasters", "notesSlides", "notesMasters")
        return {name: tree for folder in folders for name, tree in self.under(folder).items()}

    def relations(self, part: str) -> list[Relation]:
        folder = dirname(part)
        tree = self.trees.get(f"{folder}/_rels/{part.rpartition('/')[2]}.rels" if folder else f"_rels/{part}.rels")
        return [] if tree is None else [_relation(folder, entry) for entry in tree]


def _relation(folder: str, entry: etree._Element) -> Relation:
    external, target = entry.get("TargetMode") == "External", entry.get("Target", "")
    if not external:
        target = target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}").lstrip("/")
    return Relation(entry.get("Id", ""), entry.get("Type", "").rpartition("/")[2], target, external)


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def not_xml(deck: Deck) -> Found:
    """A part that is no XML: a control character is enough."""
    yield from (name for name in deck.members if name.endswith((".xml", ".rels")) and name not in deck.trees)


def phantom_parts(deck: Deck) -> Found:
    """A content type for a part that isn't there (PptxGenJS 1444)."""
    for entry in deck.trees[TYPES].iter("{*}Override"):
        if entry.get("PartName", "").lstrip("/") not in deck.data:
            yield entry.get("PartName", "")


def untyped_parts(deck: Deck) -> Found:
    """A part without a content type, or with one that says nothing or doesn't exist (PptxGenJS 1462)."""
    tree = deck.trees[TYPES]
    typed = {entry.get("PartName", "").lstrip("/"): entry.get("ContentType") for entry in tree.iter("{*}Override")}
    usual = {entry.get("Extension", "").lower(): entry.get("ContentType") for entry in tree.iter("{*}Default")}
    for name in deck.parts:
        kind = typed.get(name) or usual.get(name.rpartition(".")[2].lower())
        if not kind or kind == "image/jpg" or (name.startswith("ppt/") and kind == "application/xml"):
            yield f"{name}: {kind}"


def twice_typed(deck: Deck) -> Found:
    """Two content types for one part or one extension."""
    tree = deck.trees[TYPES]
    yield from _twice(entry.get("PartName", "") for entry in tree.iter("{*}Override"))
    yield from _twice(entry.get("Extension", "").lower() for entry in tree.iter("{*}Default"))


def bad_names(deck: Deck) -> Found:
    """Part names that occur twice (case doesn't count) or that no part may have (ECMA-376 part 2, 6.2.2)."""
    yield from _twice(name.lower() for name in deck.members)
    for name in deck.parts:
        if not re.fullmatch(r"[A-Za-z0-9_\-.~/]+", name) or ".." in name or "//" in name or name.endswith("."):
            yield name


def missing_targets(deck: Deck) -> Found:
    """A relationship that leads to no part (python-pptx 786)."""
    for part in ["", *deck.parts]:
        yield from (
            f"{part} → {one.target}" for one in deck.relations(part) if not one.external and one.target not in deck.data
        )


def repeated_relationships(deck: Deck) -> Found:
    """Two relationships with one id (PPTX.jl 63)."""
    for part in deck.parts:
        yield from (f"{part} {one}" for one in _twice(relation.id for relation in deck.relations(part)))


def unknown_relationships(deck: Deck) -> Found:
    """An id in a part for which it has no relationship (python-pptx 961)."""
    for name, tree in deck.trees.items():
        known = {one.id for one in deck.relations(name)}
        for element in tree.iter("*"):
            for key, value in element.attrib.items():
                if key.startswith(R) and value not in known:
                    yield f"{name}: {key[len(R) :]}={value!r}"


def bad_addresses(deck: Deck) -> Found:
    """An address outside that is no URI."""
    for part in deck.parts:
        for one in deck.relations(part):
            if one.external and (not one.target or re.search(r"[\s\\<>\"{}|^`]", one.target)):
                yield f"{part} → {one.target!r}"


def repeated_shape_ids(deck: Deck) -> Found:
    """Two shapes of one slide with one id, or one without; a choice and its fallback are one shape."""
    for name, tree in deck.drawings().items():
        ids = [one.get("id", "") for one in tree.iter(f"{P}cNvPr") if not _in(one, f"{MC}Fallback")]
        yield from (f"{name} {number}" for number in _twice(ids))
        yield from (f"{name} {number!r}" for number in ids if not number.isdigit() or number == "0")


def _in(element: etree._Element, tag: str) -> bool:
    return next(element.iterancestors(tag), None) is not None


def bad_slide_ids(deck: Deck) -> Found:
    """Slide ids twice or out of their range (ECMA-376 part 1, 19.7.13; python-pptx 89)."""
    ids = [entry.get("id", "") for entry in deck.trees[MAIN].iter(f"{P}sldId")]
    yield from _twice(ids)
    yield from (number for number in ids if not FIRST_SLIDE <= int(number) < FIRST_MASTER)


def bad_master_ids(deck: Deck) -> Found:
    """Ids of masters and layouts, all together, twice or out of their range (ECMA-376 part 1, 19.7.14)."""
    entries = list(deck.trees[MAIN].iter(f"{P}sldMasterId"))
    for tree in deck.under("slideMasters").values():
        entries += tree.iter(f"{P}sldLayoutId")
    ids = [entry.get("id", "") for entry in entries]
    yield from _twice(ids)
    yield from (number for number in ids if not FIRST_MASTER <= int(number) <= LAST)


def unlisted_slides(deck: Deck) -> Found:
    """Slides in the package that the presentation doesn't list, or lists twice (python-pptx 132)."""
    targets = {one.id: one.target for one in deck.relations(MAIN)}
    listed = [targets.get(entry.get(f"{R}id", ""), "") for entry in deck.trees[MAIN].iter(f"{P}sldId")]
    yield from _twice(listed)
    yield from sorted(set(deck.under("slides")) - set(listed))


def missing_text_bodies(deck: Deck) -> Found:
    """A shape without a text body (PptxGenJS 1441), or a text body without a paragraph (PptxGenJS 1048, 1380)."""
    for name, tree in deck.drawings().items():
        for shape in tree.iter(f"{P}sp"):
            kinds = [holder.get("type") for holder in shape.iter(f"{P}ph")]
            if shape.find(f"{P}txBody") is None and kinds != ["sldImg"]:
                yield f"{name}: {shape.find(f'.//{P}cNvPr').get('name')} has no text body"
        for body in (*tree.iter(f"{P}txBody"), *tree.iter(f"{A}txBody")):
            if body.find(f"{A}p") is None or body[0].tag != f"{A}bodyPr":
                yield f"{name}: a text body without a paragraph, or without bodyPr at its beginning"
        yield from (
            f"{name}: a cell without a text body" for cell in tree.iter(f"{A}tc") if cell.find(f"{A}txBody") is None
        )


def bad_lengths(deck: Deck) -> Found:
    """Negative extents, and lengths and sizes that are no whole numbers, such as NaN (PptxGenJS 1440)."""
    whole = {
        "x",
        "y",
        "cx",
        "cy",
        "w",
        "h",
        "marL",
        "marR",
        "marT",
        "marB",
        "indent",
        "lIns",
        "tIns",
        "rIns",
        "bIns",
        "sz",
    }
    for name, tree in deck.drawings().items():
        for element in tree.iter(f"{A}*"):
            for key in whole & set(element.attrib):
                value = element.get(key)
                if not re.fullmatch(r"-?\d+", value) or (key in ("cx", "cy", "w", "h", "sz") and int(value) < 0):
                    yield f"{name}: {etree.QName(element).localname} {key}={value!r}"


def bad_sizes_of_type(deck: Deck) -> Found:
    """Type smaller than 1 or larger than 4,000 points (ECMA-376 part 1, 20.1.10.72)."""
    for name, tree in deck.drawings().items():
        for element in (*tree.iter(f"{A}rPr"), *tree.iter(f"{A}defRPr"), *tree.iter(f"{A}endParaRPr")):
            if (size := element.get("sz")) and not (size.isdigit() and 100 <= int(size) <= 400_000):
                yield f"{name}: sz={size!r}"


def bad_anchors(deck: Deck) -> Found:
    """Anchors and alignments under names that CSS has and DrawingML has not (PptxGenJS 1449)."""
    anchors, sides = {"t", "ctr", "b", "just", "dist"}, {"l", "ctr", "r", "just", "justLow", "dist", "thaiDist"}
    for name, tree in deck.drawings().items():
        yield from (
            f"{name}: anchor={one.get('anchor')}" for one in tree.iter(f"{A}*") if one.get("anchor", "t") not in anchors
        )
        yield from (
            f"{name}: algn={one.get('algn')}" for one in tree.iter(f"{A}pPr") if one.get("algn", "l") not in sides
        )


def empty_lines(deck: Deck) -> Found:
    """An a:ln that says nothing (PptxGenJS 1449)."""
    for name, tree in deck.drawings().items():
        yield from (name for line in tree.iter(f"{A}ln") if not len(line) and not line.attrib)


def unfinished_backgrounds(deck: Deck) -> Found:
    """A background's fill without the list of its effects (PptxGenJS 1442)."""
    for name, tree in deck.drawings().items():
        yield from (name for one in tree.iter(f"{P}bgPr") if one.find(f"{A}effectLst") is None)


def bad_colours(deck: Deck) -> Found:
    """A colour that isn't six hexadecimal digits (PptxGenJS 588)."""
    for name, tree in deck.trees.items():
        values = (one.get("val", "") for one in tree.iter(f"{A}srgbClr"))
        yield from (f"{name}: {value!r}" for value in values if not re.fullmatch(r"[0-9A-Fa-f]{6}", value))


def bare_formulas(deck: Deck) -> Found:
    """Math that isn't in a14:m in an alternative that requires a14 (pandoc 9465), or math in notes (pandoc 6301)."""
    for name, tree in deck.drawings().items():
        for math in (*tree.iter(f"{M}oMath"), *tree.iter(f"{M}oMathPara")):
            choice = next(math.iterancestors(f"{MC}Choice"), None)
            known = choice is not None and "a14" in choice.get("Requires", "").split()
            if not known or not _in(math, f"{A14}m") or "notes" in name:
                yield name


def bad_alternatives(deck: Deck) -> Found:
    """An alternative that requires a prefix it doesn't declare, or that has no fallback (ECMA-376 part 3, 7)."""
    for name, tree in deck.trees.items():
        for choice in tree.iter(f"{MC}Choice"):
            yield from (f"{name}: {one}" for one in choice.get("Requires", "?").split() if one not in choice.nsmap)
        yield from (
            f"{name}: no fallback" for one in tree.iter(f"{MC}AlternateContent") if one.find(f"{MC}Fallback") is None
        )


def lonely_notes(deck: Deck) -> Found:
    """Notes without a master, without their slide, or a notes master that the presentation doesn't list."""
    for name in deck.under("notesSlides"):
        kinds = Counter(one.kind for one in deck.relations(name))
        if kinds["notesMaster"] != 1 or kinds["slide"] != 1:
            yield f"{name}: {dict(kinds)}"
        slides = [one.target for one in deck.relations(name) if one.kind == "slide"]
        yield from (f"{name}: {slide} has other notes" for slide in slides if name not in _targets(deck, slide))
    listed = deck.trees[MAIN].find(f"{P}notesMasterIdLst")
    if deck.under("notesSlides") and (listed is None or not len(listed)):
        yield "there are notes, and no notes master is listed"


def _targets(deck: Deck, part: str) -> set[str]:
    return {one.target for one in deck.relations(part)}


def empty_holders_of_notes(deck: Deck) -> Found:
    """A placeholder of the notes master that has no place or no size (PptxGenJS 1443)."""
    for name, tree in deck.under("notesMasters").items():
        for shape in tree.iter(f"{P}sp"):
            size = shape.find(f".//{A}ext[@cx]")
            if size is None or not int(size.get("cx")) or not int(size.get("cy")):
                yield f"{name}: {shape.find(f'.//{P}cNvPr').get('name')}"


def lonely_layouts(deck: Deck) -> Found:
    """A slide without its one layout, a layout without its one master, or a master that doesn't list its layout."""
    for folder, wanted in (("slides", "slideLayout"), ("slideLayouts", "slideMaster"), ("slideMasters", "theme")):
        for name in deck.under(folder):
            if (count := sum(one.kind == wanted for one in deck.relations(name))) != 1:
                yield f"{name}: {count} relationships of the kind {wanted}"
    for name, tree in deck.under("slideMasters").items():
        listed = {entry.get(f"{R}id") for entry in tree.iter(f"{P}sldLayoutId")}
        yield from (one.target for one in deck.relations(name) if one.kind == "slideLayout" and one.id not in listed)


def shared_themes(deck: Deck) -> Found:
    """Two masters with one theme: each master needs its own."""
    masters = (*deck.under("slideMasters"), *deck.under("notesMasters"), *deck.under("handoutMasters"))
    yield from _twice(one.target for name in masters for one in deck.relations(name) if one.kind == "theme")


def bad_sections(deck: Deck) -> Found:
    """Sections that name slides that aren't there or name one twice, leave some out, or share an id (MS-PPTX 2.6.3)."""
    tree = deck.trees[MAIN]
    sections = list(tree.iter(f"{P14}section"))
    slides = [entry.get("id", "") for entry in tree.iter(f"{P}sldId")]
    named = [entry.get("id", "") for section in sections for entry in section.iter(f"{P14}sldId")]
    yield from _twice(named)
    yield from _twice(section.get("id", "") for section in sections)
    yield from sorted(set(named) ^ set(slides)) if sections else ()
    yield from (one.get("id", "") for one in sections if not _is_guid(one.get("id", "")))


def _is_guid(text: str) -> bool:
    return re.fullmatch(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}", text) is not None


def bad_fields(deck: Deck) -> Found:
    """A field whose id is no GUID (ECMA-376 part 1, 21.1.2.2.4)."""
    for name, tree in deck.drawings().items():
        yield from (f"{name}: {one.get('id')!r}" for one in tree.iter(f"{A}fld") if not _is_guid(one.get("id", "")))


def uneven_tables(deck: Deck) -> Found:
    """A row with more or fewer cells than the grid has columns, and columns without a width (PptxGenJS 675, 180)."""
    for name, tree in deck.drawings().items():
        for table in tree.iter(f"{A}tbl"):
            columns = table.findall(f"{A}tblGrid/{A}gridCol")
            yield from (f"{name}: a column without width" for one in columns if int(one.get("w", "0")) <= 0)
            yield from (
                f"{name}: a row of {len(row.findall(f'{A}tc'))}"
                for row in table.iter(f"{A}tr")
                if len(row.findall(f"{A}tc")) != len(columns)
            )


def wrong_order(deck: Deck) -> Found:
    """A paragraph whose properties don't come first, or whose end mark isn't last."""
    for name, tree in deck.drawings().items():
        for para in tree.iter(f"{A}p"):
            tags = [child.tag for child in para]
            if f"{A}pPr" in tags[1:] or f"{A}endParaRPr" in tags[:-1]:
                yield name


def lost_targets_of_animations(deck: Deck) -> Found:
    """An animation of a shape, or of a paragraph, that isn't there."""
    for name, tree in deck.under("slides").items():
        ids = {one.get("id") for one in tree.iter(f"{P}cNvPr")}
        targets = (*tree.iter(f"{P}spTgt"), *tree.iter(f"{P}bldP"))
        yield from (f"{name}: {one.get('spid')}" for one in targets if one.get("spid") not in ids)


RULES: tuple[Callable[[Deck], Found], ...] = (
    *(not_xml, phantom_parts, untyped_parts, twice_typed, bad_names),
    *(missing_targets, repeated_relationships, unknown_relationships, bad_addresses),
    *(repeated_shape_ids, bad_slide_ids, bad_master_ids, unlisted_slides),
    *(
        missing_text_bodies,
        bad_lengths,
        bad_sizes_of_type,
        bad_anchors,
        empty_lines,
        unfinished_backgrounds,
        bad_colours,
    ),
    *(
        bare_formulas,
        bad_alternatives,
        lonely_notes,
        empty_holders_of_notes,
        lonely_layouts,
        shared_themes,
        bad_sections,
    ),
    *(bad_fields, uneven_tables, wrong_order, lost_targets_of_animations),
)


def faults(path: Path) -> dict[str, list[str]]:
    """Return what each rule finds, by the rule's name; rules that find nothing are left out."""
    deck = Deck(path)
    found = {rule.__name__: list(rule(deck)) for rule in RULES}
    return {name: faults for name, faults in found.items() if faults}

"""One slide brought up to date: what the manuscript changed is changed, what the speaker changed stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from mathbook.deck.shapes import A, FoundLine, FoundShape, found_shapes, notes_of
from mathbook.document.talk import MARK, TalkSlide
from mathbook.frozen import frozen
from mathbook.talk.align import Spot, line_pairs, normal, same, spots
from mathbook.talk.deck_file import DeckFile
from mathbook.talk.merge import merged
from mathbook.talk.package import Package
from mathbook.talk.respell import respelled
from mathbook.talk.told import change, short

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_NEW = "new"
"""Marks new paragraphs until the slide is done."""
NEAR = 6000
"""EMU (about half a point) by which a place may differ that a program rounded."""


@frozen
class Side:
    """A slide in a deck: its part, what it says, and the elements that say it, shape by shape, notes last."""

    file: DeckFile
    part: str
    slide: TalkSlide
    root: etree._Element
    notes_part: str
    notes: etree._Element | None
    shapes: tuple[FoundShape, ...]

    def line(self, spot: Spot) -> FoundLine:
        """Return the line of a spot with its elements."""
        return self.shapes[spot.shape].lines[spot.row]


def side(file: DeckFile, part: str) -> Side:
    """Return a slide of a deck, opened."""
    root = file.xml(part)
    notes_part = file.related(part, "notesSlide")
    notes = file.xml(notes_part) if notes_part else None
    shapes = (*found_shapes(root, file.digests(part)), *((notes_of(notes),) if notes is not None else ()))
    slide = TalkSlide(tuple(found.shape for found in shapes))
    return Side(file, part, slide, root, notes_part, notes, shapes)


@dataclass(slots=True)
class Renewal:
    """What was done to a slide, in words; `conflicts` are lines of the manuscript that the speaker's stand against."""

    package: Package
    speaker: Side
    fresh: Side
    rewritten: bool
    changes: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    new_notes: list[str] = field(default_factory=list)
    footers: bool = False

    def run(self, base: TalkSlide) -> None:
        """Change the speaker's slide where the manuscript's differs from the written one."""
        written, now = spots(base), spots(self.fresh.slide)
        mine = spots(self.speaker.slide)
        theirs = dict(self._pairs(written, mine, rewritten=self.rewritten))
        added = [spot for spot in mine if spot not in set(theirs.values())]
        pairs = list(line_pairs(written, now, rewritten=False))
        origin = {new: old for old, new in pairs if old and new}
        replaced = self._whole_shapes(base, pairs, theirs)
        for old, new in pairs:
            if old and old.shape in replaced:
                continue
            if old and new and not same(old.kind, old.line, new.line, rewritten=False):
                if theirs.get(old) or not self._is_there(new, added):
                    self._changed(old, new, theirs.get(old))
            elif old and not new:
                self._gone(old, theirs.get(old))
        for new in now:
            if new not in origin and new.shape not in replaced.values() and not self._is_there(new, added):
                self._came(new, now, origin, theirs)
        self._places(base, origin, theirs)

    def _is_there(self, new: Spot, added: Sequence[Spot]) -> bool:
        """True if the speaker added the line, too: it came from there, or both had the same thought."""
        return any(same(new.kind, new.line, one.line, rewritten=True) for one in added if one.kind == new.kind)

    def _pairs(self, old: Sequence[Spot], new: Sequence[Spot], *, rewritten: bool) -> list[tuple[Spot, Spot | None]]:
        return [(one, two) for one, two in line_pairs(old, new, rewritten=rewritten) if one]

    # -- whole shapes: tables of another size, formulas, pictures

    def _whole_shapes(
        self, base: TalkSlide, pairs: Sequence[tuple[Spot | None, Spot | None]], theirs: dict[Spot, Spot | None]
    ) -> dict[int, int]:
        """Replace formulas, pictures and tables of another size as a whole; return which written shape became which."""
        made: dict[int, int] = {}
        for kind in ("table", "formula", "picture"):
            first = [at for at, shape in enumerate(base.shapes) if shape.kind == kind]
            second = [at for at, shape in enumerate(self.fresh.slide.shapes) if shape.kind == kind]
            for old, new in zip(first, second, strict=False):
                if not self._differs_as_a_whole(base, old, new):
                    continue
                made[old] = new
                if self._agree(old, new, theirs, base):
                    continue
                before = [spot for spot in spots(base) if spot.shape == old]
                kept = [theirs.get(spot) for spot in before]
                if all(
                    two and same(one.kind, one.line, two.line, rewritten=self.rewritten)
                    for one, two in zip(before, kept, strict=True)
                ):
                    assert kept[0]
                    self._exchange(kept[0].shape, new)
                else:
                    self._conflict(f"its {kind} is now: {self._told(new)}")
        return made

    def _agree(self, old: int, new: int, theirs: dict[Spot, Spot | None], base: TalkSlide) -> bool:
        """True if the speaker's shape says already what the manuscript's says now."""
        kept = next((found for spot in spots(base) if spot.shape == old and (found := theirs.get(spot))), None)
        if kept is None:
            return False
        mine, now = self.speaker.slide.shapes[kept.shape].lines, self.fresh.slide.shapes[new].lines
        pairs = zip(mine, now, strict=False)
        return len(mine) == len(now) and all(same(kept.kind, a, b, rewritten=self.rewritten) for a, b in pairs)

    def _differs_as_a_whole(self, base: TalkSlide, old: int, new: int) -> bool:
        one, two = base.shapes[old], self.fresh.slide.shapes[new]
        if one.kind == "table":
            return (len(one.lines), one.columns) != (len(two.lines), two.columns)
        return any(not same(one.kind, a, b, rewritten=False) for a, b in zip(one.lines, two.lines, strict=False))

    def _told(self, shape: int) -> str:
        return " | ".join(line.text.replace(MARK, "$") for line in self.fresh.slide.shapes[shape].lines)

    def _exchange(self, theirs: int, fresh: int) -> None:
        old, new = self.speaker.shapes[theirs], self.fresh.shapes[fresh]
        parent = old.element.getparent()
        if parent is None:
            return
        parent.replace(old.element, self._adopted(new.element))
        self.changes.append(f"its {new.shape.kind} is the manuscript's new one")

    def _adopted(self, element: etree._Element) -> etree._Element:
        return self.package.adopted(element, self.fresh.file, self.fresh.part, self.speaker.part)

    # -- lines

    def _changed(self, old: Spot, new: Spot, theirs: Spot | None) -> None:
        said = _shown(new)
        if theirs is None:
            self._conflict(f"a line that you took out now reads: {said}")
        elif same(old.kind, old.line, theirs.line, rewritten=self.rewritten):
            self._set(self.speaker.line(theirs), self.fresh.line(new))
            if old.kind == "footer":
                self.footers = True
            else:
                self.changes.append(change(old.line.text, new.line.text))
        elif old.kind == "footer":
            return  # the speaker has a footer of their own
        elif not same(new.kind, new.line, theirs.line, rewritten=self.rewritten):
            both = merged(old.line.text, theirs.line.text, new.line.text)
            if both is None or MARK in both or not respelled(self.speaker.line(theirs).element, theirs.line.text, both):
                self._conflict(f"“{_shown(old)}” is now “{said}”")
            else:
                self.changes.append(change(theirs.line.text, both))

    def _set(self, theirs: FoundLine, fresh: FoundLine) -> None:
        """Put the words of a fresh paragraph into the speaker's, in both of its faces; its properties stay."""
        faces = [(theirs.element, fresh.element if self._knows_formulas(theirs) else _plain_face(fresh))]
        if theirs.spare is not None:
            faces.append((theirs.spare, _plain_face(fresh)))
        for mine, new in faces:
            for child in list(mine):
                if child.tag not in (f"{A}pPr", f"{A}endParaRPr"):
                    mine.remove(child)
            at = 1 if mine.find(f"{A}pPr") is not None else 0
            for child in [child for child in self._adopted(new) if child.tag not in (f"{A}pPr", f"{A}endParaRPr")]:
                mine.insert(at, child)
                at += 1

    def _knows_formulas(self, theirs: FoundLine) -> bool:
        return any(parent.tag == f"{_MC}Choice" for parent in theirs.element.iterancestors())

    def _gone(self, old: Spot, theirs: Spot | None) -> None:
        if theirs is None:
            return
        if not same(old.kind, old.line, theirs.line, rewritten=self.rewritten):
            self._conflict(f"“{_shown(old)}” is no longer there")
            return
        found = self.speaker.line(theirs)
        shape = self.speaker.shapes[theirs.shape]
        if theirs.kind in ("formula", "picture", "table") or (
            len(shape.lines) == 1 and theirs.kind not in ("title", "notes")
        ):
            _detach(shape.element)
        else:
            _detach(found.element)
            if found.spare is not None:
                _detach(found.spare)
        self.changes.append(f"“{_shown(old)}” is gone")

    def _came(self, new: Spot, now: Sequence[Spot], origin: dict[Spot, Spot], theirs: dict[Spot, Spot | None]) -> None:
        """Put a new line behind the one that it stands behind in the manuscript, or its whole shape on the slide."""
        alike = [one for one in now[: now.index(new)] if one.shape == new.shape]
        known = [found for one in alike if one in origin and (found := theirs.get(origin[one]))]
        if known and new.kind in ("text", "notes"):
            self._insert(self.speaker.line(known[-1]), self.fresh.line(new))
        elif new.kind == "notes":
            self.new_notes.append(new.line.text)
        elif not alike:
            self._add_shape(self.fresh.shapes[new.shape])
        else:
            return  # its shape came with its first line
        self.changes.append(f"new: “{_shown(new)}”")

    def _insert(self, behind: FoundLine, fresh: FoundLine) -> None:
        spare = _plain_face(fresh)
        _put_behind(behind.element, self._adopted(fresh.element if self._knows_formulas(behind) else spare))
        if behind.spare is not None:
            _put_behind(behind.spare, self._adopted(spare))

    def _add_shape(self, shape: FoundShape) -> None:
        tree = next(self.speaker.root.iter("{*}spTree"))
        made = self._adopted(shape.element)
        taken = {int(node.get("id", "0")) for node in tree.iter("{*}cNvPr")}
        for node in made.iter("{*}cNvPr"):
            node.set("id", str(max(taken) + 1))
        footers = [one.element for one in self.speaker.shapes if one.shape.kind == "footer"]
        parent = footers[0].getparent() if footers else None
        if parent is not None:
            footers[0].addprevious(made)
        else:
            tree.append(made)

    # -- places

    def _places(self, base: TalkSlide, origin: dict[Spot, Spot], theirs: dict[Spot, Spot | None]) -> None:
        """Let shapes that the speaker did not move stand where the manuscript's new slide has them."""
        moved: set[int] = set()
        for new, old in origin.items():
            found = theirs.get(old)
            if found is None or found.shape in moved or found.kind == "notes":
                continue
            was, now = base.shapes[old.shape].box, self.fresh.slide.shapes[new.shape].box
            here = self.speaker.slide.shapes[found.shape].box
            if was != now and len(was) == len(here) == len(now) and _near(was, here):
                moved.add(found.shape)
                _move(self.speaker.shapes[found.shape].element, now)

    def _conflict(self, words: str) -> None:
        self.conflicts.append(words)


def _plain_face(found: FoundLine) -> etree._Element:
    return found.element if found.spare is None else found.spare


def _put_behind(element: etree._Element, made: etree._Element) -> None:
    """Put a new paragraph behind another one, and behind what is new there already."""
    while (later := element.getnext()) is not None and later.get(_NEW):
        element = later
    made.set(_NEW, "1")
    element.addnext(made)


def cleaned(root: etree._Element) -> etree._Element:
    """Return the slide without the marks that kept new paragraphs in order."""
    for node in root.iter(f"{A}p"):
        node.attrib.pop(_NEW, None)
    return root


def _near(one: Sequence[int], two: Sequence[int]) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(one[:3], two[:3], strict=True))


def _move(element: etree._Element, box: Sequence[int]) -> None:
    for place in element.iter(f"{A}xfrm", "{http://schemas.openxmlformats.org/presentationml/2006/main}xfrm"):
        offset, extent = place.find(f"{A}off"), place.find(f"{A}ext")
        if offset is not None and extent is not None:
            for node, name, value in ((offset, "x", 0), (offset, "y", 1), (extent, "cx", 2), (extent, "cy", 3)):
                node.set(name, str(box[value]))


def _detach(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _shown(spot: Spot) -> str:
    return short(spot.line.text) or normal(spot.line.plain)


def with_notes(root: etree._Element, lines: Sequence[str]) -> etree._Element:
    """Return a notes page with these lines added at its end."""
    found = notes_of(root)
    body = next(found.element.iter("{*}txBody"), None)
    if body is not None:
        for line in lines:
            run = etree.SubElement(etree.SubElement(body, f"{A}p"), f"{A}r")
            etree.SubElement(run, f"{A}t").text = line
    return root

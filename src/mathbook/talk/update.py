"""What is new in the manuscript goes into a deck that a speaker edited; what the speaker did stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from mathbook.deck.record import NAMESPACE, PART
from mathbook.document.talk import Line, TalkRecord, TalkSlide
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.talk.align import slide_pairs
from mathbook.talk.deck_file import PRESENTATION, DeckFile, open_deck, record_in
from mathbook.talk.edits import NOTE, Edited, edited
from mathbook.talk.fresh import Fresh, fresh_deck
from mathbook.talk.ledger import renew_ledger
from mathbook.talk.package import Package
from mathbook.talk.plan import Entry, Plan, planned
from mathbook.talk.presentation import arrange
from mathbook.talk.renew import Renewal, cleaned, side, with_notes
from mathbook.talk.told import Told

_FOOTERS = "footers: the edition and its date"
_ORDER = "slides in the manuscript's new order"
_LOOKS = "slides that say what they said, as they look now"


@frozen
class Updated:
    """The deck as it is now, as a file's bytes; what is new in it, and where the speaker's words stand against it."""

    data: bytes
    news: tuple[Told, ...]
    conflicts: tuple[Told, ...]


def update(project: Project, deck: Path, base: Path | None = None, date: str = "") -> Updated:
    """Return the deck with what is new in the manuscript; nothing is written. Raises Stop if it can't be done.

    `date` stands for the book's, as in a build.
    """
    file = open_deck(deck)
    record = record_in(open_deck(base) if base else file)
    fresh = fresh_deck(project, record, date)
    done = edited(file, record)
    pairs = slide_pairs(record.slides, fresh.record.slides)
    plan = planned(record, fresh.record, done, pairs)
    work = _Work(Package(file), fresh, record, done, file.slide_parts(), fresh.file.slide_parts())
    work.learn_layouts(plan)
    parts = [work.entry(entry, number) for number, entry in enumerate(plan.entries, start=1)]
    work.lead(plan, parts)
    work.tell_of_the_rest(plan)
    staying = [entry.speaker for entry in plan.entries if entry.speaker is not None]
    if staying != sorted(staying):
        work.tell_once(_ORDER)
    if work.news or work.conflicts:
        arrange(work.package, parts, [work.unit_of(entry) for entry in plan.entries], fresh.record)
        _record(work.package, fresh.file)
        renew_ledger(work.package, fresh, work.same(plan, parts))
    by_slide = sorted(work.news, key=lambda told: told.slide), sorted(work.conflicts, key=lambda told: told.slide)
    return Updated(work.package.bytes(), *map(tuple, by_slide))


@dataclass(slots=True)
class _Work:
    """The deck in work, and what is told of it."""

    package: Package
    fresh: Fresh
    base: TalkRecord
    done: Edited
    speaker_parts: Sequence[str]
    fresh_parts: Sequence[str]
    layouts: dict[str, str] = field(default_factory=dict)
    news: list[Told] = field(default_factory=list)
    conflicts: list[Told] = field(default_factory=list)

    def learn_layouts(self, plan: Plan) -> None:
        """Learn which of the speaker's layouts stands for which of the theme's: from the slides that have both,
        else by the name.
        """
        file = self.package.file
        relations = file.relations(PRESENTATION).values()
        masters = [one.target for one in relations if one.kind == "slideMaster"]
        named = {
            _name(file.xml(one.target)): one.target
            for master in masters
            for one in file.relations(master).values()
            if one.kind == "slideLayout"
        }
        for part in self.fresh_parts:
            layout = self.fresh.file.related(part, "slideLayout")
            self.layouts[layout] = named.get(_name(self.fresh.file.xml(layout)), next(iter(named.values())))
        met: dict[str, Counter[str]] = {}
        for entry in plan.entries:
            if entry.speaker is not None and entry.fresh is not None:
                layout = self.fresh.file.related(self.fresh_parts[entry.fresh], "slideLayout")
                theirs = file.related(self.speaker_parts[entry.speaker], "slideLayout")
                met.setdefault(layout, Counter())[theirs] += 1
        self.layouts.update({layout: counted.most_common(1)[0][0] for layout, counted in met.items()})

    def unit_of(self, entry: Entry) -> str | None:
        """Return the unit of an entry; None for a slide of the speaker's own."""
        if entry.fresh is not None:
            return self.fresh.record.slides[entry.fresh][0]
        return None if entry.written is None else self.base.slides[entry.written][0]

    def entry(self, entry: Entry, number: int) -> str:
        """Do what the entry asks for; return its slide's part."""
        if entry.speaker is None:
            assert entry.fresh is not None
            return self._new(entry.fresh, number)
        part = self.speaker_parts[entry.speaker]
        if entry.written is not None and entry.fresh is None:
            title = self.done.slides[entry.speaker].title
            self.conflicts.append(Told(number, f"“{title}”", reason="the manuscript no longer has this slide"))
            self._note(part, ["the manuscript no longer has this slide"])
        elif entry.written is not None and entry.fresh is not None:
            self._renewed(part, entry, number)
        return part

    def _renewed(self, part: str, entry: Entry, number: int) -> None:
        assert entry.speaker is not None and entry.fresh is not None and entry.written is not None
        written, fresh = self.base.slides[entry.written][1], self.fresh.record.slides[entry.fresh][1]
        theirs = self.done.slides[entry.speaker]
        if _said(written) == _said(fresh) and (written.digest == fresh.digest or not _untouched(theirs, written)):
            return
        if _untouched(theirs, written):
            self._replace(part, self.fresh_parts[entry.fresh])
            self._tell_replaced(number, written, fresh)
            return
        file, origin = self.package.file, self.fresh_parts[entry.fresh]
        renewal = Renewal(self.package, side(file, part), side(self.fresh.file, origin), self.done.rewritten)
        renewal.run(written)
        self.package.put(part, cleaned(renewal.speaker.root))
        if renewal.speaker.notes is not None:
            self.package.put(renewal.speaker.notes_part, cleaned(renewal.speaker.notes))
        self._note(part, renewal.new_notes, mark="")
        self._note(part, renewal.conflicts)
        self.news += [Told(number, f"“{theirs.title}”: {change}") for change in renewal.changes]
        if renewal.footers:
            self.tell_once(_FOOTERS)
        self.conflicts += [Told(number, f"“{theirs.title}”", reason=words) for words in renewal.conflicts]

    def _tell_replaced(self, number: int, written: TalkSlide, fresh: TalkSlide) -> None:
        if written.words != fresh.words:
            self.news.append(Told(number, f"“{fresh.title}”: as the manuscript has it now"))
        else:
            self.tell_once(_FOOTERS if written.digest == fresh.digest else _LOOKS)

    def tell_once(self, what: str) -> None:
        """Tell something that holds for the deck, once."""
        if all(told.what != what for told in self.news):
            self.news.append(Told(0, what))

    def _replace(self, part: str, origin: str) -> None:
        """Put a fresh slide in the place of one that the speaker didn't touch."""
        source = self.fresh.file
        self.package.put(part, self.package.adopted(source.xml(origin), source, origin, part))
        self.package.unrelate(part, "slideLayout")
        self.package.relate(part, "slideLayout", self.layouts[source.related(origin, "slideLayout")])
        old, new = self.package.file.related(part, "notesSlide"), source.related(origin, "notesSlide")
        if old and new:
            self.package.parts[old] = source.parts[new]
        elif old:
            self.package.unrelate(part, "notesSlide")
            self.package.remove(old)
        elif new:
            self._add_notes(part, source.parts[new])

    def _new(self, fresh: int, number: int) -> str:
        source, origin = self.fresh.file, self.fresh_parts[fresh]
        part = self.package.add("slide", b"")
        self.package.relate(part, "slideLayout", self.layouts[source.related(origin, "slideLayout")])
        self.package.put(part, self.package.adopted(source.xml(origin), source, origin, part))
        notes = source.related(origin, "notesSlide")
        if notes:
            self._add_notes(part, source.parts[notes])
        self.news.append(Told(number, f"“{self.fresh.record.slides[fresh][1].title}”: a new slide"))
        return part

    def _add_notes(self, part: str, data: bytes) -> str:
        name = self.package.add("notesSlide", data)
        relations = self.package.file.relations(PRESENTATION).values()
        master = next((one.target for one in relations if one.kind == "notesMaster"), "")
        if master:
            self.package.relate(name, "notesMaster", master)
        self.package.relate(name, "slide", part)
        self.package.relate(part, "notesSlide", name)
        return name

    def lead(self, plan: Plan, parts: Sequence[str]) -> None:
        """Let links between the manuscript's slides lead to these slides here."""
        entries = zip(plan.entries, parts, strict=True)
        places = {self.fresh_parts[entry.fresh]: part for entry, part in entries if entry.fresh is not None}
        for part in parts:
            self.package.lead(part, places)

    def same(self, plan: Plan, parts: Sequence[str]) -> dict[int, int]:
        """Return the numbers, from 1, of the manuscript's slides that say here what they say there, and theirs here."""
        slides = self.fresh.record.slides
        return {
            entry.fresh + 1: number
            for number, (entry, part) in enumerate(zip(plan.entries, parts, strict=True), start=1)
            if entry.fresh is not None and _said(self.package.file.slide(part)) == _said(slides[entry.fresh][1])
        }

    def _note(self, part: str, words: Sequence[str], mark: str = f"{NOTE} ") -> None:
        """Add lines to a slide's notes."""
        if not words:
            return
        notes = self.package.file.related(part, "notesSlide") or self._add_notes(part, self._empty_notes())
        lines = [f"{mark}{one}" for one in words]
        self.package.put(notes, with_notes(self.package.file.xml(notes), lines))

    def _empty_notes(self) -> bytes:
        """Return a notes page without words."""
        found = next(iter(self.fresh.file.related(part, "notesSlide") for part in self.fresh_parts), "")
        found = found or next(name for name in self.fresh.file.parts if name.startswith("ppt/notesSlides/notesSlide"))
        root = self.fresh.file.xml(found)
        for body in root.iter("{*}txBody"):
            for paragraph in body.findall("{*}p"):
                body.remove(paragraph)
        return etree.tostring(root)

    def tell_of_the_rest(self, plan: Plan) -> None:
        """Tell of slides that are gone from the manuscript, and of those that the speaker wouldn't want."""
        for at in plan.withdrawn:
            title = self.base.slides[at][1].title
            self.news.append(Told(0, f"“{title}”: taken out, as in the manuscript"))
        for at in plan.unwanted:
            unit, slide = self.fresh.record.slides[at]
            self.news.append(Told(0, f"“{slide.title}”: left out, since you took the example {unit} out"))


def _name(layout: etree._Element) -> str:
    return next(layout.iter("{*}cSld")).get("name", "")


def _said(slide: TalkSlide) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    return tuple((shape.kind, shape.lines) for shape in slide.shapes)


def _untouched(theirs: TalkSlide, written: TalkSlide) -> bool:
    """True if nobody changed anything on the slide, or in its notes."""
    return theirs.digest == written.digest and _said(theirs) == _said(written)


def _record(package: Package, fresh: DeckFile) -> None:
    """Let the deck's record be that of the manuscript as it is now: the next comparison begins from here."""
    text = "".join(fresh.xml(PART).itertext())
    known = [name for name, data in package.parts.items() if name.endswith(".xml") and NAMESPACE.encode() in data]
    for name in known:
        root = package.file.xml(name)
        for node in root.iter():
            if (node.text or "").strip().startswith("{"):
                node.text = text
        package.put(name, root)
    if not known:
        package.parts[PART] = fresh.parts[PART]
        package.relate(PRESENTATION, "customXml", PART)

"""An edited deck comes home: what can be traced back becomes a patch, new slides a proposal, the rest a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from mathbook.diagnostics import Collector, Stop
from mathbook.document.talk import MARK, TalkRecord, TalkSlide
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.book_file import read_meta
from mathbook.talk.align import normal, slide_pairs
from mathbook.talk.deck_file import open_deck, record_in
from mathbook.talk.edits import Edit, Edited, edited
from mathbook.talk.fresh import Fresh, fresh_deck
from mathbook.talk.order import reordered
from mathbook.talk.patch import patched, write_all
from mathbook.talk.proposals import proposal
from mathbook.talk.rewrite import overlap
from mathbook.talk.sources import Sources, sources_of
from mathbook.talk.structure import added, removed
from mathbook.talk.told import Told, change, short
from mathbook.talk.trace import Found, Lost, Today, today, traced

PROPOSALS = "proposals"
"""The folder, beside the manuscript, for slides that speakers added."""


@frozen
class Pulled:
    """What comes home: files before and after, and what is told of each edit. `proposed` counts new slides."""

    before: Mapping[str, str]
    after: Mapping[str, str]
    home: tuple[Told, ...]
    left: tuple[Told, ...]
    proposed: int = 0


def pull(project: Project, deck: Path, base: Path | None = None) -> Pulled:
    """Return what an edited deck brings; nothing is written. Raises Stop if the deck or the book can't be read.

    `base` is the deck as it was built, for decks that lost their record.
    """
    file = open_deck(deck)
    record = record_in(open_deck(base) if base else file)
    fresh = fresh_deck(project, record, record.date)
    done = edited(file, record)
    now, sources = today(record, fresh.record), sources_of(project, fresh.edition)
    results = list(_results(done, now, sources))
    proved, refused = _proved(project, record, fresh, sources, [one for one in results if isinstance(one, Found)])
    lost = [*(one for one in results if isinstance(one, Lost)), *refused]
    texts = _rewritten(project, fresh, sources, proved)
    moves, moved, unmoved = reordered(project, record, done, texts)
    proposals = _proposals(project, deck, done, sources.texts)
    left = (*map(_told_lost, lost), *unmoved, *_told_removed(record, done))
    return Pulled(
        {**sources.texts, **{name: text for name, (text, _) in proposals.items() if text}},
        {**texts, **moves, **{name: new for name, (_, new) in proposals.items()}},
        tuple(sorted((*map(_told_found, proved), *moved), key=lambda told: told.slide)),
        tuple(sorted(left, key=lambda told: told.slide)),
        len(done.own),
    )


def apply(project: Project, pulled: Pulled) -> None:
    """Write what comes home into the manuscript, all of it or nothing."""
    write_all(project, pulled.before, pulled.after)


def pull_home(project: Project, deck: Path, base: Path | None, *, applies: bool) -> Pulled:
    """Return what an edited deck brings, and write it if it `applies`."""
    pulled = pull(project, deck, base)
    if applies:
        apply(project, pulled)
    return pulled


def _results(done: Edited, now: Today, sources: Sources) -> Iterator[Found | Lost | None]:
    groups: dict[tuple[object, ...], list[Edit]] = {}
    for edit in done.edits:
        if edit.old and edit.new:
            yield traced(edit, now, sources)
        elif edit.old:
            yield removed(edit, now, sources)
        else:
            groups.setdefault((edit.slide, edit.kind, edit.after), []).append(edit)
    for edits in groups.values():
        yield added(edits, now, sources)


def _proved(
    project: Project, record: TalkRecord, fresh: Fresh, sources: Sources, found: Sequence[Found]
) -> tuple[list[Found], list[Lost]]:
    """Return the changes that a deck built with them shows, and those that it doesn't."""
    kept, lost = _apart(found)
    good = _holding(kept, lambda tried: _shown(project, record, fresh, sources, tried))
    reason = "changed at {}, it would not read like this"
    lost += [Lost(one.edit, reason.format(f"{one.file}:{one.line}")) for one in kept if one not in good]
    return good, lost


def _holding(found: list[Found], shown: Callable[[list[Found]], list[Found] | None]) -> list[Found]:
    """Return the changes that hold together; where nothing can be built with all of them, of each half those."""
    good = shown(found)
    if good is None and len(found) < 2:
        return []
    if good is None:
        middle = len(found) // 2
        good = [*_holding(found[:middle], shown), *_holding(found[middle:], shown)]
    return found if len(good) == len(found) else _holding(good, shown)


def _apart(found: Sequence[Found]) -> tuple[list[Found], list[Lost]]:
    """Return the changes that don't touch the same words, and those that want words that another one wants."""
    kept: list[Found] = []
    lost: list[Lost] = []
    for one in found:
        taken = [splice for other in kept if other.file == one.file for splice in other.splices]
        if overlap(sorted({*taken, *one.splices})) or _fights(taken, one):
            lost.append(Lost(one.edit, f"another edit changes the same words ({one.file}:{one.line})", conflict=True))
        else:
            kept.append(one)
    return kept, lost


def _fights(taken: Sequence[object], one: Found) -> bool:
    places = {(splice.start, splice.end): splice.text for splice in taken}  # type: ignore[attr-defined]
    return any(places.get((splice.start, splice.end), splice.text) != splice.text for splice in one.splices)


def _shown(
    project: Project, record: TalkRecord, fresh: Fresh, sources: Sources, found: Sequence[Found]
) -> list[Found] | None:
    """Return those of the changes that a deck built with all of them shows; None if it can't be built."""
    if not found:
        return []
    texts = _rewritten(project, fresh, sources, found)
    try:
        built = fresh_deck(replace(project, texts=texts), record, record.date).record
    except Stop:
        return None
    pairs = slide_pairs(fresh.record.slides, built.slides)
    return [one for one in found if one.fresh in pairs and _says(one, fresh, built.slides[pairs[one.fresh]][1])]


def _rewritten(project: Project, fresh: Fresh, sources: Sources, found: Sequence[Found]) -> dict[str, str]:
    """Return the texts of the files that change. A book of another name stays the same book: an identifier that was
    made from its title and its authors is written down. Else the deck would be another book's from then on.
    """
    texts = patched(sources.texts, ((one.file, one.splices) for one in found))
    file, known = project.name_of(project.book_file), fresh.resolved.meta.identifier
    meta = read_meta(replace(project, texts=texts), Collector()) if file in texts else None
    if meta is not None and meta.identifier != known:
        texts[file] = f"{texts[file].rstrip()}\nidentifier: {known}\n"
    return texts


def _says(one: Found, fresh: Fresh, slide: TalkSlide) -> bool:
    """True if the slide says what is wanted (or, for a line taken out, says it once less)."""
    lines = [
        normal(face)
        for shape in slide.shapes
        if shape.kind == one.edit.kind
        for line in shape.lines
        for face in dict.fromkeys((line.text, line.plain))
        if face
    ]
    if one.wanted:
        return all(normal(wanted) in lines for wanted in one.wanted.split("\n"))
    before = [normal(text) for text in fresh.record.slides[one.fresh][1].words]
    return lines.count(normal(one.old)) < before.count(normal(one.old))


def _proposals(project: Project, deck: Path, done: Edited, texts: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the proposal file, as it is and as it will be, if the speaker added slides."""
    if not done.own:
        return {}
    name = f"{PROPOSALS}/{deck.stem}.md"
    titles = [slide.title for slide in done.slides]
    parts = [proposal(done.slides[at], at + 1, deck.name, titles[at - 1] if at else "") for at in done.own]
    path = project.root / name
    there = path.read_text("utf-8") if path.exists() else ""
    made = "\n".join(parts)
    return {name: (there, made)} if made != there else {}


def _told_found(one: Found) -> Told:
    return Told(one.edit.slide, _what(one.edit), f"{one.file}:{one.line}")


def _told_lost(one: Lost) -> Told:
    return Told(one.edit.slide, _what(one.edit), reason=one.reason, conflict=one.conflict)


_NAMES = {"text": "line", "table": "cell"}


def _what(edit: Edit) -> str:
    """Return what was done, for people."""
    name = _NAMES.get(edit.kind, edit.kind)
    if edit.old and edit.new:
        return f"{name} {change(edit.old.line.text, edit.new.line.text)}"
    return f"{name} {'added' if edit.new else 'taken out'}: “{short(edit.line.text.replace(MARK, '$'))}”"


def _told_removed(record: TalkRecord, done: Edited) -> Iterator[Told]:
    """Yield what is told of slides that were taken out: a talk may go without them, the book doesn't."""
    before = {was: at for at, was in done.origins.items()}
    for at in done.removed(record):
        number = max((before[one] for one in before if one < at), default=0) + 1
        title = record.slides[at][1].title
        yield Told(number, f"the slide “{title}” was taken out", reason="nothing is taken out of the book for a talk")

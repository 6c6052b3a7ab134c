"""What has changed since an earlier edition, and the unit that tells readers so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher

from mathbook.document.book import Book, Example, Matter, Meta, Unit
from mathbook.document.fingerprint import fingerprint
from mathbook.document.lines import lines_of
from mathbook.document.nodes import Block, BulletList, DefinitionItem, DefinitionList, Inline, Link, Paragraph, Text
from mathbook.document.past import Changes, PastEdition, PastUnit, Revision
from mathbook.document.plain import plain
from mathbook.document.words import say
from mathbook.edition.audience import for_audience
from mathbook.formula.plain_line import plain_line


def past_unit(unit: Unit, meta: Meta) -> PastUnit:
    """Return what can be compared of a unit that was read, but for its seed."""
    lines, all_lines = (lines_of(for_audience(unit, who, meta), meta.language) for who in ("student", "instructor"))
    left = list(lines)
    private = tuple(line for line in all_lines if not _taken(left, line))
    number, revised = ("", "") if isinstance(unit, Matter) else (unit.number, unit.revised)
    title, written = plain_line(unit.title, meta.language), plain(unit.title, meta.language)
    return PastUnit(unit.id, number, title, lines, private, revised, title_in_latex=written)


def present(book: Book, seen: Callable[[Unit, Meta], PastUnit] = past_unit) -> PastEdition:
    """Return the book as an edition that later ones can be compared with. What students get is told apart.

    `seen` gives what can be compared of a unit, or remembers it.
    """
    seeds = {seed.id: fingerprint(seed) for seed in book.seeds}
    units = (
        replace(seen(unit, book.meta), seed=seeds.get(unit.seed, "") if isinstance(unit, Example) else "")
        for unit in book.units
    )
    return PastEdition(book.meta.edition, book.meta.date, tuple(units))


def _taken(lines: list[str], line: str) -> bool:
    """Take the line out; return whether it was there."""
    if line in lines:
        lines.remove(line)
        return True
    return False


def changes_between(before: PastEdition, after: PastEdition, *, private: bool = True) -> Changes:
    """Return what happened from one edition to the other; without `private`, only what students can see of it."""
    old = {unit.id: unit for unit in before.units}
    now = {unit.id: unit for unit in after.units}
    both = [(_titled_as(now[name], old[name]), now[name]) for name in now if name in old]
    revised = [Revision(was, is_, tuple(_words(was, is_, private))) for was, is_ in both if _differ(was, is_, private)]
    return Changes(
        since=before,
        new=tuple(unit for name, unit in now.items() if name not in old),
        revised=tuple(revised),
        withdrawn=tuple(unit for name, unit in old.items() if name not in now),
        same=len(both) - len(revised),
    )


def _titled_as(now: PastUnit, was: PastUnit) -> PastUnit:
    """Return the older unit with the newer one's title, if it has that in LaTeX."""
    return replace(was, title=now.title) if was.title == now.title_in_latex else was


def _differ(was: PastUnit, now: PastUnit, private: bool) -> bool:
    if was.fingerprint and now.fingerprint:
        return was.fingerprint != now.fingerprint
    return _said(was, private) != _said(now, private)


def _said(unit: PastUnit, private: bool) -> tuple[str, ...]:
    return (unit.title, *unit.lines, *(unit.private if private else ()))


def _words(was: PastUnit, now: PastUnit, private: bool) -> Iterator[tuple[str, str]]:
    """Yield lines that differ: a line in the place of another with it, a line that is new or gone alone."""
    if was.fingerprint and now.fingerprint:
        return
    before, after = _said(was, private), _said(now, private)
    for kind, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            gone, come = before[a:b], after[c:d]
            for at in range(max(len(gone), len(come))):
                yield gone[at] if at < len(gone) else "", come[at] if at < len(come) else ""


def news_blocks(
    book: Book, unit_names: Mapping[str, str], seen: Callable[[Unit, Meta], PastUnit] = past_unit
) -> tuple[Block, ...]:
    """Return what is new since the edition before; nothing if there was none, or if nothing is. `seen` is as above.

    Both audiences are told the same, and only of what students can see: a changed solution is no news for them.
    """
    if book.past is None:
        return ()
    language = book.meta.language
    changes = changes_between(book.past, present(book, seen), private=False)
    examples = {unit.id: unit for unit in book.units if isinstance(unit, Example)}
    parts = (
        ("New", [_line(examples[unit.id], unit_names) for unit in changes.new if unit.id in examples]),
        ("Revised", [_revised(examples[one.after.id], unit_names) for one in changes.revised if one.after.number]),
        ("Withdrawn", [_withdrawn(unit, language) for unit in changes.withdrawn if unit.number]),
    )
    items = tuple(DefinitionItem((Text(say(word, language)),), ((_list(lines),),)) for word, lines in parts if lines)
    if not items:
        return ()
    since = say("What has changed since Edition {0}, {1}:", language, changes.since.edition, changes.since.date)
    return Paragraph((Text(since),)), DefinitionList(items)


def _list(lines: list[tuple[Inline, ...]]) -> BulletList:
    return BulletList(tuple((Paragraph(line),) for line in lines))


def _line(example: Example, unit_names: Mapping[str, str]) -> tuple[Inline, ...]:
    link = Link((Text(unit_names[example.id]),), f"#{example.id}", unit=example.id)
    return link, Text(": "), *example.title


def _revised(example: Example, unit_names: Mapping[str, str]) -> tuple[Inline, ...]:
    line = _line(example, unit_names)
    return (*line, Text(f". {example.revision}")) if example.revision else line


def _withdrawn(unit: PastUnit, language: str) -> tuple[Inline, ...]:
    return (Text(f"{say('Example', language)}\N{NO-BREAK SPACE}{unit.number}: {unit.title}"),)

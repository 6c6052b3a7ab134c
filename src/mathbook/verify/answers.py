"""No student's file tells an answer: what only the edition with the answers says is looked for in all that it says.

All answers are looked for in all stretches. That it was done before for these answers and these stretches is
remembered, so that of a book that got one more example only its answers are looked for everywhere, and all others in
its stretches.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.document.memo import Memo
from mathbook.frozen import frozen
from mathbook.verify.expect import unit_passages
from mathbook.verify.glance import Glance
from mathbook.verify.proof import Finding, readable
from mathbook.verify.spelling import expected_text
from mathbook.verify.wanted import Wanted, keys_of, lines_of

SHORTEST_ANSWER = 12
"""Letters from which on the words of a solution are looked for in a student's file: shorter ones stand anywhere."""
_FEW = 100
"""So many answers are looked for one by one in a text; more of them all at once, by their first letters."""
_LOOKED_FOR = "answers-looked-for"


@frozen
class Hidden:
    """The edition with the answers, of which a file must not tell more; with its units' fingerprints, if known."""

    edition: Edition
    prints: tuple[str, ...] = ()


@frozen
class Answers:
    """What one unit says only in the edition with the answers; `key` stands for both forms of the unit."""

    key: str
    unit: str
    packed: bytes

    @property
    def texts(self) -> list[str]:
        """The answers, in their order."""
        return self.packed.decode("utf-8", "surrogatepass").split("\n")[:-1]


@dataclass(slots=True)
class _LookedFor:
    """Of which units the answers were looked for in which stretches; `shown` are answers that were found there since a
    unit (by its key) says them to students, too.
    """

    answers: set[str] = field(default_factory=set)
    stretches: set[str] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)


def told_answers(
    wanted: Sequence[Wanted], hidden: Hidden, seen: Sequence[Glance], format_name: FormatName, memo: Memo
) -> Iterator[Finding]:
    """Yield the answers that the file tells, wherever they stand. What students are told elsewhere is none."""
    all_of_it = answers_of(wanted, hidden, format_name, memo)
    before = _recalled(memo)
    shown = {text: key for text, key in before.shown.items() if key in {one.key for one in wanted}}
    told = _found(all_of_it, seen, before) | (before.shown.keys() - shown.keys())
    for text, key in _said_by(told - shown.keys(), wanted):
        shown[text] = key
    findings = []
    for answers in all_of_it if told - shown.keys() else ():
        for text in answers.texts:
            if text in told and text not in shown and (place := _place(text, seen)):
                what = _as_written(answers.unit, text, hidden.edition, format_name)
                findings.append(Finding("extra", answers.unit, "answer", found=what, place=place))
    if not findings:
        _keep(all_of_it, seen, shown, memo)
    yield from findings


def answers_of(wanted: Sequence[Wanted], hidden: Hidden, format_name: FormatName, memo: Memo) -> list[Answers]:
    """Return by unit what is said only with the answers: solutions, and what is for instructors alone."""
    here = {one.unit: one for one in wanted}
    found = []
    keys = keys_of(hidden.edition, format_name, hidden.prints)
    for unit, with_answers in zip(hidden.edition.units, keys, strict=True):
        student = here.get(unit.id)
        key = f"answers-{student.key if student else ''}-{with_answers}"
        packed = memo.recall(key)
        if packed is None:
            shown = _shown(student) if student else ""
            lines = (line for line in lines_of(unit, hidden.edition, format_name) if not line.is_picture)
            texts = (line.text for line in lines if len(line.text) >= SHORTEST_ANSWER and line.text not in shown)
            packed = "".join(f"{text}\n" for text in texts).encode("utf-8", "surrogatepass")
            memo.keep(key, packed)
        if packed:
            found.append(Answers(key, unit.id, packed))
    return found


def _shown(wanted: Wanted) -> str:
    return "\n".join(line.text for line in wanted.lines)


def _found(all_of_it: Iterable[Answers], seen: Iterable[Glance], before: _LookedFor) -> set[str]:
    """Return the answers that stand in a stretch, but for pairs that were looked at before."""
    old = [answers for answers in all_of_it if answers.key in before.answers]
    new = [answers for answers in all_of_it if answers.key not in before.answers]
    fresh = [glance for glance in seen if glance.key not in before.stretches]
    known = [glance for glance in seen if glance.key in before.stretches]
    return _standing([*old, *new] if fresh else [], fresh) | _standing(new, known)


def _standing(some: Iterable[Answers], seen: Iterable[Glance]) -> set[str]:
    """Return the answers that stand in one of the stretches."""
    texts = {text for answers in some for text in answers.texts}
    by_head: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        by_head[text[:SHORTEST_ANSWER]].append(text)
    found: set[str] = set()
    for told in (glance.told for glance in seen) if texts else ():
        likely: Iterable[str] = texts
        if len(texts) > _FEW:
            heads = {told[at : at + SHORTEST_ANSWER] for at in range(len(told) - SHORTEST_ANSWER + 1)}
            likely = (text for head in heads & by_head.keys() for text in by_head[head])
        found.update(text for text in likely if text in told)
    return found


def _said_by(texts: Iterable[str], wanted: Sequence[Wanted]) -> Iterator[tuple[str, str]]:
    """Yield each of the texts that a unit says to students, with that unit's key."""
    left = set(texts)
    for one in wanted if left else ():
        shown = _shown(one)
        said = {text for text in left if text in shown}
        yield from ((text, one.key) for text in said)
        left -= said


def _place(text: str, seen: Iterable[Glance]) -> str:
    """Return the first place that says the text; empty if none does."""
    for glance in seen:
        if text in glance.told:
            at = next(number for number, told in enumerate(glance.texts) if text in told)
            return next(piece.place for piece in glance.pieces if piece.first <= at < piece.end)
    return ""


def _as_written(unit_id: str, text: str, edition: Edition, format_name: FormatName) -> str:
    """Return the answer as people read it."""
    unit = next(unit for unit in edition.units if unit.id == unit_id)
    passages = unit_passages(unit, edition, format_name)
    return next(readable(passage) for passage in passages if expected_text(passage, format_name) == text)


def _recalled(memo: Memo) -> _LookedFor:
    kept = memo.recall(_LOOKED_FOR)
    if kept is None:
        return _LookedFor()
    answers, stretches, shown = json.loads(kept.decode("utf-8", "surrogatepass"))
    return _LookedFor(set(answers), set(stretches), shown)


def _keep(all_of_it: Sequence[Answers], seen: Sequence[Glance], shown: Mapping[str, str], memo: Memo) -> None:
    """Remember that none of these answers stands in these stretches but for those that students are told elsewhere."""
    stretches = sorted({glance.key for glance in seen if glance.key})
    record = [[answers.key for answers in all_of_it], stretches, dict(sorted(shown.items()))]
    memo.keep(_LOOKED_FOR, json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass"))

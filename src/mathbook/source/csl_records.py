"""A record of CSL's data model (CSL-JSON, or the same in YAML) as a Work.

What CSL doesn't know is left out: reference managers write keys of their own into their exports. What it knows has to
be of the right shape, since a wrong author is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from mathbook.document.works import Person, When, Work

Tell = Callable[[str], None]
"""Told what is wrong with the record, as a sentence about one of its keys."""

_VARIABLES = """
    people: author collection-editor composer container-author director editor editorial-director illustrator
        interviewer original-author recipient reviewed-author translator
    dates: accessed container event-date issued original-date submitted
    words: abstract annote archive archive_location archive-place authority call-number chapter-number citation-label
        collection-number collection-title container-title container-title-short dimensions DOI edition event
        event-place genre ISBN ISSN issue jurisdiction keyword language medium note number number-of-pages
        number-of-volumes original-publisher original-publisher-place original-title page PMCID PMID publisher
        publisher-place references section source status title title-short URL version volume
"""
"""CSL's variables (CSL 1.0.2, appendix IV), as far as styles ask for them."""


def _named(kind: str) -> frozenset[str]:
    found = re.search(rf"{kind}:([^:]*)(?:\n\s+\w+:|\Z)", _VARIABLES)
    assert found, kind
    return frozenset(found[1].split())


PEOPLE, DATES, WORDS = _named("people"), _named("dates"), _named("words")


def work_of(record: Any, tell: Tell, **place: Any) -> Work | None:
    """Return the record as a work (`place` is its span), or None if it has no id. What is wrong with it is told."""
    if not isinstance(record, dict):
        tell("a record must be keys with values")
        return None
    key = _text(record.get("id", record.get("citation-key", "")))
    if not key:
        tell("a record has no id, by which it could be cited")
        return None
    people = tuple((name, _people(record[name], name, tell)) for name in sorted(PEOPLE & record.keys()))
    dates = tuple((name, _when(record[name], name, tell)) for name in sorted(DATES & record.keys()))
    words = tuple((name, _text(record[name])) for name in sorted(WORDS & record.keys()) if _text(record[name]))
    kind = _text(record.get("type", "")) or "document"
    told = tuple((name, some) for name, some in people if some)
    return Work(key, kind, told, tuple((name, date) for name, date in dates if date != When()), words, **place)


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def _people(value: Any, name: str, tell: Tell) -> tuple[Person, ...]:
    members = value if isinstance(value, list) else [value]
    found = [_person(member) for member in members]
    if None in found:
        tell(f"{name} must be a list of names with family and given, or literal")
    return tuple(person for person in found if person)


def _person(value: Any) -> Person | None:
    if isinstance(value, str):
        return Person(literal=value)
    if not isinstance(value, dict):
        return None
    parts = {name: _text(value.get(name, "")) for name in ("family", "given", "suffix", "literal")}
    particles = (_text(value.get(name, "")) for name in ("dropping-particle", "non-dropping-particle"))
    person = Person(**parts, particle=" ".join(filter(None, particles)))
    return person if person.family or person.given or person.literal else None


def _when(value: Any, name: str, tell: Tell) -> When:
    match value:
        case int():
            return When(((value,),))
        case str():
            return written_date(value)
        case {"date-parts": [*parts]} if all(isinstance(part, list) for part in parts):
            numbers = tuple(tuple(int(number) for number in part if _is_number(number)) for part in parts)
            return When(tuple(part[:3] for part in numbers if part)[:2], circa=bool(value.get("circa")))
        case {"raw": str(words)}:
            return written_date(words)
        case {"literal": str(words)}:
            return When(literal=words)
        case {"year": _}:  # as Pandoc's YAML has it
            day = (value.get(part) for part in ("year", "month", "day"))
            return When((tuple(int(number) for number in day if _is_number(number)),))
        case _:
            tell(f"{name} must be a date: date-parts, literal, or 2026-11-23")
            return When()


def _is_number(value: Any) -> bool:
    return isinstance(value, int) or (isinstance(value, str) and value.strip().isdigit())


def written_date(words: str) -> When:
    """Return the date of words such as 1994, 1994-03-21, 1994/1996 (EDTF, level 0); other words stay words."""
    ends = [_numbers(part.strip()) for part in re.split(r"/|--|–", words)]
    return When(tuple(end for end in ends if end)) if ends and all(ends) and len(ends) <= 2 else When(literal=words)


def _numbers(words: str) -> tuple[int, ...]:
    match = re.fullmatch(r"(\d{3,4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?[~?]?", words)
    return tuple(int(part) for part in match.groups() if part) if match else ()

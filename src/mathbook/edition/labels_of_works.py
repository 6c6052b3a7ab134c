"""Short names for works: [Knu97], [BGM04], as BibTeX's "alpha" has them, and authors' names as they stand in a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from mathbook.document.works import Person, Work


def labels_of(works: Iterable[Work]) -> dict[str, str]:
    """Return a label for each key: letters of the authors' names and the year; equal ones get a, b, …"""
    groups: dict[str, list[str]] = {}
    for work in works:
        groups.setdefault(_label(work), []).append(work.key)
    return {
        key: label + (letter(at) if len(keys) > 1 else "")
        for label, keys in groups.items()
        for at, key in enumerate(keys)
    }


def letter(at: int) -> str:
    """Return a, b, … z, aa, ab, … for 0, 1, …"""
    return (letter(at // 26 - 1) if at >= 26 else "") + "abcdefghijklmnopqrstuvwxyz"[at % 26]


def family_names(work: Work) -> str:
    """Return who wrote (or edited) the work, for a style that names nobody: the key if nobody did."""
    names = [_family(person) for person in _people(work)]
    return f"{names[0]} et al." if len(names) > 2 else " & ".join(names) or work.key


def _label(work: Work) -> str:
    families = [_letters(person.family or person.literal) for person in _people(work)] or [_letters(work.key)]
    names = families[0][:3] if len(families) == 1 else "".join(family[:1] for family in families[:4])
    issued = dict(work.dates).get("issued")
    return names + (f"{issued.parts[0][0] % 100:02}" if issued and issued.parts else "")


def _people(work: Work) -> tuple[Person, ...]:
    return next((people for role, people in work.people if role in ("author", "editor")), ())


def _family(person: Person) -> str:
    return person.literal or f"{person.particle} {person.family}".strip()


def _letters(name: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", name) if char.isalpha())

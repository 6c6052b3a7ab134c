"""The ledger of a deck that was brought up to date: that of the deck as the manuscript makes it now."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from mathbook.deck.read_back import read_back
from mathbook.deck.seal import NAMESPACE
from mathbook.document.ledger import Part, from_json, to_json
from mathbook.document.memo import FORGETFUL
from mathbook.document.passage import Passage
from mathbook.talk.fresh import Fresh
from mathbook.talk.package import Package
from mathbook.verify.assign import as_stretch
from mathbook.verify.glance import glances
from mathbook.verify.judge import judge
from mathbook.verify.parts import parts_of

_ROOT = f"{{{NAMESPACE}}}ledger"


def renew_ledger(package: Package, fresh: Fresh, same: Mapping[int, int]) -> None:
    """Put the ledger of the deck that was just built in the place of the one that the package carries, if it does.

    `same` are the numbers, from 1, of that deck's slides which the package says word by word, each with its number
    there: the ledger has these as they stand in the package, with its pages of the handout and its names of slides.
    """
    known = [name for name, data in package.parts.items() if name.endswith(".xml") and NAMESPACE.encode() in data]
    for name in known:
        if package.file.xml(name).tag == _ROOT:
            made = etree.Element(_ROOT, nsmap={None: NAMESPACE})
            made.text = _ledger_of(package, fresh, same)
            package.put(name, made)


def _ledger_of(package: Package, fresh: Fresh, same: Mapping[int, int]) -> str:
    ledger = from_json(judge(fresh.resolved, "deck", _said_by(Package(fresh.file))).ledger)
    seen = glances([as_stretch(_said_by(package))], "deck", FORGETFUL)
    here = {part.place: part for part in parts_of(seen, {})}
    found = ((part, here.get(_place(part, same), part)) for part in ledger.parts)
    parts = tuple(replace(part, said=there.said, simple=there.simple) for part, there in found)
    return to_json(replace(ledger, parts=parts)).decode()


def _said_by(package: Package) -> Sequence[Passage]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.pptx"
        path.write_bytes(package.bytes())
        return tuple(read_back(path))


def _place(part: Part, same: Mapping[int, int]) -> str:
    """Return where the package has the part of the deck that was just built ("slide 4, notes"), or nothing."""
    slide, comma, rest = part.place.partition(",")
    number = same.get(int(slide.removeprefix("slide ")))
    return f"slide {number}{comma}{rest}" if number else ""

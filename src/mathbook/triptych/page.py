"""The triptych as one page of HTML that needs nothing else: no other file, no network, no program but a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.document.passage import Passage, Spot
from mathbook.frozen import frozen
from mathbook.triptych.cells import Cell, Files, Strip, counted
from mathbook.triptych.rows import Group, groups
from mathbook.verify.examine import Examined
from mathbook.verify.report import AGED, sentence

_HERE = Path(__file__).parent
_NAMES: dict[FormatName, str] = {"pdf": "Handout", "epub": "E-book", "deck": "Deck"}


@frozen
class Entry:
    """A row as the page has it."""

    anchor: str
    name: str
    same: bool
    cells: tuple[Cell, ...]


@frozen
class Chapter:
    """A unit as the page has it, with what was found of it beyond its blocks."""

    anchor: str
    name: str
    same: bool
    notices: tuple[str, ...]
    entries: tuple[Entry, ...]


@frozen
class Proved:
    """What the page is made of: an edition, what was found out about its files, and what these say."""

    edition: Edition
    names: Mapping[str, str]
    examined: Mapping[FormatName, Examined]
    passages: Mapping[FormatName, Sequence[Passage]]


def page(proved: Proved, files: Files, slides: Mapping[int, Strip], undrawn: str = "") -> str:
    """Return the page. `slides` are the slides' pictures by their numbers; where there are none, `undrawn` says why."""
    chapters = tuple(_chapters(proved, files))
    fonts, rules = files.leaves.style() if files.leaves else ("", "")
    script = (_HERE / "page.js").read_text("utf-8")
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["marked"] = _marked
    return environment.from_string((_HERE / "page.html").read_text("utf-8")).render(
        meta=proved.edition.meta,
        audience=proved.edition.audience,
        names=_NAMES,
        counted=counted,
        examined=proved.examined,
        chapters=chapters,
        blocks=sum(len(chapter.entries) for chapter in chapters),
        outside=tuple(_outside(proved)),
        slides=slides,
        ratio=files.slides.ratio if files.slides else 1.0,
        undrawn=undrawn,
        fonts=fonts.replace("</", "<\\/"),
        rules=f"{rules}\n:host > :first-child {{ margin-top: 0 }}".replace("</", "<\\/"),
        css=(_HERE / "page.css").read_text("utf-8"),
        script=script,
        hashed=b64encode(sha256(script.encode()).digest()).decode(),
    )


def _marked(line: str) -> Markup:
    """Return what was said of a difference, its words that only one has as deleted and inserted."""
    return Markup(
        re.sub(r"\{\+(.*?)\+\}", r"<ins>\1</ins>", re.sub(r"\[-(.*?)-\]", r"<del>\1</del>", str(escape(line))))
    )


def _chapters(proved: Proved, files: Files) -> Iterator[Chapter]:
    for number, group in enumerate(groups(proved.edition, proved.passages), start=1):
        notices = tuple(_notices(proved, group))
        entries = tuple(_entries(group, files, f"b{number}"))
        same = not notices and all(entry.same for entry in entries)
        yield Chapter(f"u{number}", proved.names.get(group.unit.id, group.unit.id), same, notices, entries)


def _notices(proved: Proved, group: Group) -> Iterator[str]:
    """Yield what was found of the unit as a whole, or of pages and slides: what no row tells."""
    told = {finding for row in group.rows for one in row.told.values() for finding in one.findings}
    for name, examined in proved.examined.items():
        for aged in examined.aged:
            if aged.unit == group.unit.id:
                yield f"{_NAMES[name]}: {AGED[aged.how]}"
        for finding in examined.findings:
            if finding.unit == group.unit.id and finding not in told:
                yield f"{_NAMES[name]}: {sentence(finding)}"


def _outside(proved: Proved) -> Iterator[str]:
    """Yield what was found outside of the edition's units."""
    known = {unit.id for unit in proved.edition.units}
    for name, examined in proved.examined.items():
        for aged in examined.aged:
            if aged.unit not in known:
                yield f"{_NAMES[name]}: {aged.title or aged.unit}: {AGED[aged.how]}"
        for finding in examined.findings:
            if finding.unit not in known:
                yield f"{_NAMES[name]}: {sentence(finding)}"


def _entries(group: Group, files: Files, anchor: str) -> Iterator[Entry]:
    spots: list[dict[FormatName, tuple[Spot, ...]]] = [
        {name: told.spots for name, told in row.told.items()} for row in group.rows
    ]
    for number, row in enumerate(group.rows):
        cells = []
        for name, told in row.told.items():
            others = {spot for at, there in enumerate(spots) if at != number for spot in there[name]}
            cells.append(files.cell(name, told, others - set(told.spots)))
        yield Entry(f"{anchor}-{number + 1}", row.name, row.is_same, tuple(cells))

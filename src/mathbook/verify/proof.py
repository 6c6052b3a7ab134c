"""A unit laid beside what was found of it: what is wrong, and where each block stands.

The same unit beside the same words is the same proof, so that it is remembered: of a book that got one more example
only that one is laid beside its pages. A proof that found something wrong is not kept.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from typing import Literal, TypeAlias

from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.document.labels import id_of
from mathbook.document.memo import Memo
from mathbook.document.passage import FORMULA_MARK, NOTE_MARK, Passage
from mathbook.frozen import frozen
from mathbook.verify.align import Match, aligned
from mathbook.verify.expect import unit_passages
from mathbook.verify.glance import Piece
from mathbook.verify.spelling import found_text
from mathbook.verify.wanted import Wanted

Fault: TypeAlias = Literal["different", "missing", "extra", "moved"]


@frozen
class Finding:
    """What is wrong with one block, or with one page or slide: what was wanted there, and what was found."""

    fault: Fault
    unit: str
    what: str
    wanted: str = ""
    found: str = ""
    place: str = ""


@frozen
class Proof:
    """What is wrong with a unit, and for each of its blocks which pieces of the file say it, counted in their group."""

    findings: tuple[Finding, ...]
    pieces: tuple[tuple[str, tuple[int, ...]], ...]


def proof_of(wanted: Wanted, found: Sequence[Piece], edition: Edition, format_name: FormatName, memo: Memo) -> Proof:
    """Return the proof of one unit of the edition. What is laid beside it is read only if that wasn't done before."""
    told = blake2b("".join(piece.digest for piece in found).encode("ascii"), digest_size=16).hexdigest()
    key = f"proof-{wanted.key}-{told}"
    if kept := memo.recall(key):
        return Proof((), tuple((block, tuple(pieces)) for block, pieces in json.loads(kept.decode("utf-8"))))
    expected = wanted.passages or _expected(wanted, edition, format_name)
    passages = [passage for piece in found for passage in piece.passages]
    matches = aligned(expected, passages, format_name)
    wrong = [fault for match in matches for fault in faults(match, format_name)]
    findings = (*wrong, *(_shuffled(matches, passages) if format_name == "deck" else ()))
    proof = Proof(findings, tuple(_pieces(matches, found)))
    if not findings:
        memo.keep(key, json.dumps(proof.pieces, ensure_ascii=False).encode())
    return proof


def _expected(wanted: Wanted, edition: Edition, format_name: FormatName) -> tuple[Passage, ...]:
    unit = next(unit for unit in edition.units if unit.id == wanted.unit)
    return tuple(unit_passages(unit, edition, format_name))


def _pieces(matches: Sequence[Match], found: Sequence[Piece]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield each block with the numbers of the pieces that say it."""
    numbers = {id(passage): at for at, piece in enumerate(found) for passage in piece.passages}
    pieces: dict[str, dict[int, None]] = defaultdict(dict)
    for match in matches:
        for passage in match.found:
            pieces[match.expected.block][numbers[id(passage)]] = None
    yield from ((block, tuple(at)) for block, at in pieces.items())


def places_of(proof: Proof, found: Sequence[Piece]) -> dict[str, list[str]]:
    """Return for each block the places that say it; those of the unit's title are under an empty name."""
    places = [piece.place for piece in found]
    return {block: list(dict.fromkeys(places[at] for at in numbers)) for block, numbers in proof.pieces}


def faults(match: Match, format_name: FormatName) -> Iterator[Finding]:
    """Yield what is wrong with one passage beside what was found for it."""
    wanted = match.expected
    place = match.found[0].place if match.found else ""
    if match.state == "missing":
        yield Finding("missing", wanted.unit, wanted.role, readable(wanted))
    elif match.state in ("different", "moved"):
        said = " ".join(readable(passage) for passage in match.found)
        fault: Fault = "different" if match.state == "different" else "moved"
        yield Finding(fault, wanted.unit, wanted.role, readable(wanted), said, place)
    else:
        yield from _details(wanted, match.found, format_name, place)


def _shuffled(matches: Sequence[Match], found: Sequence[Passage]) -> Iterator[Finding]:
    """Yield the first cell of each table of a deck that doesn't stand behind those before it. Tables may go on on other
    slides, their heads repeated, with cells of other tables between.
    """
    cells = [found_text(passage, "deck") for passage in found if passage.role == "cell"]
    tables: dict[int, list[Match]] = defaultdict(list)
    for match in matches:
        if match.expected.cell[0] and match.found and match.found[0].role == "cell":
            tables[match.expected.cell[0]].append(match)
    for table in tables.values():
        left = iter(cells)
        # what is looked for in an iterator is looked for behind what was found in it before
        lost = next((match for match in table if found_text(match.found[0], "deck") not in left), None)
        if lost is not None:
            wanted, passage = lost.expected, lost.found[0]
            yield Finding("moved", wanted.unit, "cell", readable(wanted), readable(passage), passage.place)


def _details(wanted: Passage, found: tuple[Passage, ...], format_name: FormatName, place: str) -> Iterator[Finding]:
    """Yield what differs though the words are the same: levels, links, pictures among words."""
    if not found:
        return  # it says nothing
    level = found[0].level
    if wanted.level and level and wanted.level != level:
        yield Finding(
            "different", wanted.unit, "heading", f"level {wanted.level}: {wanted.words}", f"level {level}", place
        )
    if format_name != "pdf" and (fault := _links_differ(wanted, found, format_name)):
        yield Finding("different", wanted.unit, "link", ", ".join(wanted.links), fault, place)
    pictures = tuple(picture for passage in found for picture in passage.pictures)
    if format_name != "pdf" and pictures and wanted.pictures and pictures != wanted.pictures:
        yield Finding("different", wanted.unit, "picture", readable(wanted), "another picture", place)


def _links_differ(wanted: Passage, found: tuple[Passage, ...], format_name: FormatName) -> str:
    """Return the found links if they lead elsewhere. Some lead nowhere in this file, and are plain words there."""
    told = [link for passage in found for link in passage.links]
    outside = [link for link in wanted.links if not link.startswith("#")]
    inside = {f"#{id_of(link[1:])}" for link in wanted.links if link.startswith("#")} | {"#"}
    if format_name == "epub" and [link for link in told if not link.startswith("#")] != outside:
        return ", ".join(told) or "no link"
    if format_name == "epub" and any(link.startswith("#") and link not in inside for link in told):
        return ", ".join(told)
    if format_name == "deck" and any(link not in outside and ":" in link for link in told):
        return ", ".join(told)
    return ""


def readable(passage: Passage) -> str:
    """Return the passage for people: its words with the formulas in their places, or what its picture is."""
    if passage.role == "figure":
        told = ", ".join(picture[:60] for picture in passage.pictures)
        return f"picture {told or 'without words'}"
    formulas = iter(passage.formulas)
    parts = passage.words.replace(NOTE_MARK, "").split(FORMULA_MARK)
    if passage.role == "equation":
        return " ".join(passage.formulas)
    return parts[0] + "".join(next(formulas, "") + part for part in parts[1:])

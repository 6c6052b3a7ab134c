"""The middle of the pipeline as text."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, FormatName
from mathbook.document.dump import dump_book
from mathbook.document.passage import Passage
from mathbook.edition.resolve import resolve
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.verify.expect import passages


def dumped(
    project: Project,
    what: Literal["tree", "slides", "passages"],
    audience: Audience,
    format_name: FormatName,
    unit: str,
) -> str:
    """Return the tree, the slides or the passages of the edition (of one unit, if it is named). Raises Stop."""
    collector = Collector()
    book = read_book(project, collector)
    edition = resolve(book, audience, collector) if book else None
    collector.stop_if_errors()
    assert edition, "what is missing was told"
    chosen = tuple(one for one in edition.units if unit in ("", one.id))
    edition = replace(edition, units=chosen)
    match what:
        case "tree":
            return dump_book(edition)
        case "passages":
            return "\n".join(_line(passage) for passage in passages(edition, format_name))
        case "slides":
            from mathbook.deck.dump import dump_slides

            return dump_slides(edition)


def _line(passage: Passage) -> str:
    beside = (("formulas", passage.formulas), ("links", passage.links), ("pictures", passage.pictures))
    rest = "".join(f"  {name}={list(values)}" for name, values in beside if values)
    return f"{passage.unit}\t{passage.role}\t{passage.words}{rest}"

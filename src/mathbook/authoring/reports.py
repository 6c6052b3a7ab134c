"""The reports that lie beside finished files: what they show side by side, and what judges found in them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mathbook.authoring.prove import Manuscript
from mathbook.build.publish import ledger_files, report_name
from mathbook.document.book import Audience, FormatName
from mathbook.document.edition import Edition
from mathbook.formats import formats
from mathbook.judges.page import accessibility
from mathbook.judges.panel import verdicts
from mathbook.project import Project
from mathbook.triptych.show import in_sync
from mathbook.verify.examine import Examined


def write_reports(project: Project, manuscript: Manuscript, examined: Sequence[Examined]) -> Iterator[Path]:
    """Write a triptych for each audience, then what judges found; yield each file when it is there."""
    for edition in manuscript.editions.values():
        finished = _books(project.dist, edition.audience, examined)
        if finished:
            shown = _triptych(project, manuscript, edition, finished)
            yield _written(project.dist / report_name("in-sync", edition.audience), shown)
    names = [name for name in ledger_files(project.dist) if (project.dist / name).is_file()]
    found = [verdict for name in names for verdict in verdicts(project.dist / name, name)]
    meta = next(iter(manuscript.editions.values())).meta
    yield _written(project.dist / report_name("accessibility"), accessibility(meta, found))


def _books(dist: Path, audience: Audience, examined: Sequence[Examined]) -> dict[FormatName, Examined]:
    """Return what was found out about the audience's books that can be read, by format."""
    there = (one for one in examined if one.verdict != "foreign" and not one.damaged and (dist / one.file).is_file())
    by_name = {one.file: one for one in there}
    mark = "" if audience == "student" else f"-{audience}"
    rows = ((row.content, row.book.format(mark=mark)) for row in formats().values() if not row.shows)
    return {name: by_name[book] for name, book in rows if book in by_name}


def _triptych(
    project: Project, manuscript: Manuscript, edition: Edition, examined: Mapping[FormatName, Examined]
) -> str:
    finished = {name: project.dist / one.file for name, one in examined.items()}
    return in_sync(edition, manuscript.names, finished, examined, project.cache.parent / "preview")


def _written(path: Path, text: str) -> Path:
    """Write the page beside its place, then put it there: nobody sees half of it."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        beside.write_text(text, "utf-8")
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path

"""The command that proves: verify."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mathbook.cli.building import epoch_date
from mathbook.cli.printing import HELP, PROBLEMS, echo_json
from mathbook.diagnostics import Stop

if TYPE_CHECKING:
    from mathbook.authoring.prove import Manuscript
    from mathbook.verify.examine import Examined


@click.command(context_settings=HELP)
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.option("--report", is_flag=True, help="Write dist/in-sync.html and dist/accessibility.html.")
@click.pass_obj
def verify(folder: Path, files: tuple[Path, ...], as_json: bool, report: bool) -> None:
    """Prove that finished files say what the manuscript says: those in dist/, or those named.

    --report shows each block as the handout, the e-book and the deck show it, side by side, and tells what judges of
    accessibility found.
    """
    if report and files:
        raise click.UsageError("--report is about the files in dist/: name none")
    from mathbook.authoring.prove import NONE, examine_all, examine_published, manuscript_of
    from mathbook.project import find_project
    from mathbook.verify.report import lines, record

    try:
        project = find_project(folder)
        manuscript = manuscript_of(project, epoch_date())
        finished = examine_all(files, manuscript) if files else examine_published(project.dist, manuscript)
    except Stop as stop:
        if not files or not _no_project(stop):
            raise
        manuscript = NONE
        finished = examine_all(files, NONE)
    examined = []
    for one in finished:
        examined.append(one)
        for line in () if as_json else lines(one, manuscript.names):
            click.echo(line)
    if as_json:
        echo_json([record(one) for one in examined])
    for path in _reports(folder, manuscript, examined) if report and examined else ():
        click.echo(f"wrote        {path.name}", err=as_json)
    if not examined:
        click.echo("dist/ holds no published files: mathbook build makes them", err=True)
    if not examined or any(one.verdict not in ("in sync", "unchanged") for one in examined):
        raise click.exceptions.Exit(PROBLEMS)


def _reports(folder: Path, manuscript: Manuscript, examined: list[Examined]) -> Iterator[Path]:
    from mathbook.authoring.reports import write_reports
    from mathbook.project import find_project

    yield from write_reports(find_project(folder), manuscript, examined)


def _no_project(stop: Stop) -> bool:
    from mathbook.diagnostics import Code

    return any(diagnostic.code is Code.PROJECT_NONE for diagnostic in stop.diagnostics)

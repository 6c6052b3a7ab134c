"""Commands around the manuscript: new, add, import, check, changes, dump, schema."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from mathbook.cli.building import epoch_date
from mathbook.cli.printing import ENVIRONMENT, HELP, PROBLEMS, echo_json, print_diagnostics, voice
from mathbook.diagnostics import Collector


@click.command(context_settings=HELP)
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The book's title.")
@click.option("--build/--no-build", "builds", default=True, show_default=True, help="Build and prove it at once.")
def new(target: Path, title: str, builds: bool) -> None:
    """Make a small working book in a new folder, and build it."""
    from mathbook.authoring.new import create

    try:
        create(target, title or target.name.replace("-", " ").capitalize())
    except FileExistsError:
        raise click.UsageError(f"{target} is there and not empty; nothing was written") from None
    if builds:
        _build_new(target)
    click.echo(f"{target} holds a book of two examples. After each change:\n\n  cd {target}\n  mathbook build")


def _build_new(target: Path) -> None:
    from mathbook.build.make import Request, make
    from mathbook.build.report import report
    from mathbook.project import find_project

    report(make(find_project(target), Request(workers=os.cpu_count() or 1, date=epoch_date())), voice(False, False))


@click.command(context_settings=HELP)
@click.argument("title")
@click.option("--after", default="", help="The id of the example that it is to follow, in place of the last.")
@click.pass_obj
def add(folder: Path, title: str, after: str) -> None:
    """Add an example: its seed record and its file, with the next number."""
    from mathbook.authoring.add import add as added
    from mathbook.project import find_project

    if not title.strip():
        raise click.BadParameter("an example needs a title", param_hint="'TITLE'")
    project = find_project(folder)
    new = added(project, title, after)
    click.echo(f"{project.name_of(new.example)}\n{project.name_of(new.seed)}")


@click.command("import", context_settings=HELP)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--into", type=click.Path(path_type=Path), help="The book's folder, made if it isn't there.")
@click.pass_obj
def import_(folder: Path, file: Path, into: Path | None) -> None:
    """Make seeds and examples of an article with headings such as "Example #1" (text, Markdown or HTML)."""
    from mathbook.authoring.import_article import import_article
    from mathbook.project import find_project

    done = import_article(file, into or find_project(folder).root)
    for path in done.files:
        click.echo(path)
    if done.left_out:
        click.echo(f"{done.left_out} pictures and such were left out; put them into manuscript/figures/")
    click.echo("Look through the seeds: who says it, where, and in your own words what is claimed.")


@click.command(context_settings=HELP)
@click.option("--links", is_flag=True, help="Ask for each address of the web, too: the only check that goes there.")
@click.option("--spell", is_flag=True, help="Look words up, too; manuscript/words.txt has the book's own.")
@click.option("--json", "as_json", is_flag=True, help="Print the diagnostics as JSON.")
@click.pass_obj
def check(folder: Path, links: bool, spell: bool, as_json: bool) -> None:
    """Tell everything that can be known without building."""
    from mathbook.authoring.check.run import run_checks
    from mathbook.authoring.check.spelling import NoDictionary
    from mathbook.project import find_project

    collector = Collector()
    try:
        units = run_checks(find_project(folder), collector, links=links, spell=spell)
    except NoDictionary as error:
        click.echo(f"error[environment]: {error}", err=True)
        raise click.exceptions.Exit(ENVIRONMENT) from None
    if as_json:
        echo_json([diagnostic.as_record() for diagnostic in collector.diagnostics])
    else:
        print_diagnostics(tuple(sorted(collector.diagnostics, key=lambda diagnostic: diagnostic.span)))
    if collector.has_errors:
        raise click.exceptions.Exit(PROBLEMS)
    if not as_json:
        click.echo(f"{units} units, nothing wrong" if not collector.diagnostics else f"{units} units, no errors")


@click.command(context_settings=HELP)
@click.option("--since", default="", help="An edition that was kept, or a file of an earlier one.")
@click.option("--keep", "keeps", is_flag=True, help="Keep the words of this edition in editions/, for later.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON.")
@click.pass_obj
def changes(folder: Path, since: str, keeps: bool, as_json: bool) -> None:
    """Tell what is new, revised and withdrawn since an earlier edition."""
    from mathbook.authoring.changes import changes_since, keep
    from mathbook.authoring.changes_shown import lines_of_changes, record_of_changes
    from mathbook.project import find_project

    project = find_project(folder)
    if keeps:
        click.echo(f"kept in {project.name_of(keep(project))}")
        return
    found = changes_since(project, since)
    if as_json:
        echo_json(record_of_changes(found))
    else:
        for line in lines_of_changes(found):
            click.echo(line)


@click.command(context_settings=HELP)
@click.argument("what", type=click.Choice(["tree", "slides", "passages"]))
@click.option("--audience", type=click.Choice(["student", "instructor"]), default="student", show_default=True)
@click.option("--format", "format_name", type=click.Choice(["pdf", "epub", "deck"]), default="pdf", show_default=True)
@click.option("--unit", default="", help="Only the unit of this id.")
@click.pass_obj
def dump(folder: Path, what: Any, audience: Any, format_name: Any, unit: str) -> None:
    """Print the middle of the pipeline as text: the resolved tree, the slides, or the passages."""
    from mathbook.authoring.dump import dumped
    from mathbook.project import find_project

    click.echo(dumped(find_project(folder), what, audience, format_name, unit))


@click.command(context_settings=HELP)
@click.argument("name", type=click.Choice(["book", "front-matter", "seed", "theme"]))
def schema(name: str) -> None:
    """Print the JSON Schema of book.yaml, an example's front matter, a seed record or a theme.yaml."""
    from mathbook.source.forms import schemas
    from mathbook.theme.tokens import ThemeFile

    echo_json({**schemas(), "theme": ThemeFile.model_json_schema()}[name])

"""The command line: parse, call, print. The only room that prints; everything heavy is imported when it is used."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from mathbook import __version__
from mathbook.diagnostics import Collector, Diagnostic, Severity, Stop

if TYPE_CHECKING:
    from mathbook.build.report import Voice
    from mathbook.build.watch import Round

PROBLEMS, USAGE, ENVIRONMENT, INTERRUPTED, TERMINATED = 1, 2, 3, 130, 143

_HELP = {"help_option_names": ["-h", "--help"]}


@click.group(context_settings=_HELP)
@click.version_option(__version__, "-V", "--version")
@click.option("-C", "--project", "folder", type=click.Path(path_type=Path), default=Path(), help="The book's folder.")
@click.pass_context
def cli(context: click.Context, folder: Path) -> None:
    """One Markdown manuscript, three formats in sync: PDF handouts, EPUB, PowerPoint decks."""
    context.obj = folder


def main() -> NoReturn:
    """Run the command line; what goes wrong is a line for a person and an exit code, never a traceback."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # so that what was begun is cleared away
    try:
        code = cli(standalone_mode=False)  # click returns what Exit carries
    except Stop as stop:
        _print_diagnostics(stop.diagnostics)
        sys.exit(PROBLEMS)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(INTERRUPTED)
    except click.ClickException as wrong:
        wrong.show()
        sys.exit(USAGE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        name = error.filename2 or error.filename  # of a move, where to
        where = f"{name}: " if name else ""
        click.echo(f"error[environment]: {where}{error.strerror or error}", err=True)
        sys.exit(ENVIRONMENT)
    sys.exit(code if isinstance(code, int) else 0)


def _print_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print a line a diagnostic, and how many there are."""
    for diagnostic in diagnostics:
        colour = "red" if diagnostic.severity is Severity.ERROR else "yellow"
        click.secho(str(diagnostic), fg=None if "NO_COLOR" in os.environ else colour, err=True)
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    if errors:
        click.echo(f"{errors} error{'s' if errors > 1 else ''}; nothing was changed", err=True)


@cli.command(context_settings=_HELP)
@click.argument("formats", nargs=-1)
@click.option("--theme", default="", help="A theme's name, in place of book.yaml's.")
@click.option("--audience", type=click.Choice(["student", "instructor"]), multiple=True, help="Only for these.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores")
@click.option("--out", type=click.Path(path_type=Path), help="The folder for finished files, in place of dist/.")
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems.")
@click.pass_obj
def build(
    folder: Path,
    formats: tuple[str, ...],
    theme: str,
    audience: tuple[Any, ...],
    jobs: int,
    out: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build the book: all formats, or those named (pdf, epub, deck)."""
    from mathbook.build.make import Request, make
    from mathbook.build.report import report
    from mathbook.project import find_project

    _check_formats(formats)
    request = Request(formats, audience, theme, out, jobs, _epoch_date())
    try:
        events = report(make(find_project(folder), request), _voice(as_json, quiet))
    except Stop as stop:
        if as_json:
            _echo_json({"ok": False, "diagnostics": [diagnostic.as_record() for diagnostic in stop.diagnostics]})
        raise
    if as_json:
        from mathbook.build.events import as_record

        _echo_json({"ok": True, "events": [as_record(event) for event in events]})


@cli.command(context_settings=_HELP)
@click.argument("formats", nargs=-1)
@click.option("--theme", default="", help="A theme's name, in place of book.yaml's.")
@click.option("--audience", type=click.Choice(["student", "instructor"]), multiple=True, help="Only for these.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores")
@click.pass_obj
def watch(folder: Path, formats: tuple[str, ...], theme: str, audience: tuple[Any, ...], jobs: int) -> None:
    """Build the book, and again whenever a file of it is saved. Ctrl-C ends it."""
    from mathbook.build.make import Request
    from mathbook.build.watch import looked, rounds
    from mathbook.project import find_project

    _check_formats(formats)
    project = find_project(folder)
    request = Request(formats, audience, theme, workers=jobs, date=_epoch_date())
    with contextlib.suppress(KeyboardInterrupt):
        for one in rounds(project, request, lambda: looked(project)):
            _say_round(one)
    click.echo("\nended", err=True)


def _say_round(one: Round) -> None:
    """Go through a build in the watch; what is wrong is told, and the watch goes on."""
    from time import monotonic

    from mathbook.build.report import report

    began = monotonic()
    if one.changed:
        click.echo("\n" + ", ".join(one.changed[:5]) + (" …" if len(one.changed) > 5 else ""), err=True)
    try:
        report(one.events, _voice(False, False))
    except Stop as stop:
        _print_diagnostics(stop.diagnostics)
    else:
        click.echo(f"in sync, {monotonic() - began:.1f} s", err=True)


def _check_formats(names: tuple[str, ...]) -> None:
    from mathbook.diagnostics import did_you_mean
    from mathbook.formats import formats

    for name in names:
        if name not in formats():
            raise click.UsageError(
                f"there is no format {name!r}; {did_you_mean(name, formats(), 'there are: ' + ', '.join(formats()))}"
            )


def _voice(as_json: bool, quiet: bool) -> Voice:
    """Return how the build speaks: problems always (as JSON they are data), progress where someone can see it."""
    from mathbook.build.report import Voice

    silent = as_json or quiet
    bar = sys.stderr.isatty() and not silent
    return Voice(_printer(not silent), _printer(not as_json), _draw if bar else _printer(False))


def _printer(speaks: bool) -> Callable[[str], None]:
    return (lambda line: click.echo(line, err=True)) if speaks else (lambda _: None)


def _draw(line: str) -> None:
    """Draw the line over the one before; an empty line wipes it."""
    click.echo(f"\r\x1b[K{line}", nl=False, err=True)


def _echo_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))


def _epoch_date() -> str:
    """Return the date of SOURCE_DATE_EPOCH, if it is set (reproducible-builds.org)."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return ""
    try:
        if not (epoch.isascii() and epoch.isdigit()):
            raise ValueError(epoch)
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(f"SOURCE_DATE_EPOCH is {epoch!r}, and must be seconds since 1970") from None


@cli.command(context_settings=_HELP)
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The book's title.")
def new(target: Path, title: str) -> None:
    """Make a small working book in a new folder."""
    from mathbook.authoring.new import create

    try:
        create(target, title or target.name.replace("-", " ").capitalize())
    except FileExistsError:
        raise click.UsageError(f"{target} is there and not empty; nothing was written") from None
    click.echo(f"{target} holds a book of two examples. Build it:\n\n  cd {target}\n  mathbook build")


@cli.command(context_settings=_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print the diagnostics as JSON.")
@click.pass_obj
def check(folder: Path, as_json: bool) -> None:
    """Tell everything that can be known without building."""
    from mathbook.authoring.check.run import run_checks
    from mathbook.project import find_project

    collector = Collector()
    units = run_checks(find_project(folder), collector)
    if as_json:
        _echo_json([diagnostic.as_record() for diagnostic in collector.diagnostics])
    else:
        _print_diagnostics(tuple(sorted(collector.diagnostics, key=lambda diagnostic: diagnostic.span)))
    if collector.has_errors:
        raise click.exceptions.Exit(PROBLEMS)
    if not as_json:
        click.echo(f"{units} units, nothing wrong" if not collector.diagnostics else f"{units} units, no errors")


@cli.command(context_settings=_HELP)
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


_DECK = click.Path(exists=True, dir_okay=False, path_type=Path)


@cli.command(context_settings=_HELP)
@click.argument("deck", type=_DECK)
@click.option("--apply", "applies", is_flag=True, help="Write the patch; without it nothing is changed.")
@click.option("--base", type=_DECK, help="The deck as it was built, for one that lost its record.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def pull(folder: Path, deck: Path, applies: bool, base: Path | None, as_json: bool) -> None:
    """Bring what somebody edited in a deck home into the manuscript."""
    from mathbook.project import find_project
    from mathbook.talk.pull import apply
    from mathbook.talk.pull import pull as pull_home
    from mathbook.talk.report import pull_lines, pull_record

    project = find_project(folder)
    pulled = pull_home(project, deck, base)
    if as_json:
        _echo_json(pull_record(pulled))
    else:
        for line in pull_lines(pulled, applied=applies):
            click.echo(line)
    if applies:
        apply(project, pulled)
    if any(told.conflict for told in pulled.left):
        raise click.exceptions.Exit(PROBLEMS)


@cli.command(context_settings=_HELP)
@click.argument("deck", type=_DECK)
@click.option("--out", type=click.Path(path_type=Path), help="The file to write, in place of DECK-updated.pptx.")
@click.option("--in-place", is_flag=True, help="Write into the deck itself; a copy stays beside it.")
@click.option("--base", type=_DECK, help="The deck as it was built, for one that lost its record.")
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON.")
@click.pass_obj
def update(folder: Path, deck: Path, out: Path | None, in_place: bool, base: Path | None, as_json: bool) -> None:
    """Bring what is new in the manuscript into a deck that a speaker edited."""
    from mathbook.project import find_project
    from mathbook.talk.report import update_lines, update_record
    from mathbook.talk.save import save, save_in_place
    from mathbook.talk.update import update as bring_up_to_date

    if out and in_place:
        raise click.UsageError("--out names another file, --in-place the deck itself: one of them")
    target = out or deck.with_name(f"{deck.stem}-updated.pptx")
    if target.exists() and not in_place:
        raise click.UsageError(f"{target} is there; nothing was written. Name another file with --out")
    updated = bring_up_to_date(find_project(folder), deck, base)
    changed = bool(updated.news or updated.conflicts)
    written = (save_in_place(updated.data, deck) if in_place else save(updated.data, target)) if changed else ""
    if as_json:
        _echo_json(update_record(updated, written))
    else:
        for line in update_lines(updated):
            click.echo(line)
        click.echo(written or "nothing is new; nothing was written")
    if updated.conflicts:
        raise click.exceptions.Exit(PROBLEMS)


@cli.command(context_settings=_HELP)
def doctor() -> None:
    """Tell what is installed, what is missing, and how to get it."""
    from mathbook.authoring.doctor import examine

    findings = examine()
    for finding in findings:
        click.echo(f"{'ok     ' if finding.there else 'missing'}  {finding.name:<22} {finding.what}")
        if not finding.there:
            click.echo(f"         {finding.remedy}")
    if any(finding.needed and not finding.there for finding in findings):
        raise click.exceptions.Exit(ENVIRONMENT)


@cli.command(context_settings=_HELP)
@click.pass_obj
def themes(folder: Path) -> None:
    """List the themes."""
    from mathbook.theme.load import available_themes, shipped_themes

    for name, place in available_themes(folder / "themes"):
        click.echo(f"{name:<16} {'shipped' if place.is_relative_to(shipped_themes()) else place}")


@cli.command(context_settings=_HELP)
@click.argument("name", type=click.Choice(["book", "front-matter", "seed", "theme"]))
def schema(name: str) -> None:
    """Print the JSON Schema of book.yaml, an example's front matter, a seed record or a theme.yaml."""
    from mathbook.source.forms import schemas
    from mathbook.theme.tokens import ThemeFile

    _echo_json({**schemas(), "theme": ThemeFile.model_json_schema()}[name])


@cli.command(context_settings=_HELP)
@click.pass_obj
def clean(folder: Path) -> None:
    """Remove the cache. Finished files stay."""
    import shutil

    from mathbook.build.publish import only_one
    from mathbook.project import find_project

    cache = find_project(folder).cache
    with only_one(cache.parent):  # a build that is running needs it to its end
        shutil.rmtree(cache, ignore_errors=True)
    click.echo(f"removed {cache}")

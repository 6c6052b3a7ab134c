"""Commands that build: build, watch, preview."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mathbook.cli.printing import ENVIRONMENT, HELP, echo_json, print_diagnostics, voice
from mathbook.diagnostics import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    from mathbook.build.make import Request
    from mathbook.build.watch import Round
    from mathbook.project import Project


@click.command(context_settings=HELP)
@click.argument("names", nargs=-1, metavar="[FORMAT|FILE]...")
@click.option("--theme", default="", help="A theme's name, in place of book.yaml's.")
@click.option("--audience", type=click.Choice(["student", "instructor"]), multiple=True, help="Only for these.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores")
@click.option("--executor", "url", default="", help="A Dask scheduler that has units compiled: tcp://HOST:PORT.")
@click.option("--out", type=click.Path(path_type=Path), help="The folder for finished files, in place of dist/.")
@click.option("--no-verify", is_flag=True, help="Publish without proof that all files say what the manuscript says.")
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing but problems.")
@click.pass_obj
def build(
    folder: Path,
    names: tuple[str, ...],
    theme: str,
    audience: tuple[Any, ...],
    jobs: int,
    url: str,
    out: Path | None,
    no_verify: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Build all formats, or those named (pdf, epub, deck, slides-handout). What isn't in sync is not published.

    Files may be named, too, as they are called in dist/ (deck.pptx, handouts/03-quant-instructor.pdf): only these are
    made, or only these beside the formats, and all others stay as they are.
    """
    from mathbook.build.make import make
    from mathbook.build.report import report
    from mathbook.project import find_project

    try:
        project = find_project(folder)
        request = _request(names, audience, project, out)
        with _executor(url) as executor:
            asked = replace(request, theme=theme, workers=jobs, verify=not no_verify, executor=executor)
            events = report(make(project, asked), voice(as_json, quiet))
    except Stop as stop:
        if as_json:
            echo_json({"ok": False, "diagnostics": [diagnostic.as_record() for diagnostic in stop.diagnostics]})
        raise
    if as_json:
        from mathbook.build.events import as_record

        echo_json({"ok": True, "events": [as_record(event) for event in events]})


@click.command(context_settings=HELP)
@click.argument("names", nargs=-1, metavar="[FORMAT|FILE]...")
@click.option("--theme", default="", help="A theme's name, in place of book.yaml's.")
@click.option("--audience", type=click.Choice(["student", "instructor"]), multiple=True, help="Only for these.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores")
@click.pass_obj
def watch(folder: Path, names: tuple[str, ...], theme: str, audience: tuple[Any, ...], jobs: int) -> None:
    """Build the book, or the formats and files named, and again whenever a file of it is saved. Ctrl-C ends it."""
    from mathbook.build.watch import looked, rounds
    from mathbook.project import find_project

    project = find_project(folder)
    request = replace(_request(names, audience, project), theme=theme, workers=jobs)
    with contextlib.suppress(KeyboardInterrupt):
        for one in rounds(project, request, lambda: looked(project)):
            _say_round(one)
    click.echo("\nended", err=True)


@click.command(context_settings=HELP)
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0: any that is free.")
@click.option("--theme", default="", help="A theme's name, in place of book.yaml's.")
@click.option("-j", "--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="cores")
@click.pass_obj
def preview(folder: Path, port: int, theme: str, jobs: int) -> None:
    """Watch, with a live page beside it: handout, e-book and slides side by side. Ctrl-C ends it."""
    from threading import Thread

    from mathbook.build.make import Request
    from mathbook.build.watch import looked, rounds
    from mathbook.preview.drawings import Drawings
    from mathbook.preview.server import HOST, Live, port_of, serve
    from mathbook.project import find_project

    project = find_project(folder)
    live = Live(project.dist, Drawings(project.cache.parent / "preview"))
    try:
        server = serve(live, port)
    except OSError as error:
        raise click.UsageError(f"port {port}: {error.strerror}; take another with --port") from None
    Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"http://{HOST}:{port_of(server)}/", err=True)
    request = Request(theme=theme, workers=jobs, date=epoch_date())
    with contextlib.suppress(KeyboardInterrupt):
        for one in rounds(project, request, lambda: looked(project)):
            live.built(_say_round(one))
    click.echo("\nended", err=True)


def _say_round(one: Round) -> tuple[str, ...]:
    """Go through a build in the watch and return what was wrong: it is told, and the watch goes on."""
    from time import monotonic

    from mathbook.build.report import report

    began = monotonic()
    if one.changed:
        click.echo("\n" + ", ".join(one.changed[:5]) + (" …" if len(one.changed) > 5 else ""), err=True)
    try:
        report(one.events, voice(False, False))
    except Stop as stop:
        print_diagnostics(stop.diagnostics)
        return tuple(str(diagnostic) for diagnostic in stop.diagnostics)
    click.echo(f"in sync, {monotonic() - began:.1f} s", err=True)
    return ()


@contextlib.contextmanager
def _executor(url: str) -> Iterator[Executor | None]:
    """Give the executor at the URL; none if none was asked for."""
    from mathbook.build.cluster import SCHEMES, NoExecutor, executor_at, is_address

    if not url:
        yield None
        return
    if not is_address(url):
        schemes = ", ".join(SCHEMES)
        raise click.UsageError(f"--executor {url}: not a scheduler's address, as tcp://HOST:PORT (or {schemes})")
    with contextlib.ExitStack() as held:
        try:
            executor = held.enter_context(executor_at(url))
        except NoExecutor as error:
            click.echo(f"error[environment]: {error}", err=True)
            raise click.exceptions.Exit(ENVIRONMENT) from None
        yield executor


def _request(names: tuple[str, ...], audiences: tuple[Any, ...], project: Project, out: Path | None = None) -> Request:
    """Return the request of the formats, and of the finished files, that are named."""
    from mathbook.build.asked import may_be_file, named
    from mathbook.build.make import Request
    from mathbook.build.outputs import audience_of

    formats, files = named(names, (*((out,) if out else ()), project.dist))
    wrong = [_no_format(name) for name in files if not may_be_file(name)]
    wrong += [
        f"{name} is for {audience_of(name)}s, whom --audience leaves out"
        for name in files
        if audiences and may_be_file(name) and audience_of(name) not in audiences
    ]
    if wrong:
        raise click.UsageError("\n".join(wrong))
    return Request(formats, audiences, out=out, date=epoch_date(), files=files)


def _no_format(name: str) -> str:
    from mathbook.diagnostics import did_you_mean
    from mathbook.formats import formats

    return f"there is no format {name!r}; {did_you_mean(name, formats(), 'there are: ' + ', '.join(formats()))}"


def epoch_date() -> str:
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

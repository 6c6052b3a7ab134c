"""What commands print, and how: words for people on the terminal, JSON for machines."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from mathbook.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from mathbook.build.report import Voice

PROBLEMS, USAGE, ENVIRONMENT, INTERRUPTED, TERMINATED = 1, 2, 3, 130, 143
"""Exit codes; 0 is done."""

HELP = {"help_option_names": ["-h", "--help"]}


def print_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> None:
    """Print a line a diagnostic, and how many there are."""
    for diagnostic in diagnostics:
        colour = "red" if diagnostic.severity is Severity.ERROR else "yellow"
        click.secho(str(diagnostic), fg=None if "NO_COLOR" in os.environ else colour, err=True)
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    if errors:
        click.echo(f"{errors} error{'s' if errors > 1 else ''}; nothing was changed", err=True)


def voice(as_json: bool, quiet: bool) -> Voice:
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


def echo_json(value: object) -> None:
    """Print a JSON-ready value."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1))

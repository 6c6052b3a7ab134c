"""The command `mathbook` itself: what goes wrong is a line for a person and an exit code, never a traceback."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
from pathlib import Path
from typing import NoReturn

import click

from mathbook import __version__
from mathbook.cli.printing import ENVIRONMENT, HELP, INTERRUPTED, PROBLEMS, TERMINATED, USAGE, print_diagnostics
from mathbook.diagnostics import Code, Stop

MORE_OBJECTS = 50_000
"""How many objects are made before garbage is looked for: a book is trees, which hold none, and looking takes a tenth
of a build's time.
"""


@click.group(context_settings=HELP)
@click.version_option(__version__, "-V", "--version")
@click.option("-C", "--project", "folder", type=click.Path(path_type=Path), default=Path(), help="The book's folder.")
@click.pass_context
def cli(context: click.Context, folder: Path) -> None:
    """One Markdown manuscript, three formats in sync: PDF handouts, EPUB, PowerPoint decks."""
    context.obj = folder


def main() -> NoReturn:
    """Run the command line; what goes wrong is a line for a person and an exit code, never a traceback."""
    gc.set_threshold(MORE_OBJECTS)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))  # so that what was begun is cleared away
    try:
        code = cli(standalone_mode=False)  # click returns what Exit carries
    except Stop as stop:
        print_diagnostics(stop.diagnostics)
        sys.exit(USAGE if any(one.code is Code.FILE_UNKNOWN for one in stop.diagnostics) else PROBLEMS)
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
    _end(code if isinstance(code, int) else 0)


def _end(code: int) -> NoReturn:
    """End the process at once: to take apart what it holds of a long book takes a tenth of a build's time."""
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)

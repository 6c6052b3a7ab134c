"""Commands for decks that people edited: pull and update."""

from __future__ import annotations

from pathlib import Path

import click

from mathbook.cli.printing import HELP, PROBLEMS, echo_json

_DECK = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(context_settings=HELP)
@click.argument("deck", type=_DECK)
@click.option("--apply", "applies", is_flag=True, help="Write the patch; without it nothing is changed.")
@click.option("--base", type=_DECK, help="The deck as it was built, for one that lost its record.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
@click.pass_obj
def pull(folder: Path, deck: Path, applies: bool, base: Path | None, as_json: bool) -> None:
    """Bring what somebody edited in a deck home into the manuscript."""
    from mathbook.project import find_project
    from mathbook.talk.pull import pull_home
    from mathbook.talk.report import pull_lines, pull_record

    pulled = pull_home(find_project(folder), deck, base, applies=applies)
    if as_json:
        echo_json(pull_record(pulled))
    else:
        click.echo("\n".join(pull_lines(pulled, applied=applies)))
    if any(told.conflict for told in pulled.left):
        raise click.exceptions.Exit(PROBLEMS)


@click.command(context_settings=HELP)
@click.argument("deck", type=_DECK)
@click.option("--out", type=click.Path(path_type=Path), help="The file to write, in place of DECK-updated.pptx.")
@click.option("--in-place", is_flag=True, help="Write into the deck itself; a copy stays beside it.")
@click.option("--base", type=_DECK, help="The deck as it was built, for one that lost its record.")
@click.option("--json", "as_json", is_flag=True, help="Print what happened as JSON.")
@click.pass_obj
def update(folder: Path, deck: Path, out: Path | None, in_place: bool, base: Path | None, as_json: bool) -> None:
    """Bring what is new in the manuscript into a deck that a speaker edited."""
    from mathbook.cli.building import epoch_date
    from mathbook.project import find_project
    from mathbook.talk.report import update_lines, update_record
    from mathbook.talk.save import Refused, save_updated
    from mathbook.talk.update import update as updated_deck

    try:
        updated, written = save_updated(
            lambda: updated_deck(find_project(folder), deck, base, epoch_date()), deck, out, in_place=in_place
        )
    except Refused as refused:
        raise click.UsageError(str(refused)) from None
    if as_json:
        echo_json(update_record(updated, written))
    else:
        click.echo("\n".join(update_lines(updated, written)))
    if updated.conflicts:
        raise click.exceptions.Exit(PROBLEMS)

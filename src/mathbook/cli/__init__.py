"""The command line: parse, call, print. The only room that prints; everything heavy is imported when it is used."""

from mathbook.cli import authoring, building, machine, proving, talks
from mathbook.cli.group import cli, main

for command in (
    *(building.build, building.watch, building.preview),
    *(authoring.new, authoring.add, authoring.import_),
    *(authoring.check, authoring.changes, authoring.dump, authoring.schema),
    proving.verify,
    *(talks.pull, talks.update),
    *(machine.doctor, machine.themes, machine.clean),
):
    cli.add_command(command)

__all__ = ["cli", "main"]

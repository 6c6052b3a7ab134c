"""Commands about the machine and what lies on it: doctor, themes, clean."""

from __future__ import annotations

from pathlib import Path

import click

from mathbook.cli.printing import ENVIRONMENT, HELP


@click.command(context_settings=HELP)
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


@click.command(context_settings=HELP)
@click.pass_obj
def themes(folder: Path) -> None:
    """List the themes."""
    from mathbook.theme.load import available_themes, shipped_themes

    for name, place in available_themes(folder / "themes"):
        click.echo(f"{name:<16} {'shipped' if place.is_relative_to(shipped_themes()) else place}")


@click.command(context_settings=HELP)
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

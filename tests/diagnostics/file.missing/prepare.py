"""A link that leads nowhere."""

from pathlib import Path


def prepare(project: Path) -> None:
    (project / "manuscript/examples/02-gone.md").symlink_to("gone.md")

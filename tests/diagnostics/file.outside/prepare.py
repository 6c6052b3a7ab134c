"""A link and a pipe, which not every system keeps in a repository."""

import os
from pathlib import Path


def prepare(project: Path) -> None:
    outside = project.with_name("secret.md")
    outside.write_text("# Not yours\n", "utf-8")
    (project / "manuscript/examples/02-link.md").symlink_to(outside)
    (project / "manuscript/examples/03-loop.md").symlink_to("03-loop.md")
    os.mkfifo(project / "manuscript/examples/04-pipe.md")

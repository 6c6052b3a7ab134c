"""A manuscript that somebody else saves between reading and writing."""

from pathlib import Path

from mathbook.diagnostics import Collector
from mathbook.project import Project
from mathbook.talk.patch import write_all


def tell(project: Path, collector: Collector) -> None:
    name = "manuscript/examples/01-first.md"
    write_all(Project(project), {name: "what was read"}, {name: "what would be written"})

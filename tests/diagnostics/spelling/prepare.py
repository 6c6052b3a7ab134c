"""Words are looked up only on request."""

from pathlib import Path

from mathbook.authoring.check.run import run_checks
from mathbook.diagnostics import Collector
from mathbook.project import Project


def tell(project: Path, collector: Collector) -> None:
    run_checks(Project(project), collector, spell=True)

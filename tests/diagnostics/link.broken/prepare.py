"""Addresses are asked for only on request: here one of this machine, at a port where nobody listens."""

from pathlib import Path

from mathbook.authoring.check.run import run_checks
from mathbook.diagnostics import Collector
from mathbook.project import Project


def tell(project: Path, collector: Collector) -> None:
    run_checks(Project(project), collector, links=True)

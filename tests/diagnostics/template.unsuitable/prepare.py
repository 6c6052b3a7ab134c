"""A template that is no PowerPoint file: the deck's compiler says so."""

from pathlib import Path

from mathbook.build.events import Told
from mathbook.build.make import Request, make
from mathbook.diagnostics import Collector
from mathbook.project import Project


def prepare(project: Path) -> None:
    (project / "manuscript/university.pptx").write_bytes(b"%PDF-1.7 not what its name says")


def tell(project: Path, collector: Collector) -> None:
    for event in make(Project(project), Request(("deck",), ("student",))):
        if isinstance(event, Told):
            collector.add(event.diagnostic)

"""A template without layouts that a deck uses: what stands in for them is told."""

from pathlib import Path

from pptx import Presentation

from mathbook.build.events import Told
from mathbook.build.make import Request, make
from mathbook.diagnostics import Collector
from mathbook.project import Project


def prepare(project: Path) -> None:
    deck = Presentation()
    for name in ("Title Slide", "Section Header", "Two Content"):
        deck.slide_layouts.remove(deck.slide_layouts.get_by_name(name))
    deck.save(str(project / "manuscript/university.pptx"))


def tell(project: Path, collector: Collector) -> None:
    for event in make(Project(project), Request(("deck",), ("student",))):
        if isinstance(event, Told):
            collector.add(event.diagnostic)

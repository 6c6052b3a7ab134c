"""A deck that was made of another book, and one that mathbook did not make."""

from pathlib import Path

from pptx import Presentation

from mathbook.build.make import Request, make
from mathbook.diagnostics import Collector, Stop
from mathbook.project import Project
from mathbook.talk.pull import pull


def tell(project: Path, collector: Collector) -> None:
    list(make(Project(project), Request(formats=("deck",), audiences=("student",))))
    book = project / "manuscript/book.yaml"
    book.write_text(book.read_text("utf-8").replace("A book", "Another book"), "utf-8")
    Presentation().save(str(project / "own.pptx"))
    for deck in (project / "dist/deck.pptx", project / "own.pptx"):
        try:
            pull(Project(project), deck)
        except Stop as stop:
            collector.diagnostics.extend(stop.diagnostics)

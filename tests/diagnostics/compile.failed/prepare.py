"""A format whose compiler breaks down: one unit fails, and it is said which."""

from pathlib import Path

from mathbook.build.executor import compile_all
from mathbook.build.jobs import Job
from mathbook.diagnostics import Collector
from mathbook.document.edition import Options
from mathbook.edition.resolve import resolve
from mathbook.formats import FormatRow
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme


class Broken(FormatRow):
    """A format with one door, which doesn't open."""

    def door(self, name: str) -> object:
        def compile_unit(*_: object) -> None:
            raise ZeroDivisionError("a font of no size")

        return compile_unit


def tell(project: Path, collector: Collector) -> None:
    book = read_book(Project(project), collector)
    theme = load_theme("lecture", None, collector)
    assert book and theme
    edition = resolve(book, "student", collector)
    options = Options("student", edition.meta)
    jobs = [Job("key", unit, options, Broken("pdf", "broken", "book.pdf")) for unit in edition.units]
    for result in compile_all(jobs, theme, workers=1):
        for diagnostic in result.diagnostics:
            collector.add(diagnostic)

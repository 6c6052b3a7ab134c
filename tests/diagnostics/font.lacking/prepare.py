"""Letters for private use: no font has them, so boxes stand in their place, and the author hears of it."""

from pathlib import Path

from mathbook.diagnostics import Collector
from mathbook.document.edition import Options
from mathbook.edition.resolve import resolve
from mathbook.pdf.compile import compile
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme


def tell(project: Path, collector: Collector) -> None:
    book = read_book(Project(project), collector)
    theme = load_theme("lecture", project / "themes", collector)
    assert book and theme
    edition = resolve(book, "student", collector)
    for unit in edition.units:
        for diagnostic in compile(unit, theme, Options("student", edition.meta)).diagnostics:
            collector.add(diagnostic)

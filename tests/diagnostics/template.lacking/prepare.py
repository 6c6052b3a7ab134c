"""A template without layouts that a deck uses: what stands in for them is told."""

from pathlib import Path

from pptx import Presentation

from mathbook.deck.compile import compile
from mathbook.diagnostics import Collector
from mathbook.document.edition import Options
from mathbook.edition.resolve import resolve
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme


def prepare(project: Path) -> None:
    deck = Presentation()
    for name in ("Title Slide", "Section Header", "Two Content"):
        deck.slide_layouts.remove(deck.slide_layouts.get_by_name(name))
    deck.save(str(project / "manuscript/university.pptx"))


def tell(project: Path, collector: Collector) -> None:
    book = read_book(Project(project), collector)
    theme = load_theme("lecture", None, collector)
    assert book and theme
    edition = resolve(book, "student", collector)
    for unit in edition.units:
        for diagnostic in compile(unit, theme, Options("student", edition.meta)).diagnostics:
            collector.add(diagnostic)

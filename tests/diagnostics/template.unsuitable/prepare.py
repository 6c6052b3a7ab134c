"""A template that is no PowerPoint file: the deck's compiler says so."""

from pathlib import Path

from mathbook.deck.compile import compile
from mathbook.diagnostics import Collector
from mathbook.document.edition import Options
from mathbook.edition.resolve import resolve
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme


def prepare(project: Path) -> None:
    (project / "manuscript/university.pptx").write_bytes(b"%PDF-1.7 not what its name says")


def tell(project: Path, collector: Collector) -> None:
    book = read_book(Project(project), collector)
    theme = load_theme("lecture", None, collector)
    assert book and theme
    edition = resolve(book, "student", collector)
    for unit in edition.units:
        for diagnostic in compile(unit, theme, Options("student", edition.meta)).diagnostics:
            collector.add(diagnostic)

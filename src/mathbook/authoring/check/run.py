"""All checks."""

from __future__ import annotations

from mathbook.authoring.check.formulas import check_formulas
from mathbook.authoring.check.headings import check_headings
from mathbook.authoring.check.seeds import check_seeds
from mathbook.diagnostics import Collector
from mathbook.edition.resolve import resolve
from mathbook.project import Project
from mathbook.source.editions import read_editions
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme


def run_checks(project: Project, collector: Collector) -> int:
    """Tell the collector everything that can be known without building; return how many units were looked at."""
    book = read_book(project, collector)
    if book is None:
        return 0
    load_theme(book.meta.theme, project.themes, collector)
    for audience in book.meta.audiences:
        resolve(book, audience, collector)
    check_headings(book, collector)
    check_formulas(book, collector)
    kept = read_editions(project, Collector())  # the book's reading told what is wrong with them
    check_seeds(book, kept[-1] if kept else None, collector)
    return len(book.units)

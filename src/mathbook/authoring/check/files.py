"""The files that book.yaml names are there."""

from __future__ import annotations

from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.book import Book
from mathbook.project import Project, locate


def check_files(book: Book, project: Project, collector: Collector) -> None:
    """Tell of each bibliography and template that is not there or lies outside of the project."""
    span = Span(project.name_of(project.book_file))
    named = [("bibliography", written, project.manuscript) for written in book.meta.bibliography]
    if book.meta.deck.template:
        named.append(("deck.template", book.meta.deck.template, project.root))
    for key, written, base in named:
        path, reason = locate(project, written, base)
        if path is None:
            collector.error(Code.FILE_OUTSIDE, span, f"{key}: {reason}", "it must lie in the project")
        elif not path.exists():
            place = project.name_of(base.resolve())
            collector.error(Code.FILE_MISSING, span, f"{key}: there is no file {written!r} in {place}/")

"""The files that book.yaml names are there."""

from __future__ import annotations

from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.book import Book
from mathbook.project import Project, locate


def check_files(book: Book, project: Project, collector: Collector) -> None:
    """Tell of each bibliography that is not there or lies outside of the project."""
    span = Span(project.name_of(project.book_file))
    for written in book.meta.bibliography:
        path, reason = locate(project, written, project.manuscript)
        if path is None:
            collector.error(Code.FILE_OUTSIDE, span, f"bibliography: {reason}", "it must lie in the project")
        elif not path.exists():
            place = project.name_of(project.manuscript)
            collector.error(Code.FILE_MISSING, span, f"bibliography: there is no file {written!r} in {place}/")

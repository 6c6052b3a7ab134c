"""A theme whose CSS has a property that nobody knows: the layout engine complains, and the author hears of it."""

import shutil
from pathlib import Path

from mathbook.diagnostics import Collector
from mathbook.document.edition import Options
from mathbook.edition.resolve import resolve
from mathbook.pdf.compile import compile
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme, shipped_themes


def tell(project: Path, collector: Collector) -> None:
    loud = project / "themes/loud"
    shutil.copytree(shipped_themes() / "lecture", loud)
    (loud / "print.css").write_text("p { wobble: 3 }\n", "utf-8")
    book = read_book(Project(project), collector)
    theme = load_theme("loud", project / "themes", collector)
    assert book and theme
    edition = resolve(book, "student", collector)
    for unit in edition.units:
        for diagnostic in compile(unit, theme, Options("student", edition.meta)).diagnostics:
            collector.add(diagnostic)

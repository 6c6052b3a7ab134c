"""Joining costs little room: the book is hardly larger than what one run of the layout engine would make of it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from mathbook.diagnostics import Collector
from mathbook.document.edition import Options
from mathbook.edition.resolve import resolve
from mathbook.pdf.compile import compile
from mathbook.pdf.link import link
from mathbook.project import find_project
from mathbook.source.read import read_book
from mathbook.theme.load import load_theme

ROOT = Path(__file__).parents[3]


def test_the_book_is_at_most_15_percent_larger_than_one_run_over_everything(tmp_path: Path):
    spec = importlib.util.spec_from_file_location("benchmark_of_the_pdf", ROOT / "benchmarks" / "pdf.py")
    assert spec and spec.loader
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    benchmark.weasyprint(ROOT, tmp_path / "one.pdf")

    collector = Collector()
    book, theme = read_book(find_project(ROOT), collector), load_theme("lecture", None, collector)
    assert book and theme
    edition = resolve(book, "student", collector)
    fragments = [compile(unit, theme, Options("student", edition.meta)) for unit in edition.units]
    link(edition, fragments, theme, tmp_path / "book.pdf")
    one, joined = (file.stat().st_size for file in (tmp_path / "one.pdf", tmp_path / "book.pdf"))
    # though the book has a title page, contents, running heads and a font for its formulas, too
    assert one < joined < 1.15 * one, (one, joined)

"""Asks for files that a book of one example doesn't have."""

from __future__ import annotations

from pathlib import Path

from mathbook.build.make import Request, make
from mathbook.diagnostics import Collector
from mathbook.project import find_project


def tell(root: Path, collector: Collector) -> None:
    files = ("decks/2-second.pptx", "deck/01-first.pptx", "dekc.pptx", "handouts/01-fisrt.pdf")
    list(make(find_project(root), Request(files=files)))

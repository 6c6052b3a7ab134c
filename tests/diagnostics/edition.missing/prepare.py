"""Asks what is new, where no edition was kept."""

from __future__ import annotations

from pathlib import Path

from mathbook.authoring.changes import changes_since
from mathbook.diagnostics import Collector
from mathbook.project import find_project


def tell(root: Path, collector: Collector) -> None:
    changes_since(find_project(root), "")

"""Every code has a folder: a book with its fault, and what is told of it.

`pytest tests/diagnostics --update` writes each expected.txt anew; read the difference before you keep it.
"""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import Any

import pytest

from mathbook.authoring.check.run import run_checks
from mathbook.diagnostics import Code, Collector, Stop
from mathbook.project import find_project

HERE = Path(__file__).parent
FOLDERS = sorted(folder for folder in HERE.iterdir() if (folder / "in.md").is_file() or (folder / "project").is_dir())


def project_of(folder: Path, place: Path) -> Path:
    """Return a copy of the folder's project; an in.md becomes the only example of a small book."""
    root = place / "project"
    if (folder / "project").is_dir():
        shutil.copytree(folder / "project", root)
    else:
        (root / "manuscript/examples").mkdir(parents=True)
        (root / "manuscript/book.yaml").write_text("title: A book\n", "utf-8")
        shutil.copy(folder / "in.md", root / "manuscript/examples/01-first.md")
    if "prepare" in (script := script_of(folder)):
        script["prepare"](root)
    return root


def script_of(folder: Path) -> dict[str, Any]:
    """Return what the folder's prepare.py defines: `prepare(project)` makes what a repository can't hold,
    `tell(project, collector)` goes further down the line than a check.
    """
    script = folder / "prepare.py"
    return runpy.run_path(str(script)) if script.is_file() else {}


def told(folder: Path, place: Path) -> str:
    """Return what the folder's project is told, one line a diagnostic, in order of place."""
    root = project_of(folder, place)
    collector = Collector()
    try:
        if "tell" in (script := script_of(folder)):
            script["tell"](root, collector)
        else:
            run_checks(find_project(root), collector)
    except Stop as stop:
        collector.diagnostics.extend(stop.diagnostics)
    lines = [str(diagnostic) for diagnostic in sorted(collector.diagnostics, key=lambda one: (one.span, one.message))]
    return "\n".join(lines).replace(str(root), "PROJECT") + "\n"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_fault_is_told_at_its_place(folder: Path, tmp_path: Path, update: bool) -> None:
    lines, expected = told(folder, tmp_path), folder / "expected.txt"
    if update:
        expected.write_text(lines, "utf-8")
    assert lines == expected.read_text("utf-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_shows_the_code_that_it_is_named_after(folder: Path) -> None:
    assert f"[{folder.name}]: " in (folder / "expected.txt").read_text("utf-8")


def test_no_code_is_without_a_folder() -> None:
    assert {folder.name for folder in FOLDERS} == {code.value for code in Code}


def test_the_documentation_lists_each_code_with_its_meaning() -> None:
    rows = (HERE.parents[1] / "docs/diagnostics.md").read_text("utf-8").splitlines()
    wanted = [f"| [`{code.value}`](../tests/diagnostics/{code.value}/expected.txt) | {code.meaning} |" for code in Code]
    assert [row for row in rows if row.startswith("| [")] == wanted

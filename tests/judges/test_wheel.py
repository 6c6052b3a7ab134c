"""The wheel alone is enough: installed away from the repository, it makes a book and builds it, offline."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PIP = ("-m", "pip", "--disable-pip-version-check")


def run(*command: str | Path, cwd: Path) -> str:
    """Return what the command prints; it may see nothing of this process's Python path."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=surroundings, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder))
    run(sys.executable, *PIP, "wheel", *options, str(ROOT), cwd=folder)
    (wheel,) = folder.glob("mathbook-*.whl")
    return wheel


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment that holds the wheel, and sees the libraries that were installed for these tests.

    They come last on its path and without their .pth files, so that the source tree can't be seen.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    run(python, *PIP, "install", "--quiet", "--no-deps", "--no-index", str(wheel), cwd=folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return python


def test_the_wheel_carries_themes_and_templates_and_nothing_else_of_the_repository(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"mathbook/themes/lecture/theme.yaml", "mathbook/authoring/template/manuscript/book.yaml"} <= set(names)
    assert {name.split("/")[0].split("-")[0] for name in names} == {"mathbook"}


def test_what_is_imported_is_the_wheel(python: Path, tmp_path: Path) -> None:
    where = run(python, "-c", "import mathbook; print(mathbook.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(python.parents[1])


def test_a_new_book_is_made_and_built_outside_the_repository(python: Path, tmp_path: Path) -> None:
    run(python.with_name("mathbook"), "new", "demo", cwd=tmp_path)
    run(python.with_name("mathbook"), "build", "--quiet", cwd=tmp_path / "demo")
    made = {path.name for path in (tmp_path / "demo/dist").rglob("*") if path.is_file()}
    assert made >= {"book.pdf", "book.epub", "deck.pptx", "01-odd-numbers.pdf", "01-odd-numbers.pptx", "index.html"}

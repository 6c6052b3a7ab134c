"""The command line: exit codes, words for people, JSON for machines, and nothing heavy before it is needed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mathbook.authoring.new import create

HEAVY = ("weasyprint", "pptx", "lxml", "markdown", "pydantic", "mathra", "pikepdf", "fontTools", "jinja2")


def run(*words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mathbook", *words]
    env = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=env)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    create(tmp_path / "book", "A Book")
    return tmp_path / "book"


def test_help_imports_nothing_heavy():
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom mathbook.cli import cli\n"
        "result = CliRunner().invoke(cli, ['--help'])\nassert result.exit_code == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_book_is_made_checked_and_built(tmp_path: Path):
    assert run("new", "--no-build", "demo", cwd=tmp_path).returncode == 0
    assert run("check", cwd=tmp_path / "demo").stdout.strip().endswith("nothing wrong")
    assert run("build", "epub", cwd=tmp_path / "demo").returncode == 0
    assert (tmp_path / "demo" / "dist" / "book.epub").is_file()


def test_new_writes_nothing_where_something_is(book: Path):
    done = run("new", str(book))
    assert done.returncode == 2
    assert "nothing was written" in done.stderr


def test_there_is_no_project_here(tmp_path: Path):
    done = run("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "error[project.none]" in done.stderr


def test_an_unknown_format_is_wrong_usage_with_a_hint(book: Path):
    done = run("build", "pfd", cwd=book)
    assert done.returncode == 2
    assert "did you mean pdf?" in done.stderr


def test_all_names_that_are_no_formats_are_told_at_once(book: Path):
    done = run("build", "pfd", "slides", "deck.pptx", cwd=book)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-2:] == [
        "Error: there is no format 'pfd'; did you mean pdf?",
        "there is no format 'slides'; there are: pdf, epub, deck, slides-handout",
    ]


def test_a_file_for_others_than_the_audience_is_wrong_usage(book: Path):
    done = run("build", "epub", "deck.pptx", "dist/deck-instructor.pptx", "--audience", "student", cwd=book)
    assert done.returncode == 2
    assert done.stderr.endswith("Error: deck-instructor.pptx is for instructors, whom --audience leaves out\n")
    assert not (book / "dist").exists()


def test_an_unknown_file_is_wrong_usage_and_a_diagnostic(book: Path):
    done = run("build", "book.pfd", "--json", cwd=book)
    assert done.returncode == 2
    told = json.loads(done.stdout)
    assert (told["ok"], [one["code"] for one in told["diagnostics"]]) == (False, ["file.unknown"])
    assert told["diagnostics"][0]["hint"] == "did you mean book.pdf?"


def test_a_file_is_named_by_its_path_in_another_folder_for_finished_files(book: Path, tmp_path: Path):
    done = run("-C", str(book), "build", "away/book.epub", "--audience", "student", "--out", "away", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "away").iterdir()} == {"book.epub", "index.html", "ledger.json"}


def test_a_bad_source_date_epoch_is_wrong_usage(book: Path):
    done = run("build", "epub", cwd=book, SOURCE_DATE_EPOCH="yesterday")
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


def test_source_date_epoch_dates_the_edition(book: Path):
    assert run("build", "epub", cwd=book, SOURCE_DATE_EPOCH="86400").returncode == 0
    assert json.loads((book / "dist" / "ledger.json").read_text())["date"] == "1970-01-02"


def test_quiet_says_nothing_when_all_is_well(book: Path):
    done = run("build", "epub", "--quiet", cwd=book)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.parametrize("what", ["tree", "slides", "passages"])
def test_the_middle_of_the_pipeline_can_be_printed(book: Path, what: str):
    done = run("dump", what, cwd=book)
    assert done.returncode == 0
    assert "Lay one stone." in done.stdout


def test_a_student_s_dump_has_no_solution(book: Path):
    assert "10{,}000" not in run("dump", "tree", cwd=book).stdout
    assert "10{,}000" in run("dump", "tree", "--audience", "instructor", cwd=book).stdout


@pytest.mark.parametrize("name", ["book", "front-matter", "seed", "theme"])
def test_a_schema_is_json_schema(name: str):
    assert json.loads(run("schema", name).stdout)["type"] == "object"


def test_themes_are_listed():
    assert {line.split()[0] for line in run("themes").stdout.splitlines()} >= {"lecture", "seminar"}


def test_clean_removes_the_cache_and_nothing_else(book: Path):
    run("build", "epub", cwd=book)
    assert run("clean", cwd=book).returncode == 0
    assert not (book / ".mathbook" / "cache").exists()
    assert (book / "dist" / "book.epub").is_file()


def test_doctor_names_what_it_looked_for():
    said = run("doctor").stdout
    assert "Pango" in said and "page-validation" in said


def test_a_report_is_about_the_published_files(book: Path):
    done = run("verify", "--report", "manuscript/book.yaml", cwd=book)
    assert (done.returncode, "name none" in done.stderr) == (2, True)
    assert run("verify", "--report", cwd=book).returncode == 1
    assert not list((book / "dist").glob("*.html"))


def test_a_closed_pipe_is_no_error(book: Path):
    command = f"{sys.executable} -m mathbook dump tree | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False, cwd=book)
    assert "Traceback" not in done.stderr


def test_check_prints_json(book: Path):
    assert json.loads(run("check", "--json", cwd=book).stdout) == []

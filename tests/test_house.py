"""The house: its layers, its sizes, its docstrings, and where it may print."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from statistics import median, quantiles

import pytest

from mathbook.document.kinds import BOX_KINDS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src/mathbook"
FILES = sorted(PACKAGE.rglob("*.py"))
HEAVY = {"weasyprint", "pptx", "lxml", "markdown", "pydantic", "PIL", "fontTools", "mathra", "jinja2", "pygments"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"), str(file))


def functions() -> list[tuple[str, Function]]:
    return [
        (f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", node)
        for file in FILES
        for node in ast.walk(tree_of(file))
        if isinstance(node, Function)
    ]


def length(function: Function) -> int:
    """Return the lines of a function from `def` to its end, without its docstring."""
    first = function.body[0]
    has_docstring = ast.get_docstring(function, clean=False) is not None
    assert function.end_lineno and first.end_lineno
    docstring = first.end_lineno - first.lineno + 1 if has_docstring else 0
    return function.end_lineno - function.lineno + 1 - docstring


def tenth(lengths: list[int]) -> float:
    """Return the length that nine of ten don't exceed."""
    return quantiles(lengths, n=10, method="inclusive")[-1]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_the_rooms_keep_their_layers() -> None:
    result = run(str(Path(sys.executable).parent / "lint-imports"), "--no-cache")
    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_says_what_it_is(file: Path) -> None:
    assert ast.get_docstring(tree_of(file)), f"{file.relative_to(ROOT)} has no docstring"


def test_public_things_say_what_comes_back() -> None:
    silent = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in FILES
        for node in tree_of(file).body
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_files_are_short() -> None:
    lengths = {str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines()) for file in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > 400 and not name.endswith(NOUNS)} == {}
    assert tenth(list(lengths.values())) <= 250


NOUNS = ("document/nodes.py",)
"""One table of all nouns: it is read as a list."""


def test_functions_are_short() -> None:
    lengths = {name: length(function) for name, function in functions()}
    total = {name for name, function in functions() if is_total_dispatch(function)}
    assert {name: lines for name, lines in lengths.items() if lines > (60 if name in total else 45)} == {}
    assert median(lengths.values()) <= 6
    assert tenth(list(lengths.values())) <= 20


def is_total_dispatch(function: Function) -> bool:
    """Return whether the function ends in a `match` over all kinds, held total by assert_never (decision 6)."""
    last = function.body[-1]
    return isinstance(last, ast.Match) and "assert_never" in ast.unparse(last.cases[-1])


def test_only_the_command_line_prints() -> None:
    printing = re.compile(r"(?<![\w.])print\(|click\.s?echo\(|(?<![\w.])secho\(")
    rooms = {
        file.relative_to(ROOT / "src" / "mathbook").parts[0]
        for file in FILES
        if printing.search(file.read_text("utf-8"))
    }
    assert rooms == {"cli"}


def test_nothing_is_left_for_later() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b|except:\s|except Exception:\s+pass")
    assert [str(file.relative_to(ROOT)) for file in FILES if words.search(file.read_text("utf-8"))] == []


def test_dispatch_over_nodes_has_no_case_that_drops_something() -> None:
    """A `case _` may only raise, or stand where the subject is no node (build events, YAML, formulas' letters)."""
    rooms = ("html", "pdf", "epub", "deck", "verify", "edition")
    files = [file for file in FILES if file.relative_to(PACKAGE).parts[0] in rooms]
    silent = [
        f"{file.relative_to(ROOT)}:{case.pattern.lineno}"
        for file in files
        for node in ast.walk(tree_of(file))
        if isinstance(node, ast.match_case) and (case := node) and is_wildcard(case) and drops(case)
    ]
    assert silent == []


def is_wildcard(case: ast.match_case) -> bool:
    return isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None and case.pattern.name is None


def drops(case: ast.match_case) -> bool:
    """Return whether the case does nothing, or returns nothing."""
    match case.body:
        case [ast.Pass()] | [ast.Return(value=None)]:
            return True
        case [ast.Return(value=ast.Constant(value=None | "" | b""))] | [ast.Return(value=ast.Tuple(elts=[]))]:
            return True
    return False


def test_help_imports_nothing_heavy() -> None:
    script = (
        "import sys, click.testing\n"
        "from mathbook.cli import cli\n"
        "assert click.testing.CliRunner().invoke(cli, ['--help']).exit_code == 0\n"
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    result = run(sys.executable, "-c", script)
    assert result.returncode == 0, result.stderr
    assert HEAVY & set(result.stdout.split()) == set()


def test_no_file_of_the_project_names_a_machines_path() -> None:
    """The project's files hold on any machine: no home folders, no folders of ours."""
    place = re.compile(r"/(home|Users|root)/\w|/work/")
    texts = [*FILES, *sorted((ROOT / "docs").rglob("*.md")), ROOT / "README.md", ROOT / "Makefile"]
    assert [str(file.relative_to(ROOT)) for file in texts if place.search(file.read_text("utf-8"))] == []


def test_every_kind_of_box_is_in_the_documentation() -> None:
    text = (ROOT / "docs/dialect.md").read_text("utf-8")
    assert [kind for kind in BOX_KINDS if f"`{kind}`" not in text] == []

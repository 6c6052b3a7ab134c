"""Our reader and Pandoc read the same small texts; where their trees differ, `differences.yaml` says why."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pypandoc
import pytest
import yaml
from pandoc_projection import from_ours, from_pandoc

from mathbook.diagnostics import Collector
from mathbook.document.nodes import Image
from mathbook.document.seeds import Seed
from mathbook.source.markdown import Surroundings, read_markdown

HERE = Path(__file__).parent
CASE = re.compile(r"^=== (.+)$", re.MULTILINE)
READER = "markdown-raw_tex-yaml_metadata_block-auto_identifiers"
SEED = Seed("talk", "A talk", "Somebody", "Somewhere", "Something")


def _cases() -> dict[str, str]:
    cases: dict[str, str] = {}
    for path in sorted((HERE / "cases").glob("*.md")):
        parts = CASE.split(path.read_text(encoding="utf-8"))
        for name, text in zip(parts[1::2], parts[2::2], strict=True):
            key = f"{path.stem}/{name.strip()}"
            assert key not in cases, f"two cases are called {key}"
            cases[key] = text.strip("\n") + "\n"
    return cases


CASES = _cases()
DIFFERENCES: dict[str, list[str]] = yaml.safe_load((HERE / "differences.yaml").read_text(encoding="utf-8"))
NAMED = {name for names in DIFFERENCES.values() for name in names}


@pytest.fixture(scope="session")
def pandoc(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Pandoc's trees of all cases, from one process: a file a case, with a mark between them."""
    folder = tmp_path_factory.mktemp("pandoc")
    files = []
    for number, text in enumerate(CASES.values()):
        for name, content in ((f"c{number}.md", text), (f"m{number}.md", f"CASE-ENDS-{number}\n")):
            (folder / name).write_text(content, encoding="utf-8")
            files.append(name)
    command = [pypandoc.get_pandoc_path(), "--file-scope", "-f", READER, "-t", "json", *files]
    made = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    trees: list[list[Any]] = [[]]
    for block in json.loads(made.stdout)["blocks"]:
        if block["t"] == "Para" and str(block["c"][0].get("c", "")).startswith("CASE-ENDS-"):
            trees.append([])
        else:
            trees[-1].append(block)
    return dict(zip(CASES, trees, strict=False))


def _ours(text: str) -> Any:
    surroundings = Surroundings("case.md", (), SEED, lambda path, span: Image(path, "digest", ""), "en")
    return from_ours(read_markdown(text, surroundings, Collector()))


@pytest.mark.parametrize("name", CASES)
def test_our_tree_is_that_of_pandoc_or_the_difference_is_named(name: str, pandoc: dict[str, Any]) -> None:
    ours, theirs = _ours(CASES[name]), from_pandoc(pandoc[name])
    if name in NAMED:
        assert ours != theirs, f"{name} no longer differs: take it out of differences.yaml"
    else:
        assert ours == theirs


def test_there_are_at_least_three_hundred_cases_and_each_named_difference_is_one() -> None:
    assert len(CASES) >= 300
    assert set(CASES) >= NAMED

"""Any single edit of a finished file is found, and the right example is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from mutations import FILES, KINDS, build, outcome

from mathbook.authoring.prove import Manuscript
from mathbook.verify.examine import examine

TRIES = 4


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manuscript]:
    root = tmp_path_factory.mktemp("tampering") / "book"
    return root, build(root)


@pytest.mark.parametrize("file", FILES.values())
def test_an_untouched_file_is_in_sync(book: tuple[Path, Manuscript], file: str):
    root, manuscript = book
    examined = examine(root / "dist" / file, file, manuscript.editions)
    assert (examined.verdict, examined.findings) == ("in sync", ())


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_is_found_and_its_example_named(book: tuple[Path, Manuscript], kind: str):
    for seed in range(TRIES):
        result, examined, unit = outcome(kind, *book, seed)
        assert result == "found", (seed, unit, examined)

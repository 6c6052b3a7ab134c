"""Each kind of node and of box has a folder that shows it from the manuscript to what readers must find.

`in.md` is what its author writes, `tree.txt` what is read, `edition.txt` what resolving adds, `page.xhtml` the e-book's
page, `slides.txt` the slides before they are fitted, `passages.txt` what must be found in the finished files. An
instructor's file stands beside where it differs. `pytest tests/spec --update` writes them anew.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from projections import projections

from mathbook.diagnostics import Collector
from mathbook.document import nodes
from mathbook.document.kinds import BOX_KINDS
from mathbook.document.theme import Theme
from mathbook.theme.load import load_theme
from specs import HERE, SPECS, book_of

NODES = {
    re.sub(r"(?<!^)([A-Z])", r"-\1", node.__name__).lower(): node.__name__
    for node in (*get_args(nodes.Inline), *get_args(nodes.Block))
}
"""The folders of the nodes; a Box has one for each of its kinds."""


@pytest.fixture(scope="module")
def theme() -> Theme:
    loaded = load_theme("lecture", None, Collector())
    assert loaded
    return loaded


@pytest.mark.parametrize("name", SPECS)
def test_a_specification_holds_in_every_room(name: str, theme: Theme, tmp_path: Path, update: bool) -> None:
    made = projections(book_of([name], tmp_path / "book"), name, theme)
    folder = HERE / name
    if update:
        for golden in _goldens(folder):
            (folder / golden).unlink()
        for golden, text in made.items():
            (folder / golden).write_text(text, "utf-8")
    assert _goldens(folder) == made


def _goldens(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir() if path.name != "in.md"}


def test_every_node_and_every_kind_of_box_has_its_folder_and_no_other_has() -> None:
    assert set(SPECS) == {*NODES, *BOX_KINDS} - {"box"}


@pytest.mark.parametrize("name", SPECS)
def test_a_folder_shows_the_node_that_it_is_named_after(name: str) -> None:
    """An anchor is made only when the edition is resolved."""
    shown = "".join(text for golden, text in _goldens(HERE / name).items() if golden in ("tree.txt", "edition.txt"))
    wanted = f'Box "{name}"' if name in BOX_KINDS else NODES[name]
    assert re.search(rf"^ *{wanted}(?!\S)", shown, re.MULTILINE)

"""A deck that LibreOffice saved still says what the manuscript says, and what is changed in it is still found."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from mutations import KINDS, build, mutated

from mathbook.authoring.prove import Manuscript
from mathbook.verify.examine import examine

LOST = ("deck: swapped picture", "deck: swapped bitmap", "deck: alternative text")
"""Edits of what LibreOffice doesn't write: drawings, and what other programs show in the place of formulas."""
EDITS = [kind for kind in KINDS if kind.startswith("deck") and kind not in LOST]


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manuscript]:
    """A book whose deck LibreOffice has opened and saved."""
    root = tmp_path_factory.mktemp("saved") / "book"
    manuscript = build(root)
    profile = f"-env:UserInstallation=file://{root.parent}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pptx", "--outdir", str(root.parent / "out")]
    subprocess.run([*command, str(root / "dist/deck.pptx")], check=True, capture_output=True, timeout=300)
    shutil.copy(root.parent / "out/deck.pptx", root / "dist/deck.pptx")
    return root, manuscript


def test_a_deck_that_was_only_saved_is_in_sync(saved: tuple[Path, Manuscript]):
    root, manuscript = saved
    with zipfile.ZipFile(root / "dist/deck.pptx") as deck:
        assert b"LibreOffice" in deck.read("docProps/app.xml")
        assert not [name for name in deck.namelist() if name.endswith(".svg")]
    examined = examine(root / "dist/deck.pptx", "deck.pptx", manuscript.editions)
    assert (examined.verdict, examined.findings) == ("in sync", ())


@pytest.mark.parametrize("kind", EDITS)
def test_what_is_changed_in_it_is_found(saved: tuple[Path, Manuscript], kind: str, tmp_path: Path):
    root, manuscript = saved
    for seed in range(3):
        file, unit = mutated(kind, root, seed, tmp_path)
        examined = examine(file, "deck.pptx", manuscript.editions)
        assert examined.verdict == "not in sync"
        assert {finding.unit for finding in examined.findings} & set(unit.split("|"))


def test_a_picture_that_was_painted_over_is_found(saved: tuple[Path, Manuscript], tmp_path: Path):
    root, manuscript = saved
    with zipfile.ZipFile(root / "dist/deck.pptx") as deck:
        members = {name: deck.read(name) for name in deck.namelist()}
    pictures = [name for name, data in members.items() if b"mathbook drawing" in data]
    assert len(pictures) >= 4
    for picture in pictures:
        data = members[picture]
        at = data.index(b"IDAT") + 20
        painted = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with zipfile.ZipFile(tmp_path / "deck.pptx", "w") as deck:
            for name, member in members.items():
                deck.writestr(name, painted if name == picture else member)
        assert examine(tmp_path / "deck.pptx", "deck.pptx", manuscript.editions).verdict == "not in sync"

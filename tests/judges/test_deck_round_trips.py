"""A deck that a speaker opens, changes and saves in another program still opens there, and keeps its formulas."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from test_deck_repair import sample

from mathbook.deck.read_back import read_back
from mathbook.formula.symbols import symbols_of_omml

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
ADDED = "A speaker's own words"


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample(tmp_path_factory.mktemp("round") / "deck.pptx")


def formulas(deck: Path) -> list[tuple[str, ...]]:
    """Return the symbols of each formula that can be edited, slide by slide."""
    found = []
    with zipfile.ZipFile(deck) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith("ppt/slides/slide") and name.endswith(".xml"):
                root = etree.fromstring(archive.read(name))
                found += [symbols_of_omml(math) for math in root.iter(f"{M}oMath")]
    return found


def titles(deck: Path) -> list[str]:
    return [slide.shapes.title.text for slide in Presentation(str(deck)).slides]


def changed_by_python_pptx(deck: Path, into: Path) -> Path:
    presentation = Presentation(str(deck))
    slide = presentation.slides[2]
    slide.shapes.title.text = ADDED
    new = presentation.slides.add_slide(presentation.slide_layouts.get_by_name("Title and Content"))
    new.shapes.title.text = "One slide more"
    presentation.save(str(into))
    return into


def saved_by_libreoffice(deck: Path, folder: Path) -> Path:
    """Open the deck in LibreOffice and save it as PowerPoint's."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pptx"]
    out = folder / "saved"
    subprocess.run([*command, "--outdir", str(out), str(deck)], check=True, capture_output=True, timeout=300)
    return out / deck.name


def test_python_pptx_changes_a_deck_and_its_formulas_stay(deck: Path, tmp_path: Path):
    saved = changed_by_python_pptx(deck, tmp_path / "saved.pptx")
    assert formulas(saved) == formulas(deck) != []
    assert titles(saved)[2] == ADDED and titles(saved)[-1] == "One slide more"
    assert any(ADDED in passage.words for passage in read_back(saved))


def test_libreoffice_saves_a_changed_deck_with_all_its_slides_and_formulas(deck: Path, tmp_path: Path):
    changed = changed_by_python_pptx(deck, tmp_path / "deck.pptx")
    saved = saved_by_libreoffice(changed, tmp_path)
    assert titles(saved) == titles(changed)
    said = " ".join(passage.words for passage in read_back(saved))
    assert ADDED in said and "Say it." in said
    # those on lines of their own; LibreOffice shows one in a line as the text that it reads like, and saves that
    assert formulas(saved) == [one for one in formulas(deck) if one == ("a", "b")] != []
    assert "√" in said


def test_what_libreoffice_saved_can_be_changed_again(deck: Path, tmp_path: Path):
    saved = saved_by_libreoffice(shutil.copy(deck, tmp_path / "deck.pptx"), tmp_path)
    presentation = Presentation(str(saved))
    presentation.slides[2].shapes.title.text = ADDED
    presentation.save(str(tmp_path / "again.pptx"))
    assert formulas(tmp_path / "again.pptx") == formulas(saved)
    assert titles(tmp_path / "again.pptx")[2] == ADDED

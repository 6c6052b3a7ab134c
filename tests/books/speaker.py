"""What speakers do to their decks, done with python-pptx; and what a deck says, read with python-pptx."""

from __future__ import annotations

import copy
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.text.text import _Paragraph

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
SOFFICE = shutil.which("soffice")


class Deck:
    """A deck in a speaker's hands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.shown = Presentation(str(path))

    def slide(self, title: str) -> Any:
        """Return the first slide of that title, or of that label, as in "Takeaway: Birthdays"."""
        return next(slide for slide in self.shown.slides if f"{titled(slide)}: ".startswith(f"{title}: "))

    def paragraph(self, title: str, words: str) -> _Paragraph:
        """Return the first paragraph of the slide that holds the words."""
        return next(one for one in paragraphs(self.slide(title)) if words in one.text)

    def say(self, title: str, old: str, new: str) -> Deck:
        """Change words on a slide, inside one run."""
        runs = [run for one in paragraphs(self.slide(title)) for run in one.runs if old in run.text]
        assert runs, f"{old!r} stands in no run of {title!r}"
        runs[0].text = runs[0].text.replace(old, new)
        return self

    def say_in_notes(self, title: str, old: str, new: str) -> Deck:
        runs = [run for one in notes_of(self.slide(title)) for run in one.runs if old in run.text]
        assert runs, f"{old!r} stands in no notes of {title!r}"
        runs[0].text = runs[0].text.replace(old, new)
        return self

    def note(self, title: str, words: str) -> Deck:
        """Add a line to a slide's notes."""
        self.slide(title).notes_slide.notes_text_frame.add_paragraph().text = words
        return self

    def entitle(self, title: str, new: str) -> Deck:
        self.slide(title).shapes.title.text_frame.paragraphs[0].runs[0].text = new
        return self

    def add_bullet(self, title: str, behind: str, words: str) -> Deck:
        """Press Enter behind a line, and type."""
        one = self.paragraph(title, behind)
        made = copy.deepcopy(one._p)
        one._p.addnext(made)
        first, *rest = _Paragraph(made, one._parent).runs
        first.text = words
        for run in rest:
            made.remove(run._r)
        return self

    def take_out(self, title: str, words: str) -> Deck:
        one = self.paragraph(title, words)
        one._p.getparent().remove(one._p)
        return self

    def fill_cell(self, title: str, row: int, column: int, words: str) -> Deck:
        table = next(shape.table for shape in self.slide(title).shapes if shape.has_table)
        table.cell(row, column).text_frame.paragraphs[0].runs[0].text = words
        return self

    def change_formula(self, title: str, old: str, new: str) -> Deck:
        """Change one run of a formula."""
        texts = [text for text in self.slide(title)._element.iter(f"{M}t") if text.text == old]
        texts[0].text = new
        return self

    def add_slide(self, title: str, lines: str, at: int, notes: str = "") -> Deck:
        layout = next(one for one in self.shown.slide_layouts if one.name == "Title and Content")
        slide = self.shown.slides.add_slide(layout)
        slide.shapes.title.text = title
        slide.placeholders[1].text = lines
        if notes:
            slide.notes_slide.notes_text_frame.text = notes
        return self.move(len(self.shown.slides) - 1, at)

    def move(self, slide: int, to: int) -> Deck:
        ids = self.shown.slides._sldIdLst
        entry = ids[slide]
        ids.remove(entry)
        ids.insert(to, entry)
        return self

    def remove_slide(self, title: str) -> Deck:
        ids = self.shown.slides._sldIdLst
        at = [titled(slide) for slide in self.shown.slides].index(title)
        self.shown.part.drop_rel(ids[at].rId)
        ids.remove(ids[at])
        return self

    def save(self, name: str = "talk.pptx") -> Path:
        target = self.path.parent / name
        self.shown.save(str(target))
        return target


def saved_by_libreoffice(deck: Path) -> Path:
    """Return the deck as LibreOffice saves it."""
    folder = deck.parent / "libreoffice"
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    command = [SOFFICE or "", profile, "--headless", "--convert-to", "pptx:Impress MS PowerPoint 2007 XML"]
    subprocess.run([*command, "--outdir", str(folder), str(deck)], capture_output=True, check=True, timeout=120)
    return folder / deck.name


def titled(slide: Any) -> str:
    return slide.shapes.title.text_frame.text if slide.shapes.title is not None else ""


def paragraphs(slide: Any) -> Iterator[_Paragraph]:
    for shape in slide.shapes:
        if shape.has_text_frame:
            yield from shape.text_frame.paragraphs


def notes_of(slide: Any) -> list[_Paragraph]:
    return list(slide.notes_slide.notes_text_frame.paragraphs) if slide.has_notes_slide else []


def said(deck: Path) -> list[list[str]]:
    """Return what each slide says: its title, its lines and cells, its formulas' letters, its notes."""
    return [list(_lines(slide)) for slide in Presentation(str(deck)).slides]


def _lines(slide: Any) -> Iterator[str]:
    yield titled(slide)
    for shape in slide.shapes:
        if shape.is_placeholder and shape.placeholder_format.type in (13, 15, 16):
            continue  # slide number, footer, date
        if shape.has_text_frame and shape != slide.shapes.title:
            yield from (one.text for one in shape.text_frame.paragraphs if one.text)
        if shape.has_table:
            yield from (cell.text_frame.text for row in shape.table.rows for cell in row.cells)
    for math in slide._element.iter(f"{M}oMath"):
        yield "".join(text.text or "" for text in math.iter(f"{M}t"))
    yield from (f"notes: {one.text}" for one in notes_of(slide) if one.text)

"""Pages and slides as pictures. A deck is drawn by LibreOffice, where that is installed."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import threading
from functools import lru_cache
from pathlib import Path

import pypdfium2

from mathbook.painting.pixels import PAINTING
from mathbook.preview.entries import digest

WIDTH = 900
"""Pixels across a page or a slide: sharp on a dense screen at half of it."""
SECONDS = 120
"""How long LibreOffice may take for a deck."""


class NotDrawn(Exception):
    """It can't be drawn here; the words say why."""


class Drawings:
    """Draws what lies in a folder, each page once; `kept` is where decks are kept as PDF."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._lock = threading.Lock()  # LibreOffice's profile is not made for threads
        self._drawn = lru_cache(maxsize=400)(_drawn)

    def count(self, path: Path) -> int:
        """Return how many pages or slides the file has. Raises NotDrawn."""
        with self._lock:
            pdf = self.as_pdf(path)
        with PAINTING, pypdfium2.PdfDocument(pdf) as document:
            return len(document)

    def page(self, path: Path, number: int) -> bytes:
        """Return a page or slide, counted from 1, as PNG. Raises NotDrawn, and IndexError if there is no such page."""
        with self._lock:
            pdf = self.as_pdf(path)
        with PAINTING:
            return self._drawn(pdf, digest(pdf), number)

    def as_pdf(self, path: Path) -> Path:
        """Return the file as a PDF: itself, or what LibreOffice makes of a deck. Raises NotDrawn."""
        if path.suffix == ".pdf":
            return path
        made = self._kept / f"{digest(path)}.pdf"
        if not made.exists():
            _convert(path, made)
        return made


def _drawn(path: Path, _digest: str, number: int) -> bytes:
    with pypdfium2.PdfDocument(path) as pdf:
        if not 1 <= number <= len(pdf):
            raise IndexError(number)
        page = pdf[number - 1]
        image = page.render(scale=WIDTH / page.get_width()).to_pil()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _convert(deck: Path, into: Path) -> None:
    """Write the deck as PDF. Raises NotDrawn."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise NotDrawn("Slides are drawn here if LibreOffice (Impress and Math) is installed.")
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent) as folder:
        profile = f"-env:UserInstallation={(into.parent / 'office').resolve().as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(deck)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            (Path(folder) / f"{deck.stem}.pdf").replace(into)
        except (OSError, subprocess.SubprocessError) as error:
            raise NotDrawn(f"LibreOffice did not draw {deck.name}: {error}") from error

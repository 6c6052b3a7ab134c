"""Who judges which file."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
from lxml import etree

from mathbook.judges import alternatives
from mathbook.judges.contrast import ASKED, contrast
from mathbook.judges.epubcheck import epubcheck
from mathbook.judges.open_xml import open_xml
from mathbook.judges.pdf_ua import pdf_ua
from mathbook.judges.verdict import OURS, Fault, Verdict

_OTHERS = {".pdf": pdf_ua, ".epub": epubcheck, ".pptx": open_xml}
_OURS = {
    ".pdf": (contrast, ASKED),
    ".epub": (alternatives.alternatives_of_epub, alternatives.ASKED_EPUB),
    ".pptx": (alternatives.alternatives_of_deck, alternatives.ASKED_DECK),
}
_UNREADABLE = (
    *(OSError, ValueError, LookupError, RuntimeError, EOFError),
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, pypdfium2.PdfiumError),
)
"""What reading a damaged file raises."""


def verdicts(path: Path, name: str) -> Iterator[Verdict]:
    """Yield what each judge of such files says of this one; `name` is what the file is called in what they say."""
    kind = path.suffix.lower()
    if kind in _OTHERS:
        yield _OTHERS[kind](path, name)
        judge, asked = _OURS[kind]
        try:
            yield judge(path, name)
        except _UNREADABLE as error:
            yield Verdict(OURS, asked, name, "failed", (Fault("unreadable", " ".join(str(error).split())),))

"""Who judges which file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mathbook.judges.alternatives import alternatives_of_deck, alternatives_of_epub
from mathbook.judges.contrast import contrast
from mathbook.judges.epubcheck import epubcheck
from mathbook.judges.open_xml import open_xml
from mathbook.judges.pdf_ua import pdf_ua
from mathbook.judges.verdict import Verdict

_JUDGES = {
    ".pdf": (pdf_ua, contrast),
    ".epub": (epubcheck, alternatives_of_epub),
    ".pptx": (open_xml, alternatives_of_deck),
}


def verdicts(path: Path, name: str) -> Iterator[Verdict]:
    """Yield what each judge of such files says of this one; `name` is what the file is called in what they say."""
    for judge in _JUDGES.get(path.suffix.lower(), ()):
        yield judge(path, name)

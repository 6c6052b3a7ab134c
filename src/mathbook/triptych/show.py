"""From finished files to the page that shows them side by side."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from mathbook.document.book import FormatName
from mathbook.document.edition import Edition
from mathbook.formats import formats
from mathbook.preview.drawings import NotDrawn
from mathbook.triptych.cells import Files, Strip, strip_of
from mathbook.triptych.leaves import Leaves
from mathbook.triptych.page import Proved, page
from mathbook.triptych.prints import Prints
from mathbook.triptych.slides import Slides, pictures
from mathbook.verify.examine import Examined

SLIDE_WIDTH = 960
"""Pixels across a slide's picture."""


def in_sync(
    edition: Edition,
    names: Mapping[str, str],
    finished: Mapping[FormatName, Path],
    examined: Mapping[FormatName, Examined],
    kept: Path,
) -> str:
    """Return the page of an edition's files. They were examined, so they can be read; `kept` is for LibreOffice's."""
    passages = {name: tuple(formats()[name].door("read_back")(path)) for name, path in finished.items()}
    with contextlib.closing(_opened(finished)) as files:
        drawn, undrawn = _drawn(files.slides, finished.get("deck"), kept)
        return page(Proved(edition, names, examined, passages), files, drawn, undrawn)


def _opened(finished: Mapping[FormatName, Path]) -> Files:
    return Files(
        Prints.of(finished["pdf"]) if "pdf" in finished else None,
        Leaves.of(finished["epub"]) if "epub" in finished else None,
        Slides.of(finished["deck"]) if "deck" in finished else None,
    )


def _drawn(slides: Slides | None, deck: Path | None, kept: Path) -> tuple[dict[int, Strip], str]:
    """Return the slides' pictures by number, or why there are none."""
    if slides is None or deck is None:
        return {}, ""
    try:
        drawn = pictures(deck, slides.visible(), kept, SLIDE_WIDTH)
        return {number: strip_of(picture) for number, picture in drawn}, ""
    except NotDrawn as error:
        return {}, str(error)

"""Three private functions of WeasyPrint that are replaced while it writes: it cuts fonts a hundred times as slowly as
it could, forgets what its tags were made of, and tags pictures that nobody has to hear of. `pyproject.toml` allows just
the version that this was written for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import pydyf
import uharfbuzz as hb
from weasyprint.formatting_structure.boxes import MarginBox, PageBox, ReplacedBox
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags
from weasyprint.pdf.fonts import Font
from weasyprint.pdf.stream import Stream

from mathbook.pdf.face_uses import mark_of
from mathbook.pdf.fonts import subset
from mathbook.pdf.rendered import Origin

_NOT_TAGGED = frozenset(("html", "body"))


@contextmanager
def engine_mended(heads: Mapping[bytes, str] = MappingProxyType({})) -> Iterator[dict[int, Origin]]:
    """Give the origins of the tags that WeasyPrint writes meanwhile, by the numbers of their objects.

    Of fonts whose files begin so, only a mark is embedded; others are cut.
    """
    origins: dict[int, Origin] = {}
    build_tree, cut, mark = tags._build_box_tree, Font.subset, Stream.marked

    def build(box: Any, *arguments: Any) -> Iterator[Any]:
        if _is_decoration(box):
            return
        origin = _origin(box)
        for element in build_tree(box, *arguments):  # type: ignore[no-untyped-call]
            if origin is not None:
                origins.setdefault(element.number, origin)
            yield element

    def marked(font: Any, to_unicode: Mapping[int, str], _hinting: bool) -> None:
        """Leave a mark, or the glyphs that are shown; the page knows them by the numbers that they have."""
        is_plain = not (font.png or font.svg or font.colr or "fvar" in font.tables)
        if is_plain and (mark := mark_of(font.file_content, heads)):
            font.file_content = mark
        elif to_unicode:
            font.file_content = subset(hb.Face(hb.Blob(font.file_content), font.index), set(to_unicode))

    tags._build_box_tree, Font.subset = build, marked  # type: ignore[method-assign]
    Stream.marked = _marked_by(mark)  # type: ignore[method-assign]
    try:
        yield origins
    finally:
        tags._build_box_tree, Font.subset, Stream.marked = build_tree, cut, mark  # type: ignore[method-assign]


def _marked_by(mark: Callable[..., Any]) -> Callable[..., Any]:
    """Return what marks the content of a box: as an artifact, or as `mark` does."""

    @contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        if not _is_decoration(box) or stream._tags is None:
            with mark(stream, box, tag):
                yield
            return
        stream.begin_marked_content("Artifact", pydyf.Dictionary({"Type": "/Layout"}))
        yield
        stream.end_marked_content()

    return marked


def _is_decoration(box: Any) -> bool:
    """Return whether a box is a picture that says nothing: an artifact to readers (ISO 14289-1, 7.3)."""
    box = box._box if isinstance(box, AbsolutePlaceholder) else box
    return isinstance(box, ReplacedBox) and box.element is not None and box.element.get("alt") == ""


def _origin(box: Any) -> Origin | None:
    """Return what a box's tag is made of, nothing for a box that no element has or that isn't tagged itself."""
    box = box._box if isinstance(box, AbsolutePlaceholder) else box
    element = box.element
    if element is None or box.element_tag in _NOT_TAGGED or isinstance(box, PageBox | MarginBox):
        return None
    classes = frozenset((element.get("class") or "").split())
    marker = str(box.style["list_style_type"])
    return Origin(id(element), box.element_tag, classes, element.get("id") or "", element.get("src") or "", marker)

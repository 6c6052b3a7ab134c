"""What a compiler makes of one unit, and what the linker needs to know of it."""

from __future__ import annotations

from mathbook.diagnostics import Diagnostic
from mathbook.document.pagination import PageStart
from mathbook.frozen import frozen


@frozen
class Place:
    """Where a label is inside a fragment: page, file or slide `position` from 0, and `top` in points from the top."""

    label: str
    position: int
    top: float = 0.0


@frozen
class Bookmark:
    """An outline's entry: its level from 1, its words, the page from 0 and the place on it, in points from below."""

    level: int
    title: str
    page: int
    y: float


@frozen
class Caption:
    """A figure ("fig") or table ("tbl") that can be referred to, and what a list of them says of it."""

    kind: str
    label: str
    words: str


@frozen
class Fragment:
    """One unit, compiled for one format. `content` is the format's own affair; `extent` counts its pages or slides.

    `needs` are labels of other units that it refers to. `diagnostics` are what the compiler has to tell the author;
    they are kept with the fragment, so that a build from the cache says them again. `starts` says where printed pages
    begin; `smallest` is the size of its smallest type in points, where the format chooses sizes (0 elsewhere);
    `bookmarks` are those of printed pages, in reading order, and `captions` what lists of figures and tables say.
    `lines` stands for where all of the unit stood in its file, if there are diagnostics: they tell lines of that file.
    """

    unit: str
    format: str
    content: bytes
    extent: int = 1
    places: tuple[Place, ...] = ()
    needs: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    starts: tuple[PageStart, ...] = ()
    smallest: float = 0.0
    bookmarks: tuple[Bookmark, ...] = ()
    captions: tuple[Caption, ...] = ()
    lines: str = ""

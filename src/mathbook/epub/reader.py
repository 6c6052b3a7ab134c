"""What a reader finds on a page of an e-book. It shares nothing with the writers: it follows the standard."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b

from lxml import etree

from mathbook.document.passage import Passage, Role, Spot
from mathbook.epub.opened import parsed, resolved
from mathbook.formula.symbols import symbols_of_mathml

_XHTML = "{http://www.w3.org/1999/xhtml}"
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_SVG = "{http://www.w3.org/2000/svg}"
_MATH, _IMAGE = f"{_MATHML}math", f"{_XHTML}img"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
FORMULA_MARK = "\N{OBJECT REPLACEMENT CHARACTER}"

_TEXT_LEVEL = (
    "a abbr b bdi bdo br cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr"
)
_INLINE = frozenset((*_TEXT_LEVEL.split(), "img"))
"""Elements that stand in a line (HTML, "phrasing content"): everything else begins a passage of its own."""

_ROLES: dict[str, Role] = {
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "dt", "dd"), "item"),
    **dict.fromkeys(("caption", "figcaption"), "caption"),
    **dict.fromkeys(("td", "th"), "cell"),
    **dict.fromkeys(("section", "aside", "div", "nav"), "paragraph"),
    "h1": "title",
    "blockquote": "quotation",
    "pre": "listing",
}
"""What an element makes of the words in it; the others (`p`, `tr`, `ul`) leave it to what is around them."""


def passages_on(name: str, data: bytes, digest: Callable[[str], str], *, spots: bool = False) -> list[Passage]:
    """Return the passages of the page of that name; `digest` gives the hash of a picture's bytes. With `spots` they say
    where they were read, which only those ask for who draw them.
    """
    page = parsed(data)
    return _Page(name, posixpath.basename(name), page.getroottree() if spots else None, digest).passages(page)


@dataclass(slots=True)
class _Run:
    """The words of a line or several, until a block ends them."""

    words: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def say(self, text: str | None) -> None:
        """Add text as it stands on the page; before the first word spaces say nothing."""
        if text and (self.words or not text.isspace()):
            self.words.append(text)


@dataclass(slots=True)
class _Page:
    """Reads one page."""

    name: str
    place: str
    tree: etree._ElementTree | None
    digest: Callable[[str], str]
    unit: str = ""
    run: _Run = field(default_factory=_Run)
    found: list[Passage] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    """What is no block's words, but heard or seen: what is read aloud for formulas and pictures, and drawings."""

    def passages(self, root: etree._Element) -> list[Passage]:
        """Return the passages of the page's body."""
        for body in root.iter(f"{_XHTML}body"):
            self._block(body, "paragraph")
        if self.aside:
            furniture = Passage("furniture", "", pictures=tuple(self.aside), unit=self.unit, place=self.place)
            self.found.append(furniture)
        return self.found

    def _block(self, block: etree._Element, around: Role) -> None:
        """Find the passages in a block: its own lines, and the blocks between them."""
        marks, name = block.get("class", "").split(), _local(block)
        role = _role_of(name, marks, around)
        if "unit" in marks:
            self.unit = block.get("id") or ""
        self.run.say(block.text)
        for child in block:
            tag = child.tag
            if not isinstance(tag, str) or _is_inline(tag):
                self._inline(child)
            else:
                self._finish(role, block, name)
                self._block(child, role)
            self.run.say(child.tail)
        self._finish(role, block, name)
        if name in ("td", "th") and not len(block) and not (block.text or "").strip():
            self.found.append(Passage("cell", "", unit=self.unit, place=self.place, spot=self._spot(block)))

    def _finish(self, role: Role, block: etree._Element, name: str) -> None:
        """Make a passage of what was gathered in a block of this name, if anything was."""
        run = self.run
        if not (run.words or run.links or run.pictures):
            return
        self.run = _Run()
        words = " ".join("".join(run.words).split())
        if not (words or run.pictures):
            return
        passage = Passage(
            role,
            words,
            tuple(run.formulas),
            tuple(run.links),
            tuple(run.pictures),
            unit=self.unit,
            place=self.place,
            level=_level_of(name),
            spot=self._spot(block),
        )
        tells = role == "paragraph" or name == "figure"
        self.found.append(_told_by_content(passage) if tells else passage)

    def _spot(self, block: etree._Element) -> Spot | None:
        return None if self.tree is None else Spot(self.name, (self.tree.getpath(block),))

    def _inline(self, element: etree._Element) -> None:
        """Gather what an inline element says."""
        tag = element.tag
        if not isinstance(tag, str):
            return  # a processing instruction says nothing to readers
        if tag == _MATH:
            self.run.words.append(FORMULA_MARK)
            self.run.formulas.append("".join(symbols_of_mathml(element)))
            self.aside.append(element.get("alttext") or "")
        elif tag.startswith(_SVG):
            self._drawing(element)
        elif tag == _IMAGE:
            self._picture(element)
        elif not _is_mark(element):
            self._words(element, tag)

    def _words(self, element: etree._Element, tag: str) -> None:
        if href := element.get("href"):
            self.run.links.append(href if ":" in href else f"#{href.partition('#')[2]}")
        self.run.say(" " if _local_of(tag) == "br" else element.text)
        for child in element:
            self._inline(child)
            self.run.say(child.tail)

    def _drawing(self, drawing: etree._Element) -> None:
        """Gather a drawing: a formula that says its symbols, or words if it has any."""
        if (signs := drawing.get("data-symbols")) is not None:
            self.run.words.append(FORMULA_MARK)
            self.run.formulas.append(signs)
            self.aside.append(blake2b(etree.tostring(drawing, with_tail=False), digest_size=16).hexdigest())
        else:
            self.run.say(drawing.get("aria-label") or "".join(t.text or "" for t in drawing.iter(f"{_SVG}title")))

    def _picture(self, image: etree._Element) -> None:
        """Gather a picture's digest, and its words where it stands among words (in a figure, the caption tells)."""
        self.run.pictures.append(self.digest(resolved(self.name, image.get("src", ""))))
        self.aside.append(image.get("alt", ""))
        if _local(image.getparent()) != "figure":
            self.run.say(image.get("alt"))


def _is_mark(element: etree._Element) -> bool:
    """True of the mark of a note and the way back; a word that the glossary explains leads to a note, but is a word."""
    if element.get("role") not in ("doc-noteref", "doc-backlink"):
        return False
    return "glossref" not in element.get(_EPUB_TYPE, "").split()


def _role_of(name: str, marks: Sequence[str], around: Role) -> Role:
    """Return what a block of this name makes of the words in it; `marks` are its classes."""
    if "box-title" in marks or "source-claims" in marks:
        return "box"
    if around == "notes" or "notes-box" in marks:
        return "notes"
    return _ROLES.get(name, around)


def _level_of(name: str) -> int:
    """Return the level of a heading of this name, 0 of what is none."""
    return int(name[1]) if len(name) == 2 and name[0] == "h" and name[1] in "123456" else 0


def _told_by_content(passage: Passage) -> Passage:
    """Return the passage with the role that its content gives it: a formula or a picture that stands alone."""
    if passage.words == FORMULA_MARK and passage.formulas:
        return replace(passage, role="equation", words="", links=(), pictures=())
    if not passage.words and passage.pictures:
        return replace(passage, role="figure", formulas=(), links=())
    return passage


def _local(element: etree._Element | None) -> str:
    tag = None if element is None else element.tag
    return _local_of(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=1024)
def _is_inline(tag: str) -> bool:
    return not tag.startswith(_XHTML) or _local_of(tag) in _INLINE


@lru_cache(maxsize=1024)
def _local_of(tag: str) -> str:
    return tag.rpartition("}")[2]

"""What a specification looks like in each room, as text that can be reviewed."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from mathbook.deck.dump import dump_slides
from mathbook.diagnostics import Collector
from mathbook.document.book import Audience, Book, Unit
from mathbook.document.dump import dump_tree
from mathbook.document.edition import Edition, Options
from mathbook.document.passage import FORMULA_MARK, NOTE_MARK, Passage
from mathbook.document.theme import Theme
from mathbook.edition.resolve import resolve, standing_alone
from mathbook.epub.bundle import unpack
from mathbook.epub.compile import compile
from mathbook.verify.expect import passages

FORMATS = ("pdf", "epub", "deck")
XHTML = "{http://www.w3.org/1999/xhtml}"
BLOCKS = frozenset(
    f"{XHTML}{tag}"
    for tag in (
        *("section", "div", "p", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "hr"),
        *("table", "caption", "colgroup", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "pre", "aside"),
        *("details", "summary", "header", "footer", "img"),
    )
)


def projections(book: Book, unit: str, theme: Theme) -> dict[str, str]:
    """Return the goldens of one unit by their files' names.

    Students' are always there; an instructor's only where it differs, and `edition.txt` where resolving adds something.
    """
    read = tree(next(one for one in book.units if one.id == unit))
    resolved = tree(_alone(book, unit, "instructor").units[0])
    files = {"tree.txt": read, **({"edition.txt": resolved} if resolved != read else {})}
    for name, show in (("page.xhtml", page), ("slides.txt", dump_slides), ("passages.txt", said)):
        students, instructors = (_shown(show, _alone(book, unit, who), theme) for who in ("student", "instructor"))
        files[name] = students
        if instructors != students:
            stem, _, ending = name.partition(".")
            files[f"{stem}-instructor.{ending}"] = instructors
    return {name: f"{text}\n" for name, text in files.items()}


def _shown(show, edition: Edition, theme: Theme) -> str:
    return show(edition, theme) if show is page else show(edition)


def _alone(book: Book, unit: str, audience: Audience) -> Edition:
    edition = resolve(book, audience, Collector())
    return standing_alone(edition, next(one for one in edition.units if one.id == unit))


def tree(unit: Unit) -> str:
    """Return the unit's blocks, one node a line."""
    return dump_tree(unit.blocks)


def page(edition: Edition, theme: Theme) -> str:
    """Return the unit's section in the e-book, a line a block."""
    fragment = compile(edition.units[0], theme, Options(edition.audience, edition.meta))
    root = etree.fromstring(unpack(fragment.content).page.content)
    return "\n".join(_lines(next(root.iter(f"{XHTML}section"))))


def _lines(element: etree._Element, depth: int = 0) -> Iterator[str]:
    """Yield the element; one whose children are all blocks gets a line for its start, for each of them, for its end."""
    inner = list(element)
    mixed = any((text or "").strip() for text in (element.text, *(child.tail for child in inner)))
    if inner and not mixed and all(child.tag in BLOCKS for child in inner):
        start, end = _tags(element)
        yield "  " * depth + start
        for child in inner:
            yield from _lines(child, depth + 1)
        yield "  " * depth + end
    else:
        yield "  " * depth + _plain(etree.tostring(element, encoding="unicode", with_tail=False))


def _tags(element: etree._Element) -> tuple[str, str]:
    bare = etree.Element(element.tag, element.attrib, element.nsmap)
    bare.text = "\n"
    start, _, end = _plain(etree.tostring(bare, encoding="unicode")).partition("\n")
    return start, end


def _plain(xml: str) -> str:
    """Return XML without the names of the page's two namespaces, which stand on the page's root."""
    for name in ('xmlns="http://www.w3.org/1999/xhtml"', 'xmlns:epub="http://www.idpf.org/2007/ops"'):
        xml = xml.replace(f" {name}", "")
    return xml


def said(edition: Edition) -> str:
    """Return what readers must find: the formats that want the same stand together."""
    wanted = {name: "\n".join(map(_passage, passages(edition, name))) for name in FORMATS}
    together: dict[str, list[str]] = {}
    for name, text in wanted.items():
        together.setdefault(text, []).append(name)
    return "\n\n".join(f"[{', '.join(names)}]\n{text}" for text, names in together.items())


def _passage(passage: Passage) -> str:
    words = passage.words.replace(NOTE_MARK, "{note}").replace(FORMULA_MARK, "{formula}")
    label = f"({passage.label}) " if passage.label else ""
    beside = (("formulas", passage.formulas), ("links", passage.links), ("pictures", passage.pictures))
    rest = "".join(f"  {name}: {' | '.join(value[:60] for value in values)}" for name, values in beside if values)
    return f"{passage.role}{passage.level or ''}: {label}{words}{rest}".rstrip()

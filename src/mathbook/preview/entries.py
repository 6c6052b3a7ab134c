"""What can be looked at: the whole book, and each example, with the files and pages that show it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

from lxml import etree

from mathbook.document.book import Audience
from mathbook.frozen import frozen

_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_TITLE = "{http://www.w3.org/1999/xhtml}title"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


@frozen
class Entry:
    """One thing to look at: names of files in dist/, and of a document inside the e-book; empty if there is none."""

    title: str
    pdf: str
    epub: str
    page: str
    deck: str


def published(dist: Path) -> frozenset[str]:
    """Return the names of the files that the last build published; nothing else is ever served."""
    try:
        files = json.loads((dist / "ledger.json").read_text("utf-8"))["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return frozenset()
    return frozenset(name for name in files if (dist / name).is_file())


def digest(path: Path) -> str:
    """Return a name for what the file is now."""
    return sha256(path.read_bytes()).hexdigest()[:24]


def entries(dist: Path, audience: Audience) -> list[Entry]:
    """Return the whole book, then its examples in their order."""
    files = published(dist)
    mark = "" if audience == "student" else f"-{audience}"
    epub = _there(f"book{mark}.epub", files)
    pages = dict(_pages(dist / epub)) if epub else {}
    whole = Entry(
        "The whole book",
        _there(f"book{mark}.pdf", files),
        epub,
        next(iter(pages), ""),
        _there(f"deck{mark}.pptx", files),
    )
    return [whole, *_examples(files, mark, epub, pages)]


def _there(name: str, files: frozenset[str]) -> str:
    return name if name in files else ""


def _examples(files: frozenset[str], mark: str, epub: str, pages: Mapping[str, str]) -> Iterator[Entry]:
    """Yield the examples. A page's title begins with its example's number, a handout's name too."""
    numbered = {match[1]: (title, page) for page, title in pages.items() if (match := re.match(r"(\d+)\s", title))}
    slugs = sorted({Path(name).stem.removesuffix("-instructor") for name in files if "/" in name})
    for slug in slugs:
        title, page = numbered.get(slug.split("-")[0].lstrip("0"), (slug, ""))
        pdf, deck = _there(f"handouts/{slug}{mark}.pdf", files), _there(f"decks/{slug}{mark}.pptx", files)
        yield Entry(title, pdf, epub if page else "", page, deck or _there(f"decks/{slug}.pptx", files))


def _pages(path: Path) -> Iterator[tuple[str, str]]:
    """Yield name and title of the e-book's documents in the order of its spine (EPUB 3.3, 5.4 and 5.7)."""
    try:
        with ZipFile(path) as book:
            container = etree.fromstring(book.read("META-INF/container.xml"), _PARSER)
            root = next(container.iter(f"{_CONTAINER}rootfile")).get("full-path", "")
            package = etree.fromstring(book.read(root), _PARSER)
            hrefs = {item.get("id"): item.get("href", "") for item in package.iter(f"{_OPF}item")}
            for reference in package.iter(f"{_OPF}itemref"):
                name = (PurePosixPath(root).parent / hrefs[reference.get("idref")]).as_posix()
                title = next(etree.fromstring(book.read(name), _PARSER).iter(_TITLE), None)
                yield name, "" if title is None else "".join(title.itertext())
    except (OSError, BadZipFile, KeyError, StopIteration, etree.XMLSyntaxError):
        return

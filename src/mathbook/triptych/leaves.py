"""Leaves of an e-book: what a block looks like there, as the markup that a browser shows."""

from __future__ import annotations

import base64
import mimetypes
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from mathbook.document.passage import Spot

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)
_SHOWN = frozenset(("http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2000/svg"))
_ACTING = frozenset(("script", "style", "link", "meta", "base", "iframe", "object", "embed", "form", "template"))
"""Elements that would do something in the page that shows them: a file from anywhere may hold them."""
_KEPT = frozenset(("href", "src"))
_OUTERMOST = 3
"""Steps from the root to the section that is a unit: html, body, section."""
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")


@dataclass(slots=True)
class Leaves:
    """Takes pieces of markup out of an e-book, with their pictures in them."""

    archive: zipfile.ZipFile
    _trees: dict[str, etree._ElementTree] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> Leaves:
        """Return the leaves of a file that was read back, and so found to be harmless."""
        return cls(zipfile.ZipFile(path))

    def close(self) -> None:
        """Close the file."""
        self.archive.close()

    def pieces(self, spots: Sequence[Spot], others: Collection[Spot]) -> Iterator[str]:
        """Yield the markup at the spots: with the frames around it that hold nothing of the `others`."""
        around = [(spot.part, path) for spot in others for path in spot.pieces]
        shown: dict[tuple[str, str], None] = {}
        for spot in spots:
            beside = [path for part, path in around if part == spot.part]
            shown.update(((spot.part, _outward(path, beside)), None) for path in spot.pieces)
        for part, path in shown:
            if not any(path.startswith(f"{outer}/") for name, outer in shown if name == part):
                yield self._markup(part, path)

    def style(self) -> tuple[str, str]:
        """Return the book's fonts, for the page that shows the leaves, and its other rules, for the leaves."""
        sheets = [name for name in self.archive.namelist() if name.endswith(".css")]
        text = "\n".join(
            _URL.sub(lambda url, at=name: f"url({self._embedded(at, url[1])})", self.archive.read(name).decode("utf-8"))  # type: ignore[misc]
            for name in sheets
        )
        fonts = re.findall(r"@font-face\s*\{[^}]*\}", text)
        rules = re.sub(r"@font-face\s*\{[^}]*\}|@charset[^;]*;", "", text)
        return "\n".join(fonts), re.sub(r"(?m)^\s*(?:html|body|:root)\b(?=[\s,{])", ":host", rules)

    def _tree(self, part: str) -> etree._ElementTree:
        if part not in self._trees:
            self._trees[part] = etree.fromstring(self.archive.read(part), _PARSER).getroottree()
        return self._trees[part]

    def _markup(self, part: str, path: str) -> str:
        found = self._tree(part).xpath(path)
        assert isinstance(found, list) and len(found) == 1, f"{path} was read in {part}"
        element = found[0]
        assert isinstance(element, etree._Element)
        return etree.tostring(self._copied(part, element), method="html", encoding="unicode")

    def _copied(self, part: str, element: etree._Element) -> etree._Element:
        """Return the element as HTML's parser wants it: no prefixes, nothing that acts, pictures in their places."""
        made = etree.Element(etree.QName(element).localname)
        for name, value in element.attrib.items():
            if not str(name).startswith(("{", "on")) and name not in _KEPT and name != "id":
                made.set(name, value)
        if source := element.get("src"):
            made.set("src", self._embedded(part, source))
        if element.get("href") and made.tag == "a":
            made.set("class", f"{made.get('class', '')} leads-on".strip())
        made.text = element.text
        for child in element:
            if etree.QName(child).namespace in _SHOWN and etree.QName(child).localname not in _ACTING:
                made.append(self._copied(part, child))
                made[-1].tail = child.tail
            elif child.tail:
                _add_text(made, child.tail)
        return made

    def _embedded(self, part: str, address: str) -> str:
        """Return a member as a data URI; of an address that isn't in the book, nothing."""
        name = posixpath.normpath(posixpath.join(posixpath.dirname(part), unquote(address.partition("#")[0])))
        if ":" in address or name not in self.archive.NameToInfo:
            return "data:,"
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{base64.b64encode(self.archive.read(name)).decode()}"


def _outward(path: str, others: Sequence[str]) -> str:
    """Return the path to the outermost element around it, inside its unit, that holds none of the others."""
    steps = path.split("/")
    for end in range(_OUTERMOST + 2, len(steps)):
        outer = "/".join(steps[:end])
        if not any(other == outer or other.startswith(f"{outer}/") for other in others):
            return outer
    return path


def _add_text(made: etree._Element, text: str) -> None:
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text

"""An e-book of anyone's, opened by the standard: its package, its pages in reading order, the hashes of its members."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import unquote

from lxml import etree

from mathbook.epub.safe_zip import SafeZip

_OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"


def parsed(data: bytes) -> etree._Element:
    """Return the root of a document; entities are not followed, and nothing is fetched."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(data, parser)


def resolved(base: str, href: str) -> str:
    """Return the name of the member that the document `base` calls `href`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(href)))


@dataclass(slots=True)
class Opened:
    """The e-book in an open zip file."""

    archive: SafeZip
    _names: frozenset[str] = frozenset()
    _digests: dict[str, str] = field(default_factory=dict)
    _marks: dict[str, str] = field(default_factory=dict)
    _package: tuple[str, etree._Element] | None = None

    def __post_init__(self) -> None:
        self._names = frozenset(self.archive.names())

    def has(self, name: str) -> bool:
        """Return whether there is a member of that name."""
        return name in self._names

    def digest(self, name: str) -> str:
        """Return the hash of a member's bytes."""
        if name not in self._digests:
            self._digests[name] = blake2b(self.archive.read(name), digest_size=16).hexdigest()
        return self._digests[name]

    def mark(self, name: str) -> str:
        """Return a hash that tells the member's bytes from others; most often nothing is unpacked for it."""
        if name not in self._marks:
            self._marks[name] = blake2b(self.archive.told(name), digest_size=16).hexdigest()
        return self._marks[name]

    def spine(self) -> Iterator[str]:
        """Yield the names of the pages in reading order (EPUB 3.3, section 5.7)."""
        name, package = self.package()
        hrefs = {item.get("id"): item.get("href", "") for item in package.iter(f"{_OPF}item")}
        for itemref in package.iter(f"{_OPF}itemref"):
            asked = itemref.get("idref")
            if asked not in hrefs:
                raise ValueError(f"{name} lists no page {asked!r}")
            yield resolved(name, hrefs[asked])

    def looks(self) -> Iterator[str]:
        """Yield the names of what decides how all pages look: a style sheet can hide words, a font can change them."""
        name, package = self.package()
        for item in package.iter(f"{_OPF}item"):
            kind = item.get("media-type", "")
            if kind == "text/css" or kind.startswith(("font/", "application/font", "application/vnd.ms-opentype")):
                yield resolved(name, item.get("href", ""))

    def package(self) -> tuple[str, etree._Element]:
        """Return the package document with its name (EPUB 3.3, 4.2.6.3.1). Raises ValueError if none is named."""
        if self._package is None:
            container = parsed(self.archive.read("META-INF/container.xml"))
            root = next(container.iter(f"{_CONTAINER}rootfile"), None)
            if root is None:
                raise ValueError("META-INF/container.xml names no package")
            name = root.get("full-path", "")
            self._package = name, parsed(self.archive.read(name))
        return self._package

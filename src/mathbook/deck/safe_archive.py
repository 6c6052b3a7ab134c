"""A deck's archive, opened with care: it may come from anybody."""

from __future__ import annotations

import posixpath
import zipfile
from contextlib import AbstractContextManager
from pathlib import Path

from lxml import etree

from mathbook.archive.harm import Most, harm_in
from mathbook.archive.zip_reader import ZipReader, open_zip

MOST_OF_A_DECK = Most(400_000, 4 * 2**30)
"""A book's deck has 32 members an example of eight slides."""
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
"""Made once: to make one takes as long as to parse a slide."""


class UnsafeFile(ValueError):
    """A file that isn't opened: too large, or with members that no deck has."""


def check_archive(archive: zipfile.ZipFile) -> None:
    """Raise UnsafeFile for an archive that must not be unpacked."""
    if harm := harm_in(archive, MOST_OF_A_DECK):
        raise UnsafeFile(f"the file {harm}")


def open_deck(path: Path) -> AbstractContextManager[ZipReader]:
    """Give the reader of a deck's members. Raises UnsafeFile, and BadZipFile."""
    return open_zip(path, MOST_OF_A_DECK, check_archive)


def parsed(deck: ZipReader, name: str) -> etree._Element:
    """Return the member's XML."""
    return etree.fromstring(deck.read(name), _PARSER)


def relations_name(part: str) -> str:
    """Return the name of the member that holds a part's relationships."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels"


def relations(deck: ZipReader, part: str) -> dict[str, str]:
    """Return the targets of a part's relationships: full names inside, addresses outside."""
    folder, file = posixpath.dirname(part), relations_name(part)
    found: dict[str, str] = {}
    if file not in deck.entries:
        return found
    for relation in parsed(deck, file):
        target = relation.get("Target", "")
        inside = relation.get("TargetMode") != "External"
        found[relation.get("Id", "")] = posixpath.normpath(posixpath.join(folder, target)) if inside else target
    return found

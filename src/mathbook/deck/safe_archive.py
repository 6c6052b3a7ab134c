"""A deck's archive, opened with care: it may come from anybody."""

from __future__ import annotations

import posixpath
import zipfile

from lxml import etree

_MOST_MEMBERS, _MOST_BYTES, _MOST_RATIO = 100_000, 2_000_000_000, 200


class UnsafeFile(ValueError):
    """A file that isn't opened: too large, or with members that no deck has."""


def check_archive(archive: zipfile.ZipFile) -> None:
    """Raise UnsafeFile for an archive that must not be unpacked."""
    members = archive.infolist()
    names = [member.filename for member in members]
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_BYTES:
        raise UnsafeFile("the file holds too much")
    if len(set(names)) != len(names) or any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise UnsafeFile("the file has members with impossible names")
    for member in members:
        if member.file_size > 1_000_000 and member.file_size > _MOST_RATIO * max(member.compress_size, 1):
            raise UnsafeFile(f"{member.filename} is compressed beyond belief")


def parsed(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """Return the member's XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def relations_name(part: str) -> str:
    """Return the name of the member that holds a part's relationships."""
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Return the targets of a part's relationships: full names inside, addresses outside."""
    folder, file = posixpath.dirname(part), relations_name(part)
    found: dict[str, str] = {}
    if file not in archive.NameToInfo:
        return found
    for relation in parsed(archive, file):
        target = relation.get("Target", "")
        inside = relation.get("TargetMode") != "External"
        found[relation.get("Id", "")] = posixpath.normpath(posixpath.join(folder, target)) if inside else target
    return found

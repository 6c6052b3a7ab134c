"""A text file of the manuscript, read strictly."""

from __future__ import annotations

import re
from pathlib import Path

from mathbook.diagnostics import Code, Collector, Span
from mathbook.project import Folders, Project, followed, read_bytes

LARGEST = 5_000_000
"""Bytes of a text file that are read."""

# C0 and C1 controls but tab and line feed, and the non-characters that XML refuses (XML 1.0, section 2.2)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Embeddings, overrides and isolates can make a line read otherwise than it is (Unicode, UTS 55)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_MOST_TOLD = 5


def read_text_file(path: Path, project: Project, collector: Collector, folders: Folders | None = None) -> str | None:
    """Return the text with plain line feeds and no byte order mark, or None after telling what is wrong."""
    file = project.name_of(path)
    if file in project.texts:
        return _checked(project.texts[file], file, collector)
    data = _bytes_of(path, project, file, collector, folders)
    if data is None:
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # the codec counts from behind the byte order mark
        at = error.start + (len(data) - len(error.object))
        _tell_encoding(data, at, file, collector)
        return None
    return _checked(text.replace("\r\n", "\n").replace("\r", "\n"), file, collector)


def _bytes_of(path: Path, project: Project, file: str, collector: Collector, folders: Folders | None) -> bytes | None:
    real, reason = followed(path, project.root, folders=folders)
    if real is None:
        collector.error(Code.FILE_OUTSIDE, Span(file), reason)
        return None
    try:
        data = read_bytes(real, LARGEST)
    except OSError as error:
        hint = "is it a link to something that is gone?" if path.is_symlink() else ""
        collector.error(Code.FILE_MISSING, Span(file), f"the file can't be read ({error.strerror})", hint)
        return None
    if len(data) > LARGEST:
        collector.error(Code.FILE_TOO_LARGE, Span(file), f"the file has more than {LARGEST} bytes", "split it")
        return None
    return data


def _tell_encoding(data: bytes, at: int, file: str, collector: Collector) -> None:
    before = data[:at]
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8-sig", "replace")) + 1
    span = Span(file, before.count(b"\n") + 1, column)
    message = f"byte {at} is not UTF-8 (0x{data[at]:02x})"
    collector.error(Code.FILE_ENCODING, span, message, "save the file as UTF-8")


def _checked(text: str, file: str, collector: Collector) -> str | None:
    found = list(_CONTROL.finditer(text))
    for match in found[:_MOST_TOLD]:
        collector.error(Code.FILE_CONTROL, _span(text, match, file), f"control character {_name(match)}", "take it out")
    for match in list(_BIDI.finditer(text))[:_MOST_TOLD]:
        message = f"{_name(match)} changes the direction of what follows, unseen"
        collector.warning(Code.FILE_CONTROL, _span(text, match, file), message, "take it out if you didn't mean it")
    return None if found else text


def _span(text: str, match: re.Match[str], file: str) -> Span:
    line = text.count("\n", 0, match.start()) + 1
    return Span(file, line, match.start() - text.rfind("\n", 0, match.start()))


def _name(match: re.Match[str]) -> str:
    return f"U+{ord(match[0]):04X}"

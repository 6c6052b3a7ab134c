"""A text file of the manuscript, read strictly."""

from __future__ import annotations

import re
from pathlib import Path

from mathbook.diagnostics import Code, Collector, Span
from mathbook.project import Project, refusal

LARGEST = 5_000_000
"""Bytes of a text file that are read."""

# C0 and C1 controls but tab and line feed, and the non-characters that XML refuses
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def read_text_file(path: Path, project: Project, collector: Collector) -> str | None:
    """Return the text with plain line feeds and no byte order mark, or None after telling what is wrong."""
    file = project.name_of(path)
    reason = refusal(path, project.root)
    if reason:
        collector.error(Code.FILE_OUTSIDE, Span(file), reason)
        return None
    if path.stat().st_size > LARGEST:
        collector.error(Code.FILE_TOO_LARGE, Span(file), f"the file has more than {LARGEST} bytes")
        return None
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        span = Span(file, before.count(b"\n") + 1, column)
        message = f"byte {error.start} is not UTF-8 (0x{data[error.start]:02x})"
        collector.error(Code.FILE_ENCODING, span, message, "save the file as UTF-8")
        return None
    return _checked(text.replace("\r\n", "\n").replace("\r", "\n"), file, collector)


def _checked(text: str, file: str, collector: Collector) -> str | None:
    found = list(_CONTROL.finditer(text))
    for match in found[:5]:
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        message = f"control character U+{ord(match[0]):04X}"
        collector.error(Code.FILE_CONTROL, Span(file, line, column), message, "take it out")
    return None if found else text

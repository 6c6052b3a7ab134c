"""Plain text and Markdown as paragraphs of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>$@~^&|#]")
_OPENING = re.compile(r"(\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdmIVXLCDM]+))[.)](?=\s|$)|[-+:=%]")
_URL = re.compile(r"https?://[^\s<>\"()]*[^\s<>\"().,;:!?’”]")


def paragraphs_of_text(text: str) -> Iterator[str]:
    """Yield the paragraphs of plain text, each on one line, marks escaped and web addresses as links."""
    for block in re.split(r"\n[ \t]*\n", text):
        line = " ".join(block.split())
        if line:
            yield escaped(line)


def escaped(line: str) -> str:
    """Return a line of words as Markdown that reads as these words."""
    marked, last = "", 0
    for match in _URL.finditer(line):
        marked += _SPECIAL.sub(r"\\\g<0>", line[last : match.start()]) + f"<{match[0]}>"
        last = match.end()
    marked += _SPECIAL.sub(r"\\\g<0>", line[last:])
    opening = _OPENING.match(marked)
    if opening is None:
        return marked
    begin = opening[1] or ""
    return f"{begin}\\{marked[len(begin) :]}"


def paragraphs_of_markdown(text: str) -> Iterator[str]:
    """Yield the blocks of Markdown as they are written, code fences whole; a heading is a block of its own."""
    held: list[str] = []
    fence = ""
    for line in text.split("\n"):
        mark = re.match(r"\s*(```+|~~~+|:::+)", line)
        if fence:
            held.append(line)
            fence = "" if mark and line.strip() == fence else fence
        elif mark and mark[1][0] != ":":
            held.append(line)
            fence = mark[1]
        elif not line.strip() or re.match(r"#{1,6}\s", line):
            yield from _joined(held)
            held = [] if line.strip() == "" else [line]
            if held:
                yield from _joined(held)
                held = []
        else:
            held.append(line)
    yield from _joined(held)


def _joined(lines: list[str]) -> Iterator[str]:
    if lines:
        yield "\n".join(lines)

"""The front matter of a file: YAML between --- and --- (or ...) at its head."""

from __future__ import annotations

import re

from mathbook import records
from mathbook.diagnostics import Code, Collector, Span
from mathbook.source.forms import FrontMatterForm


def split_front_matter(text: str) -> tuple[str, str, int]:
    """Return the YAML, the rest of the text, and the line in the file at which the rest begins."""
    if not re.match(r"---[ \t]*\n", text):
        return "", text, 1
    lines = text.split("\n")
    for at, line in enumerate(lines[1:], start=1):
        if re.fullmatch(r"(---|\.\.\.)[ \t]*", line):
            return "\n".join(lines[1:at]), "\n".join(lines[at + 1 :]), at + 2
    return "\n".join(lines[1:]), "", len(lines) + 1


def read_front_matter(text: str, file: str, collector: Collector) -> tuple[FrontMatterForm, str, int]:
    """Return the front matter (an empty one if there is none, or after telling what is wrong), the rest, its line."""
    yaml, rest, line = split_front_matter(text)
    if yaml and not rest and line > text.count("\n") + 1:
        collector.error(Code.YAML_SYNTAX, Span(file, 1), "the front matter is never closed", "close it with ---")
        return FrontMatterForm(), "", line
    loaded = records.load_yaml(yaml, file, collector, line_offset=1)
    form = records.check(*loaded, FrontMatterForm, file, collector) if loaded else None
    return form or FrontMatterForm(), rest, line

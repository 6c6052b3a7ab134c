"""The front matter of a file: YAML between --- and --- (or ...) at its head."""

from __future__ import annotations

import re

from mathbook import records
from mathbook.diagnostics import Code, Collector, Span
from mathbook.frozen import frozen
from mathbook.source.forms import FrontMatterForm


@frozen
class FrontMatter:
    """What a file's head says, where each key stands, the `rest` of the text, and the line at which it begins.

    It is `sound` if nothing was wrong with it.
    """

    form: FrontMatterForm
    marks: records.Marks
    rest: str
    line: int
    sound: bool = True

    def span_of(self, key: str) -> Span:
        """Return where a key stands; the head of the file if it isn't there."""
        return self.marks.keys.get((key,), Span(self.marks.file))


def read_front_matter(text: str, file: str, collector: Collector) -> FrontMatter:
    """Return the front matter: an empty one if there is none, or after telling what is wrong with it."""
    parts = _split(text)
    nothing = records.Marks(file)
    if parts is None:
        return FrontMatter(FrontMatterForm(), nothing, text, 1)
    yaml, rest, line, closed = parts
    if not closed:
        collector.error(Code.YAML_SYNTAX, Span(file), "the front matter is never closed", "close it with ---")
        return FrontMatter(FrontMatterForm(), nothing, "", line, sound=False)
    loaded = records.load_yaml(yaml, file, collector, line_offset=1)
    form = records.check(*loaded, FrontMatterForm, file, collector) if loaded else None
    known = form or (records.salvaged(*loaded, FrontMatterForm) if loaded else None)
    marks = loaded[1] if loaded else nothing
    return FrontMatter(known or FrontMatterForm(), marks, rest, line, sound=form is not None)


def _split(text: str) -> tuple[str, str, int, bool] | None:
    """Return the YAML, the rest, the line at which the rest begins, and whether the YAML is closed.

    As with Pandoc, a --- with an empty line below it is a rule, and no front matter begins there.
    """
    lines = text.split("\n")
    if not re.fullmatch(r"---[ \t]*", lines[0]) or (len(lines) > 1 and not lines[1].strip()):
        return None
    for at, line in enumerate(lines[1:], start=1):
        if re.fullmatch(r"(---|\.\.\.)[ \t]*", line):
            return "\n".join(lines[1:at]), "\n".join(lines[at + 1 :]), at + 2, True
    return "\n".join(lines[1:]), "", len(lines) + 1, False

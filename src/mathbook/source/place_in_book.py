"""Where in book.yaml something is said, for who finds out later that it is wrong."""

from __future__ import annotations

from mathbook import records
from mathbook.diagnostics import Collector, Span
from mathbook.project import Project
from mathbook.source.text_file import read_text_file


def place_in_book(project: Project, key: str, value: str = "") -> Span:
    """Return where the value of a key ("deck.template") stands, or this `value` in its list; of a key that isn't there
    the place of what would hold it, or the file's beginning.
    """
    file = project.name_of(project.book_file)
    text = read_text_file(project.book_file, project, Collector())
    loaded = records.load_yaml(text, file, Collector()) if text is not None else None
    if loaded is None:
        return Span(file)
    held, marks = loaded
    path = tuple(key.split("."))
    for name in path:
        held = held.get(name) if isinstance(held, dict) else None
    at = (held.index(value),) if isinstance(held, list) and value in held else ()
    return marks.of_value((*path, *at))

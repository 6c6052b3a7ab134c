"""A text with a deck's name, and a deck that was cut off."""

from pathlib import Path

from mathbook.diagnostics import Collector, Stop
from mathbook.project import Project
from mathbook.talk.pull import pull


def tell(project: Path, collector: Collector) -> None:
    for name, data in (("notes.pptx", b"no deck"), ("talk.pptx", b"PK\x03\x04 the rest was lost")):
        (project / name).write_bytes(data)
        try:
            pull(Project(project), project / name)
        except Stop as stop:
            collector.diagnostics.extend(stop.diagnostics)

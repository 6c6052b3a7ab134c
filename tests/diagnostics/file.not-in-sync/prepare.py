"""A linker that loses a word: the file is read back before it is published, and the word is missed."""

from pathlib import Path

from mathbook.build import make as line
from mathbook.build import missing_files
from mathbook.build.linking import Made
from mathbook.build.outputs import Output
from mathbook.diagnostics import Collector
from mathbook.document.passage import Passage
from mathbook.project import Project
from mathbook.verify.judge import judge


def tell(project: Path, collector: Collector) -> None:
    linking = missing_files.link_all

    def forgetful(asked: list[Output], *_: object) -> list[Made]:
        said = [
            Passage("title", "Example 1 First", unit="first", place="first.xhtml"),
            Passage("paragraph", "The sum of the angles is 90 degrees.", unit="first", place="first.xhtml"),
        ]
        return [Made(output, "", None, judge(output.edition, "epub", said).findings) for output in asked]

    missing_files.link_all = forgetful
    try:
        for _ in line.make(Project(project), line.Request(formats=("epub",), audiences=("student",))):
            pass
    finally:
        missing_files.link_all = linking

"""How long the PDF of N examples takes, and how much memory: python benchmarks/pdf.py [-n 10 100 1000] [--peers].

Four rows a size: everything built with one worker and with two, and one example added, cold (a new process reads the
whole manuscript) and warm (a process that watches, as `mathbook watch` does). With --peers, in the same run, two more:
one WeasyPrint run over the same HTML, and `pandoc --pdf-engine=weasyprint`. Each row is a process of its own. Time is
the processor's, since a machine may have other work (without that of the workers, where there are two: compare `wall`
there). Builds read the manuscript and prove what they made, too. Only book.pdf is made, no handouts.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

GENERATOR = Path(__file__).with_name("gen.py")


def generate(folder: Path, *arguments: str) -> None:
    """Make the manuscript, or change it."""
    subprocess.run([sys.executable, str(GENERATOR), str(folder), *arguments], check=True)


def build(folder: Path, workers: int, memory: Any = None) -> None:
    """Build the student's book.pdf, as `mathbook build` does, without the handouts."""
    from mathbook.build import linking, make
    from mathbook.formats import formats
    from mathbook.project import find_project

    row = replace(formats()["pdf"], unit_audiences=())
    make.formats = lambda: {"pdf": row}  # type: ignore[assignment]
    assert linking.outputs
    request = make.Request(formats=("pdf",), audiences=("student",), workers=workers, memories=memory)
    for _ in make.make(find_project(folder), request):
        pass


def warm(folder: Path) -> dict[str, float]:
    """Build, add an example, and build again in the same process; return what the second build took."""
    from mathbook.build.reading import Memories

    kept: Any = Memories()
    build(folder, 1, kept)
    generate(folder, "--add", "1")
    return measured(lambda: build(folder, 1, kept))


def weasyprint(folder: Path, into: Path | None = None) -> dict[str, float]:
    """Lay out the same HTML in one run, its fonts in the file; return what that took. The file is saved as small as
    can be, which isn't counted.
    """
    import pikepdf
    from lxml import etree
    from lxml.builder import E

    from mathbook.diagnostics import Collector
    from mathbook.document.edition import Options
    from mathbook.document.select import for_format
    from mathbook.edition.resolve import resolve
    from mathbook.html.unit import write_unit
    from mathbook.pdf import render
    from mathbook.pdf.compile import _Page
    from mathbook.pdf.formula_font import formula_face
    from mathbook.pdf.stylesheet import print_sheets
    from mathbook.project import find_project
    from mathbook.source.read import read_book
    from mathbook.theme.load import load_theme

    collector = Collector()
    book, theme = read_book(find_project(folder), collector), load_theme("lecture", None, collector)
    assert book and theme
    edition = resolve(book, "student", collector)
    body: etree._Element = E.div()
    formulas: dict[str, Any] = {}
    resources: dict[str, tuple[str, bytes]] = {}
    options = Options(edition.audience, edition.meta)
    for unit in edition.units:
        page = _Page(for_format(unit, "pdf"), options, formula_face(theme))
        section = write_unit(page.unit, page.target())
        section.set("style", "break-before: page")
        body.append(section)
        formulas |= page.formulas
        resources |= page.resources
    sheets = print_sheets(theme, options)
    read_styles, made = render._styles, []
    render._styles = lambda sheets: replace(read_styles(sheets), heads={})  # no mark in the place of a font's file
    asked: dict[str, Any] = {"sheets": sheets, "resources": resources, "formulas": formulas}
    took = measured(lambda: made.append(render.render_pdf(body, title="t", language="en", **asked)))
    render._styles = read_styles
    with pikepdf.open(io.BytesIO(made[0].pdf)) as pdf:
        pdf.save(into or folder / "weasyprint.pdf", object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return took


def pandoc(folder: Path) -> None:
    """Let Pandoc and WeasyPrint make a PDF of the manuscript."""
    import pypandoc

    files = sorted((folder / "manuscript/examples").glob("*.md"))
    engine = Path(sys.executable).with_name("weasyprint")
    options = ["--pdf-engine", str(engine), "--mathml", "--toc", "-o", str(folder / "pandoc.pdf")]
    command = [pypandoc.get_pandoc_path(), *options, *map(str, files)]
    subprocess.run(command, check=True, cwd=folder / "manuscript", stderr=subprocess.DEVNULL)


def cold(workers: int) -> Callable[[Path], None]:
    """Return a build with so many workers."""
    return lambda folder: build(folder, workers)


ROWS: dict[str, Callable[[Path], Any]] = {
    "full, 1 worker": cold(1),
    "one added, cold": cold(1),
    "full, 2 workers": cold(2),
    "one added, warm": warm,
    "one WeasyPrint run": weasyprint,
    "pandoc with WeasyPrint": pandoc,
}


def measured(work: Callable[[], Any]) -> dict[str, float]:
    """Return the seconds of processor and of the clock that the work takes, and the largest process's megabytes."""
    began, clock = os.times(), time.perf_counter()
    found = work()
    ended = os.times()
    cpu = sum(ended[:4]) - sum(began[:4])
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    most = max(resource.getrusage(one).ru_maxrss for one in who) / 1024
    return {"cpu": cpu, "wall": time.perf_counter() - clock, "MB": most, **(found if isinstance(found, dict) else {})}


def in_a_process(name: str, folder: Path) -> dict[str, float]:
    """Measure a row in a process of its own."""
    command = [sys.executable, __file__, "--row", name, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def clear(folder: Path) -> None:
    """Forget what was built."""
    for name in (".mathbook", "dist"):
        subprocess.run(["rm", "-rf", str(folder / name)], check=True)


def table(sizes: Sequence[int], *, peers: bool) -> None:
    """Print a line a size and row."""
    print("| examples | | processor s | wall s | peak MB | PDF kB |\n|--:|:--|--:|--:|--:|--:|")
    files = {"one WeasyPrint run": "weasyprint.pdf", "pandoc with WeasyPrint": "pandoc.pdf"}
    for size in sizes:
        with TemporaryDirectory() as place:
            folder = Path(place)
            generate(folder, "-n", str(size))
            for name in list(ROWS) if peers else list(ROWS)[:4]:
                if name == "one added, cold":
                    generate(folder, "--add", "1")
                else:
                    clear(folder)
                found = in_a_process(name, folder)
                file = folder / files.get(name, "dist/book.pdf")
                figures = f"{found['cpu']:.1f} | {found['wall']:.1f} | {found['MB']:.0f}"
                print(f"| {size} | {name} | {figures} | {file.stat().st_size / 1000:.0f} |", flush=True)


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed keeps its compiled modules
    """Measure what is asked for, or one row for the parent."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, nargs="+", default=[10, 100])
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--row", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.row:
        name, folder = asked.row
        print(json.dumps(measured(lambda: ROWS[name](Path(folder)))))
    else:
        table(asked.n, peers=asked.peers)


if __name__ == "__main__":
    main()

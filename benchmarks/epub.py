"""E-books by mathbook and by pandoc, in one run: python benchmarks/epub.py [-n 10 100 1000] [--keep FOLDER].

Each makes an EPUB of the same manuscript, with MathML. Then an example is added: mathbook compiles that one and links,
pandoc begins again. Since pandoc doesn't read back what it made, there is a second row of mathbook without that, beside
the same times of pandoc. Seconds are wall time and, behind a slash, the processor's time of all processes.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

GENERATOR = Path(__file__).with_name("gen.py")


@dataclass(frozen=True, slots=True)
class Time:
    """What a command took, in seconds."""

    wall: float
    processor: float

    def __str__(self) -> str:
        return f"{self.wall:.1f} / {self.processor:.1f}"


def timed(command: list[str], folder: Path) -> Time:
    before, start = processor_time(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:6])} … failed:\n{done.stdout}{done.stderr}")
    return Time(time.perf_counter() - start, processor_time() - before)


def processor_time() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def mathbook(folder: Path, *options: str) -> Time:
    command = [sys.executable, "-m", "mathbook", "build", "epub", "--audience", "student", "--quiet", *options]
    return timed(command, folder)


def pandoc(program: str, folder: Path) -> Time:
    examples = sorted(str(path.relative_to(folder)) for path in folder.glob("manuscript/examples/*.md"))
    options = ["-f", "markdown", "-t", "epub3", "--mathml", "--resource-path=manuscript", "--metadata=title:Benchmark"]
    return timed([program, *options, "-o", "pandoc.epub", *examples], folder)


def generate(folder: Path, *options: str) -> None:
    subprocess.run([sys.executable, str(GENERATOR), str(folder), *options], check=True)


def measured(count: int, folder: Path, once: Callable[[Path], Time]) -> tuple[Time, Time]:
    """Return what a book of so many examples takes, and what it takes with one more."""
    generate(folder, "-n", str(count))
    full = once(folder)
    generate(folder, "--add", "1")
    return full, once(folder)


def rows(count: int, folder: Path, program: str) -> Iterator[str]:
    theirs = measured(count, folder / "pandoc", lambda place: pandoc(program, place))
    for options in ((), ("--no-verify",)):
        place = folder / "-".join(("mathbook", *options))
        ours = measured(count, place, lambda place, options=options: mathbook(place, *options))
        times = [cell for both in zip(ours, theirs, strict=True) for cell in (*both, ratio(both))]
        files = (place / "dist/book.epub", folder / "pandoc/pandoc.epub")
        cells = (" ".join((str(count), *options)), *times, *(f"{file.stat().st_size / 1e6:.2f}" for file in files))
        yield "| " + " | ".join(map(str, cells)) + " |"


def ratio(times: tuple[Time, Time]) -> str:
    ours, theirs = times
    return f"{theirs.wall / ours.wall:.1f}×"


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed keeps its compiled modules
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, nargs="+", default=[10, 100, 1000], help="how many examples")
    parser.add_argument("--pandoc", default="", help="the program; that of pypandoc_binary otherwise")
    parser.add_argument("--keep", type=Path, help="where the manuscripts and e-books stay")
    asked = parser.parse_args()
    program = asked.pandoc or shipped_pandoc()
    print(subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.splitlines()[0])
    print(f"Python {sys.version.splitlines()[0]}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print("| N | mathbook, all | pandoc, all | | mathbook, one added | pandoc, one added | | MB | pandoc's |")
    print("|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    with tempfile.TemporaryDirectory() as scratch:
        for count in asked.n:
            for row in rows(count, (asked.keep or Path(scratch)) / str(count), program):
                print(row, flush=True)


def shipped_pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


if __name__ == "__main__":
    main()

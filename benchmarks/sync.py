"""One example added to a book of N: python benchmarks/sync.py [-n 10 100 1000] [--no-pandoc] [--keep FOLDER].

How long it takes until handout, e-book and deck stand in dist/, read back and proved: by the command `mathbook build`
in a new process (cold), and by `mathbook watch`, from the moment when the file is saved to its line "in sync": the first
save, which has workers begin, then another example (warm), then one changed word. Beside it, in the same run, pandoc makes its three formats of the same files,
the PDF with WeasyPrint as its engine: it has nothing to keep, begins anew each time, and proves nothing.

Times are wall seconds and, behind a slash, the processor's time of all processes: a machine may have other work.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

GENERATOR = Path(__file__).with_name("gen.py")
ASKED = ("pdf", "epub", "deck", "--audience", "student")
PATIENCE = 900
"""Seconds after which a watch that says nothing is given up."""


@dataclass(frozen=True, slots=True)
class Time:
    """What something took: seconds by the clock and by the processor, and the largest process's megabytes."""

    wall: float
    processor: float
    megabytes: float = 0.0

    def __str__(self) -> str:
        return f"{self.wall:.1f} / {self.processor:.1f}"


def generate(folder: Path, *options: str) -> None:
    """Make the manuscript, or change it."""
    subprocess.run([sys.executable, str(GENERATOR), str(folder), *options], check=True)


class Meter:
    """Adds up what a process and all that it starts take: workers whose parent is another process are counted too."""

    def __init__(self, group: int) -> None:
        self.group, self.seconds, self.megabytes = group, dict[int, float](), 0.0
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._look_on, daemon=True)
        self.thread.start()

    def _look_on(self) -> None:
        while not self.ended.wait(0.05):
            self.look()

    def look(self) -> float:
        """Return the seconds of processor so far."""
        for place in Path("/proc").glob("[0-9]*"):
            try:
                fields = (place / "stat").read_text().rpartition(")")[2].split()
                if int(fields[2]) == self.group:
                    self.seconds[int(place.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
                    self.megabytes = max(self.megabytes, int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20)
            except (OSError, IndexError):
                continue
        return sum(self.seconds.values())

    def close(self) -> None:
        self.ended.set()
        self.thread.join()


def timed(command: list[str], folder: Path) -> Time:
    """Return what the command takes."""
    start = time.perf_counter()
    with (folder / "said.txt").open("w") as said:
        process = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said, start_new_session=True)
        meter = Meter(process.pid)
        process.wait()
    meter.close()
    if process.returncode:
        sys.exit(f"{' '.join(command[:8])} … failed:\n{(folder / 'said.txt').read_text()}")
    return Time(time.perf_counter() - start, sum(meter.seconds.values()), meter.megabytes)


def cold(folder: Path) -> Time:
    """Return what `mathbook build` takes."""
    return timed([sys.executable, "-m", "mathbook", "build", *ASKED, "--quiet"], folder)


@contextmanager
def watching(folder: Path) -> Iterator[Callable[[Callable[[], None]], Time]]:
    """Give a function that saves something under a running `mathbook watch`, and returns what the watch takes."""
    command = [sys.executable, "-m", "mathbook", "watch", *ASKED]
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stderr
    said, meter = process.stderr, Meter(process.pid)

    def in_sync() -> None:
        signal.alarm(PATIENCE)
        lines = []
        for line in said:
            lines.append(line)
            if line.startswith("in sync"):
                signal.alarm(0)
                return
        sys.exit(f"the watch ended:\n{''.join(lines)}")

    def saved(save: Callable[[], None]) -> Time:
        save()
        start, before = time.perf_counter(), meter.look()
        in_sync()
        return Time(time.perf_counter() - start, meter.look() - before)

    try:
        in_sync()
        yield saved
    finally:
        process.terminate()  # a shell may have told what it began behind it to ignore SIGINT
        process.wait()
        meter.close()


def told(what: str, took: Time) -> Time:
    """Return the time after telling it: a large book's row takes many minutes."""
    print(f"  {what}: {took}", file=sys.stderr, flush=True)
    return took


def pandoc(program: str, folder: Path) -> Iterator[tuple[str, Time]]:
    """Yield what each of pandoc's formats takes."""
    examples = sorted(str(path.relative_to(folder)) for path in folder.glob("manuscript/examples/*.md"))
    engine = str(Path(sys.executable).with_name("weasyprint"))
    base = [program, "-f", "markdown", "--resource-path=manuscript", "--metadata=title:Benchmark", "--toc"]
    options = {"pdf": ["--pdf-engine", engine, "--mathml"], "epub": ["--mathml"], "pptx": []}
    for name, more in options.items():
        yield name, timed([*base, *more, "-o", f"pandoc.{name}", *examples], folder)


def row(count: int, folder: Path, program: str) -> str:
    """Measure a book of so many examples and return its line of the table."""
    full = "–"
    if not (folder / "dist").is_dir():  # kept from another run, which has told how long everything takes
        generate(folder, "-n", str(count))
        full = str(told("everything", cold(folder)))
    generate(folder, "--add", "1")
    added = told("one added, cold", cold(folder))
    with watching(folder) as saved:
        first = told("one added, the first save", saved(lambda: generate(folder, "--add", "1")))
        warm = told("one added, warm", saved(lambda: generate(folder, "--add", "1")))
        word = told("one word, warm", saved(lambda: generate(folder, "--touch", str(count // 2))))
    cells = [str(count), full, str(added), str(first), str(warm), str(word), f"{added.megabytes:.0f}"]
    if program:
        theirs = {name: told(f"pandoc, {name}", time) for name, time in pandoc(program, folder)}
        wall = sum(one.wall for one in theirs.values())
        each = ", ".join(f"{name} {one.wall:.0f}" for name, one in theirs.items())
        cells += [f"{wall:.1f} ({each})", f"{wall / added.wall:.0f}×", f"{wall / warm.wall:.0f}×"]
    return "| " + " | ".join(cells) + " |"


HEAD = ("N", "everything", "one added, cold", "the first save", "one added, warm", "one word, warm", "MB, cold")
PEERS = ("pandoc, three formats", "cold", "warm")


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed keeps its compiled modules
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-n", type=int, nargs="+", default=[10, 100, 1000], help="how many examples")
    parser.add_argument("--no-pandoc", action="store_true", help="mathbook alone")
    parser.add_argument("--keep", type=Path, help="where the manuscripts and files stay")
    asked = parser.parse_args()
    program = "" if asked.no_pandoc else shipped_pandoc()
    print(f"{datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()}, {os.cpu_count()} cores", end="")
    print(f", load {os.getloadavg()[0]:.1f}" + (f", pandoc {version_of(program)}" if program else "") + "\n")
    head = HEAD + (PEERS if program else ())
    print(f"| {' | '.join(head)} |\n|{'--:|' * len(head)}")
    with TemporaryDirectory() as scratch:
        for count in asked.n:
            print(row(count, (asked.keep or Path(scratch)) / str(count), program), flush=True)


def version_of(program: str) -> str:
    return subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.split()[1]


def shipped_pandoc() -> str:
    import pypandoc

    return str(pypandoc.get_pandoc_path())


if __name__ == "__main__":
    main()

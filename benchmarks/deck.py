"""How long decks take: mathbook beside Pandoc, on the same generated examples, in one run.

    python benchmarks/deck.py [10 100 1000] [--runs 1] [--workers 2]

For each size: `pandoc -t pptx` (which knows no second build: with one example more it starts again); of the same
Markdown the book's deck alone with an empty cache, proved and not (Pandoc makes one file, and doesn't read it back); a
full build with an empty cache, which makes a deck of each example too; a build after one example was added.

Wall seconds, and CPU seconds of the command with its children, which say more on a machine that does other things too;
the best of the runs. CPU seconds are read from /proc every 20 ms, so this runs on Linux.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pypandoc

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Cost:
    """Wall and CPU seconds."""

    wall: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.wall:8.2f} {self.cpu:8.2f}"


def cost_of(command: list[str | Path], folder: Path) -> Cost:
    """Run the command; say what it said if it fails."""
    start, seen = time.perf_counter(), dict[int, float]()
    with tempfile.TemporaryFile() as said:
        done = subprocess.Popen(
            [str(word) for word in command], cwd=folder, stdout=said, stderr=said, start_new_session=True
        )
        while done.poll() is None:
            seen.update(_cpu_of_session(done.pid))
            time.sleep(0.02)
        end = time.perf_counter()
        said.seek(0)
        if done.returncode:
            sys.exit(f"{command[0]} failed:\n{said.read().decode()[-2000:]}")
    return Cost(end - start, sum(seen.values()))


def _cpu_of_session(session: int) -> Iterator[tuple[int, float]]:
    """Yield the CPU seconds of each process of the session: workers have parents that don't wait for them."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has ended
        if int(fields[3]) == session:
            yield int(path.parent.name), (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def best(runs: int, once: Callable[[], Cost]) -> Cost:
    return min((once() for _ in range(runs)), key=lambda cost: cost.cpu)


def generated(folder: Path, *arguments: str) -> None:
    subprocess.run([sys.executable, HERE / "gen.py", folder, *arguments], check=True)


ALL = ("deck", "--audience", "student")
"""The book's deck, and a deck an example."""
ALONE = ("deck.pptx",)


def built(folder: Path, workers: int, *asked: str) -> Cost:
    return cost_of([sys.executable, "-m", "mathbook", "build", *asked, "-j", str(workers)], folder)


def full(folder: Path, workers: int, *asked: str) -> Cost:
    """Build what is asked for with nothing in the cache."""
    shutil.rmtree(folder / ".mathbook", ignore_errors=True)
    shutil.rmtree(folder / "dist", ignore_errors=True)
    return built(folder, workers, *asked)


def pandoc(folder: Path) -> Cost:
    files = sorted((folder / "manuscript/examples").glob("*.md"))
    command: list[str | Path] = [pypandoc.get_pandoc_path(), "-f", "markdown", "-t", "pptx", "--slide-level=2"]
    command += ["--resource-path", folder / "manuscript", "-o", folder / "pandoc.pptx", *files]
    return cost_of(command, folder)


def added(folder: Path, workers: int) -> Cost:
    generated(folder, "--add", "1")
    return built(folder, workers, *ALL)


def rows(folder: Path, runs: int, workers: int) -> Iterator[tuple[str, Cost, str]]:
    """Yield what was measured, its cost and the deck that came of it."""
    yield "pandoc -t pptx", best(runs, lambda: pandoc(folder)), "pandoc.pptx"
    yield "mathbook, book's deck alone", best(runs, lambda: full(folder, workers, *ALONE)), "dist/deck.pptx"
    yield "the same, --no-verify", best(runs, lambda: full(folder, workers, *ALONE, "--no-verify")), "dist/deck.pptx"
    yield "mathbook, full", best(runs, lambda: full(folder, workers, *ALL)), "dist/deck.pptx"
    yield "mathbook, one added", best(runs, lambda: added(folder, workers)), "dist/deck.pptx"


def main() -> None:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed keeps its compiled modules
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    asked = parser.parse_args()
    print(f"Python {sys.version.splitlines()[0]}")
    print(f"{'examples':>8}  {'':28} {'wall s':>8} {'CPU s':>8} {'MB':>7}")
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            generated(folder, "-n", str(size))
            for title, cost, file in rows(folder, asked.runs, asked.workers):
                print(f"{size:8}  {title:28} {cost} {(folder / file).stat().st_size / 1e6:7.1f}", flush=True)


if __name__ == "__main__":
    main()

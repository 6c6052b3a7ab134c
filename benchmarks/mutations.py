"""How many single edits of finished files are found: python benchmarks/mutations.py [TRIES]; a row a kind of edit.

An edit counts as found if `verify` says that the file is not in sync, and names the example in which it was made.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "formats"))
from mutations import KINDS, build, outcome


def main(tries: int) -> None:
    """Print the table; whatever is missed is told below it with its number, so that it can be made again."""
    began, total, missed = time.monotonic(), Counter(), []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "book"
        manuscript = build(root)
        print("| edit | found | tried |\n|:--|--:|--:|")
        for kind in KINDS:
            results = [outcome(kind, root, manuscript, seed)[0] for seed in range(tries)]
            missed += [f"{result}: {kind}, {seed}" for seed, result in enumerate(results) if result != "found"]
            total.update(results)
            print(f"| {kind} | {results.count('found')} | {tries} |", flush=True)
    print(f"| **all** | **{total['found']}** | **{total.total()}** |")
    print(f"\n{time.monotonic() - began:.0f} s", *missed, sep="\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 25)

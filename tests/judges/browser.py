"""Chromium as a judge of pages: what stands out of an e-book's pages sideways, on screens of four widths."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PUPPETEER = ROOT / "tools" / "ace" / "node_modules" / "puppeteer-core"
SCRIPT = Path(__file__).with_name("overflow.mjs")
LOOKS = 8
"""How often each page is looked at: four widths, light and dark."""


def overflows(epub: Path) -> list[str]:
    """Return what stands out of any page of the e-book, but for what scrolls in a frame of its own."""
    assert PUPPETEER.exists(), "puppeteer comes with DAISY Ace: `make test` installs both"
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    with tempfile.TemporaryDirectory() as scratch:
        pages, profile = Path(scratch) / "pages", Path(scratch) / "profile"
        with zipfile.ZipFile(epub) as archive:
            archive.extractall(pages)
        files = sorted(pages.rglob("*.xhtml"))
        command = ["node", SCRIPT, chromium, profile, PUPPETEER, *files]
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    *faults, seen = done.stdout.splitlines() or [""]
    assert (done.returncode, seen) == (0, f"{LOOKS * len(files)} pages seen"), done.stdout + done.stderr
    return [fault.removeprefix(f"{pages}/") for fault in faults]

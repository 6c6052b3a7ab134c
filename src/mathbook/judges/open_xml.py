"""PresentationML, judged by openxml-audit where it is installed."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from mathbook.judges.verdict import Fault, Verdict, gathered, verdict_of

ASKED = "Open XML: whether PowerPoint is expected to open it cleanly"
SECONDS = 300
_ACCEPTED = {
    "Unexpected element 'rPr' found": (
        "the font of a formula's run, as PowerPoint itself writes it; the judge's schema doesn't know it there"
    )
}
"""What the judge may say, and why we let it. It holds for formulas only: see `_fault`."""


def open_xml(path: Path, name: str) -> Verdict:
    """Return what openxml-audit says of a deck, or why it wasn't asked."""
    try:
        judge = f"openxml-audit {version('openxml-audit')}"
    except PackageNotFoundError:
        return Verdict("openxml-audit", ASKED, name, "not run", why="not installed: pip install 'mathbook[check]'")
    program = Path(sys.executable).with_name("openxml-audit")
    command = [str(program), "-f", "microsoft365", "-o", "json", "-m", "0", str(path)]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS)
        (report,) = json.loads(done.stdout)
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        return Verdict(judge, ASKED, name, "not run", why=f"it ended without a report: {error}")
    return verdict_of(judge, ASKED, name, gathered(_fault(error) for error in report["errors"]))


def _fault(error: dict[str, Any]) -> Fault:
    message, in_formula = str(error["description"]), "/oMath[" in str(error.get("path", ""))
    return Fault(str(error["type"]), message, accepted=_ACCEPTED.get(message, "") if in_formula else "")

"""A small book of two examples that builds at once: where every author begins."""

from __future__ import annotations

import json
from pathlib import Path

TEMPLATE = Path(__file__).parent / "template"


def create(target: Path, title: str) -> None:
    """Write the book into the folder. Raises FileExistsError if there is something in it."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise FileExistsError(target)
    for source in sorted(path for path in TEMPLATE.rglob("*") if path.is_file()):
        path = target / source.relative_to(TEMPLATE)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source.read_text("utf-8").replace("@TITLE@", _quoted(title)), "utf-8")


def _quoted(title: str) -> str:
    """Return the title as YAML's double-quoted text, which every JSON string is (YAML 1.2, section 1.3)."""
    return json.dumps(title.strip() or "A book of examples", ensure_ascii=False)

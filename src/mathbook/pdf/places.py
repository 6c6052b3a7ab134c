"""Places in a PDF that have names."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Dictionary


def named_destinations(pdf: pikepdf.Pdf) -> dict[str, Any]:
    """Return the destinations by name."""
    names = pdf.Root.get("/Names", Dictionary()).get("/Dests")
    if names is None:
        return {}
    found = {}
    for key, value in pikepdf.NameTree(names).items():
        found[str(key)] = value.get("/D") if isinstance(value, Dictionary) else value
    return found

"""Labels and the ids that are made of them."""

from __future__ import annotations

import re


def id_of(label: str) -> str:
    """Return the XML id of a label: `eq:normal` becomes `eq-normal`. Letters of all languages stay."""
    name = re.sub(r"[^\w.-]+", "-", label).strip("-")
    return name if name[:1].isalpha() or name[:1] == "_" else f"id-{name}"

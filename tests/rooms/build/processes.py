"""Whether processes that a test began are there."""

from __future__ import annotations

import os


def is_there(process: int) -> bool:
    """Return whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True

"""What `pull` and `update` tell, as lines and as JSON-ready records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from mathbook.diagnostics import printable
from mathbook.talk.patch import diff
from mathbook.talk.pull import Pulled
from mathbook.talk.told import Told
from mathbook.talk.update import Updated


def pull_lines(pulled: Pulled, *, applied: bool) -> Iterator[str]:
    """Yield what comes home, the diff, what doesn't and why, and what to do next."""
    yield from (f"slide {told.slide}: {printable(told.what)}  ({told.where})" for told in pulled.home)
    shown = diff(pulled.before, pulled.after)
    if shown:
        yield ""
        yield from (printable(line.replace("\t", "    ")) for line in shown.splitlines())
        yield ""
    yield from _left(pulled.left)
    yield _summary(pulled, applied)


def _left(left: Sequence[Told]) -> Iterator[str]:
    for told in left:
        what = "conflict" if told.conflict else "not pulled"
        yield f"{what}: slide {told.slide}: {printable(told.what)}: {printable(told.reason)}"


def _summary(pulled: Pulled, applied: bool) -> str:
    if not pulled.after:
        return "nothing comes home" if pulled.left else "the deck says what it said when it was built"
    files = _count(len(pulled.after), "file")
    slides = f", {_count(pulled.proposed, 'new slide')} as a proposal" if pulled.proposed else ""
    verb = "written" if applied else "nothing was written; --apply writes it"
    return f"{_count(len(pulled.home), 'edit')} in {files}{slides}: {verb}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def pull_record(pulled: Pulled) -> dict[str, Any]:
    """Return what comes home as data."""
    return {
        "home": [asdict(told) for told in pulled.home],
        "left": [asdict(told) for told in pulled.left],
        "diff": diff(pulled.before, pulled.after),
        "files": list(pulled.after),
        "new_slides": pulled.proposed,
    }


def update_lines(updated: Updated, written: str) -> Iterator[str]:
    """Yield what is new in the deck, where the speaker's words stand against the manuscript's, what was `written`."""
    for told in updated.news:
        yield printable(f"slide {told.slide}: {told.what}" if told.slide else told.what)
    for told in updated.conflicts:
        yield printable(f"conflict: slide {told.slide}: {told.what}: {told.reason} (marked in its notes)")
    yield written or "nothing is new; nothing was written"


def update_record(updated: Updated, written: str) -> dict[str, Any]:
    """Return what is new as data; `written` names the file."""
    return {
        "news": [asdict(told) for told in updated.news],
        "conflicts": [asdict(told) for told in updated.conflicts],
        "written": written,
    }

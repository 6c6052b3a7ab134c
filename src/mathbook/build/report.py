"""What a build says while it runs: events become lines, or a bar on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable

from mathbook.build.events import Compiled, Event, Healed, Planned, Published, Told

_WIDTH = 28


def report(events: Iterable[Event], say: Callable[[str], None], terminal: bool) -> list[Event]:
    """Return the events after saying what is worth saying of each."""
    seen: list[Event] = []
    for event in events:
        seen.append(event)
        line = _line(event, seen)
        if terminal:
            _bar(seen)
        if line:
            say(line)
    return seen


def _line(event: Event, seen: list[Event]) -> str:
    match event:
        case Planned(fragments=fragments, to_compile=to_compile):
            return f"{fragments} fragments, {to_compile} to compile, {fragments - to_compile} from the cache"
        case Told(diagnostic=diagnostic):
            return str(diagnostic)
        case Healed(key=key):
            return f"a damaged entry of the cache was thrown away ({key[:8]})"
        case Published(file=file, size=size, changed=changed):
            return f"{'new ' if changed else 'same'}  {size / 1000:>8.1f} kB  {file}"
        case _:
            return ""


def _bar(seen: list[Event]) -> None:
    """Draw how much of what was planned is compiled; a line of its own that is wiped when all is done."""
    total = next((event.to_compile for event in seen if isinstance(event, Planned)), 0)
    done = sum(isinstance(event, Compiled) for event in seen)
    if not total or not isinstance(seen[-1], Compiled):
        sys.stderr.write("\r\x1b[K" if total else "")
        return
    filled = _WIDTH * done // total
    sys.stderr.write(f"\r\x1b[K{'█' * filled}{'░' * (_WIDTH - filled)} {done}/{total} ")
    sys.stderr.flush()

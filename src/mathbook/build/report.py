"""What a build says while it runs: events become lines, and a bar on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import assert_never

from mathbook.build.events import (
    Compiled,
    Event,
    Healed,
    Linked,
    NotKept,
    Planned,
    Published,
    Reused,
    Told,
    Unpaged,
    Waiting,
)
from mathbook.frozen import frozen

Say = Callable[[str], None]

_WIDTH = 28


@frozen
class Voice:
    """How a build speaks: `say` for what is good to know, `warn` for problems, `draw` for a line that is drawn over."""

    say: Say
    warn: Say
    draw: Say


def report(events: Iterable[Event], voice: Voice) -> list[Event]:
    """Return the events after saying what is worth saying of each, the same thing only once."""
    seen: list[Event] = []
    said: set[str] = set()
    progress = _Progress()
    for event in events:
        seen.append(event)
        voice.draw(progress.after(event))
        if (line := _line(event)) and line not in said:
            said.add(line)
            speak = voice.warn if isinstance(event, Told | Healed | NotKept) else voice.say
            speak(line)
    for line in _smallest(seen):
        voice.say(line)
    same = sum(isinstance(event, Published) and not event.changed for event in seen)
    if same:
        voice.say(f"same  {same} {'file' if same == 1 else 'files'}")
    return seen


def _smallest(seen: list[Event]) -> Iterator[str]:
    """Yield how small the type of each format is that chooses sizes: of a deck it should be known before the talk."""
    sizes: dict[str, float] = {}
    for event in seen:
        if isinstance(event, Compiled | Reused) and event.smallest:
            sizes[event.format] = min(event.smallest, sizes.get(event.format, event.smallest))
    yield from (f"the smallest type of the {name} has {size:g} points" for name, size in sizes.items())


def _line(event: Event) -> str:
    match event:
        case Waiting():
            return "another build of this book is running; waiting for its end"
        case Planned(fragments=fragments, to_compile=to_compile):
            return f"{fragments} fragments, {to_compile} to compile, {fragments - to_compile} from the cache"
        case Told(diagnostic=diagnostic):
            return str(diagnostic)
        case Healed(key=key):
            return f"a damaged entry of the cache was thrown away ({key[:8]})"
        case NotKept():
            return "the disk doesn't take what was compiled into the cache; the next build compiles it again"
        case Unpaged(format=format_name, pages_of=pages_of):
            return f"the {format_name} names no printed pages: these are known when the {pages_of} is built too"
        case Published(file=file, size=size, changed=True):
            return f"new   {size / 1000:>8.1f} kB  {file}"
        case Compiled() | Reused() | Linked() | Published():
            return ""  # the bar shows them; files that are as they were are counted
    assert_never(event)


@dataclass(slots=True)
class _Progress:
    """How far the build is."""

    to_compile: int = 0
    compiled: int = 0

    def after(self, event: Event) -> str:
        """Return the line that shows how far it is after the event; an empty one if nothing is to be shown."""
        match event:
            case Planned(to_compile=to_compile):
                self.to_compile = to_compile
            case Compiled():
                self.compiled += 1
            case Linked(file=file):
                return f"linked {file}"
            case _:
                return ""
        filled = _WIDTH * self.compiled // max(self.to_compile, 1)
        bar = f"{'█' * filled}{'░' * (_WIDTH - filled)} {self.compiled}/{self.to_compile}"
        return bar if self.to_compile else ""

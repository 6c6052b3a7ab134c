"""Captions, and the names of regions that scroll."""

from __future__ import annotations

from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.nodes import Inline
from mathbook.html.elements import Content, span
from mathbook.html.target import Context, Target


def numbered(kind: str, number: str, target: Target) -> str:
    """Return what a thing is called: "Figure 4.1", with a space that doesn't break, or only "Figure"."""
    title = target.say(LABEL_KINDS[kind].title)
    return f"{title}\N{NO-BREAK SPACE}{number}" if number else title


def caption_content(kind: str, number: str, caption: tuple[Inline, ...], context: Context) -> list[Content]:
    """Return a caption's label and words; nothing if it has neither."""
    words = context.without_url_notes().inlines(caption)
    if not number:
        return words
    label = span("caption-label", numbered(kind, number, context.target))
    return [label, " ", *words] if words else [label]


def region(target: Target, name: str) -> dict[str, str]:
    """Return the attributes of what may be wider than its page: named, and in reach of the keyboard."""
    return {"role": "group", "aria-label": name, "tabindex": "0"} if target.scrolling else {}

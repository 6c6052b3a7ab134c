"""Words changed in a paragraph of a deck, its runs kept with all that they look like."""

from __future__ import annotations

from difflib import SequenceMatcher

from lxml import etree

from mathbook.deck.shapes import A, said
from mathbook.talk.merge import tokens


def respelled(paragraph: etree._Element, old: str, new: str) -> bool:
    """Change the paragraph's words from `old` to `new`; False, and nothing is done, if it says something else."""
    texts = [text for run in paragraph.findall(f"{A}r") for text in run.iter(f"{A}t")]
    if "".join(text.text or "" for text in texts).rstrip() != old or said(paragraph) != old:
        return False
    for start, end, words in reversed(_changes(old, new)):
        _splice(texts, start, end, words)
    return True


def _changes(old: str, new: str) -> list[tuple[int, int, str]]:
    """Return (start, end, words in their place), as offsets in the old text."""
    was, becomes = tokens(old), tokens(new)
    offsets = [0]
    for token in was:
        offsets.append(offsets[-1] + len(token))
    return [
        (offsets[a], offsets[b], "".join(becomes[c:d]))
        for kind, a, b, c, d in SequenceMatcher(None, was, becomes, autojunk=False).get_opcodes()
        if kind != "equal"
    ]


def _splice(texts: list[etree._Element], start: int, end: int, words: str) -> None:
    """Put words in the place of what stands from start to end; the first run that is touched takes them."""
    at = 0
    for text in texts:
        said_here = text.text or ""
        first, last = max(start - at, 0), min(end - at, len(said_here))
        if first <= len(said_here) and last >= first and (start - at <= len(said_here)):
            text.text = said_here[:first] + words + said_here[last:]
            words = ""
            if end - at <= len(said_here):
                return
        at += len(said_here)

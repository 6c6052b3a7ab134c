"""Locators: `p. 7`, `chap. 3, and elsewhere`, in the words that Pandoc knows."""

from __future__ import annotations

import re

_LABELS = {
    "page": ("page", "pages", "p.", "pp.", "p", "pp"),
    "chapter": ("chapter", "chapters", "chap.", "chaps.", "ch."),
    "section": ("section", "sections", "sec.", "secs.", "§", "§§"),
    "figure": ("figure", "figures", "fig.", "figs."),
    "paragraph": ("paragraph", "para.", "paras.", "¶", "¶¶"),
    "part": ("part", "parts", "pt.", "pts."),
    "volume": ("volume", "volumes", "vol.", "vols."),
    "line": ("line", "lines", "l.", "ll."),
    "note": ("note", "notes", "n.", "nn."),
    "verse": ("verse", "verses", "v.", "vv."),
}
_BY_WORD = {word: label for label, words in _LABELS.items() for word in words}
_WORDS = "|".join(re.escape(word) for word in sorted(_BY_WORD, key=len, reverse=True))
_NUMBER = r"[\dA-Za-z.:]*\d[\dA-Za-z.:]*|[ivxlcdm]+"
_LOCATOR = re.compile(
    rf"(?P<word>{_WORDS})?\s*(?P<number>(?:{_NUMBER})(?:\s*[-–,&]\s*(?:{_NUMBER}))*)(?![\w.])(?P<rest>.*)", re.DOTALL
)


def split_locator(written: str) -> tuple[str, str, str]:
    """Return CSL's label, the number, and what else is written (with what parts it from the rest); all may be empty.

    A number without a word is a page's, as with Pandoc.
    """
    match = _LOCATOR.fullmatch(written.strip())
    if not match or not (match["word"] or match["number"][:1].isdigit()):
        return "", "", f", {written.strip()}" if written.strip() else ""
    rest = match["rest"].strip()
    between = "" if not rest or rest[:1] in ",;." else " "
    number = re.sub(r"\s*[-–]\s*", "-", match["number"])
    return _BY_WORD[match["word"] or "p."], number, between + rest

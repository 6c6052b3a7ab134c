r"""What amsmath decides by what stands beside or inside, written out before the formula is parsed.

The parser sets \dots always low, takes the spaces out of an operator's name, and shows the dollars in a \tag. What is
written in place of these is as long as they were, so that the columns of what comes behind stay as they are.
"""

from __future__ import annotations

import re

_DOTS = re.compile(
    r"\\dots(?![a-zA-Z])(?=\s*(?:[-+=<>*]|\\(?:cdot|times|div|pm|mp|ast|star|circ|oplus|ominus|otimes|odot|cup|cap|wedge"
    r"|vee|land|lor|leq?|geq?|ll|gg|neq?|equiv|sim|simeq|approx|cong|subset|subseteq|supset|supseteq|in|prec|succ|to"
    r"|(?:[lL]ong)?(?:left)?[lL]?[rR]ightarrow|implies|iff|sum|prod|int)(?![a-zA-Z])))"
)
"""Dots before a sign of operation or relation, which stand at its height."""
_WORDS = r"\s*\{((?:[a-zA-Z0-9-]|\\[,;: ]|~)+)\}"
_NAME = re.compile(rf"\\operatorname(?:\*{_WORDS}|{_WORDS}(?!\s*[_^]))")
_SPACE = re.compile(r"\\[,;: ]|~")


def spelled_out(latex: str) -> str:
    """Return the LaTeX with the dots, names and tags that the parser would show otherwise than TeX."""
    centred = _DOTS.sub(lambda found: "⋯".ljust(len(found[0])), latex)
    named = _NAME.sub(_name_with_spaces, centred)
    return named.replace(r"\tag*", r"\tags")


def _name_with_spaces(found: re.Match[str]) -> str:
    r"""Return a name of several words as text of an operator's class; one without spaces as it is.

    Without the star its limits would stand beside it, which the parser does for no text: then it keeps its one word.
    """
    words, count = _SPACE.subn(" ", found[1] or found[2])
    written = rf"\mathop{{\text{{{words}}}}}"
    return written.ljust(len(found[0])) if count and len(written) <= len(found[0]) else found[0]


_APPLIED = re.compile(r"([a-zA-Z0-9] [a-zA-Z0-9]+_(?:\([^()]*\)|\w))(?=\w)")


def with_room(linear: str, written: str) -> str:
    """Return the formula in a line of text with a space behind an operator of several words and its limit."""
    return _APPLIED.sub(r"\1 ", linear) if r"\mathop{\text{" in written else linear

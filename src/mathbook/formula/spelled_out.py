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
_NAME = re.compile(r"\\operatorname(\*?)\s*\{((?:[a-zA-Z0-9-]|\\[,;: ]|~)+)\}(\s*[_^])?")
_SPACE = re.compile(r"(?:\\[,;: ]|~)+")


def spelled_out(latex: str) -> str:
    """Return the LaTeX with the dots, names and tags that the parser would show otherwise than TeX."""
    return _spelled_out(latex, is_macro=False)


def macros_spelled_out(definitions: str) -> str:
    r"""Return \newcommand lines as `spelled_out` has a formula: what follows a macro where it is used isn't known."""
    return _spelled_out(definitions, is_macro=True)


def _spelled_out(latex: str, *, is_macro: bool) -> str:
    centred = _DOTS.sub(lambda found: "⋯".ljust(len(found[0])), latex)
    named = _NAME.sub(lambda found: _name_with_spaces(found, is_macro=is_macro), centred)
    return named.replace(r"\tag*", r"\tags")


def _name_with_spaces(found: re.Match[str], *, is_macro: bool) -> str:
    r"""Return a name of several words as text of an operator's class; one without spaces as it is.

    Such text has its limits below and above it. Without the star they stand beside it: then each word is an operator
    (`\opw`, see `macros`), and the last has them. Two operators are as far apart as the words of a name.
    """
    star, name, script = found[1], found[2], found[3] or ""
    words = _SPACE.sub(" ", name).split()
    if len(words) < 2:
        return found[0]
    whole, apart = rf"\mathop{{\text{{{' '.join(words)}}}}}", "".join(rf"\opw{{{word}}}" for word in words)
    room = len(found[0]) - len(script)
    wanted = [whole] if star else [apart] if script or is_macro else [whole, apart]
    return next((made.ljust(room) + script for made in wanted if len(made) <= room), found[0])

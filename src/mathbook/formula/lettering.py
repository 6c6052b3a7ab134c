r"""Letters of a font, written as the characters that Unicode has for them, before the formula is parsed.

The parser forgets the font of digits (\mathbf{0}, \mathbb{1}) and of text (\textbf{so}): no face would show it. Each
character is replaced by one character, so that the columns of what comes behind stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mathbook.formula.letters import in_block

_MATH = {
    "mathbf": "bold",
    "boldsymbol": "bold",
    "bm": "bold",
    "bold": "bold",
    "mathbb": "double-struck",
    "mathsf": "sans-serif",
    "mathtt": "monospace",
}
_TEXT = {"textbf": "bold", "textit": "italic", "emph": "italic", "textsf": "sans-serif", "texttt": "monospace"}
_FONT = re.compile(rf"\\({'|'.join([*_MATH, *_TEXT])})(?![a-zA-Z])\s*")
_SIGN = re.compile(r"\\(nabla|partial)(?![a-zA-Z])")
_BOLD_SIGNS = {"nabla": "𝛁", "partial": "𝛛"}
_OTHER = re.compile(
    r"\\(?:text[a-z]*|mbox|hbox|operatorname\*?|[hm]?space\*?|m?kern|[hm]skip|rule|raisebox|color|tag|begin|end)"
    r"\s*(?:\[[^]]*\]|\{[^{}]*\})*"
)
"""What holds words or measures among mathematics."""
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|\$[^$]*\$|.", re.DOTALL)


def lettered(latex: str) -> str:
    """Return the LaTeX with digits and text in fonts as characters of these fonts; it is as long as before."""
    characters, variants = list(latex), dict[int, set[str]]()
    for font in _FONT.finditer(latex):
        start, end = argument(latex, font.end())
        math = _MATH.get(font[1])
        for at in _digits(latex, start, end) if math else _words(latex, start, end):
            variants.setdefault(at, set()).add(math or _TEXT[font[1]])
        if font[1] in ("boldsymbol", "bm", "bold"):
            _embolden(characters, latex, start, end)
    for at, found in variants.items():
        characters[at] = in_block(latex[at], "bold-italic" if found == {"bold", "italic"} else min(found))
    return "".join(characters)


def argument(latex: str, start: int) -> tuple[int, int]:
    """Return where the argument begins and ends that stands at `start`: what its braces hold, or one token."""
    if latex[start : start + 1] != "{":
        token = _TOKEN.match(latex, start)
        return start, token.end() if token else start
    depth, at = 0, start
    while at < len(latex):
        depth += (latex[at] == "{") - (latex[at] == "}")
        if not depth:
            return start + 1, at
        at += 2 if latex[at] == "\\" else 1
    return start + 1, len(latex)


def _digits(latex: str, start: int, end: int) -> Iterator[int]:
    """Yield where digits stand that are mathematics."""
    at = start
    while at < end:
        found = _OTHER.match(latex, at, end) or _TOKEN.match(latex, at, end)
        assert found
        if found[0].isdecimal() and found[0].isascii():
            yield at
        at = found.end()


def _words(latex: str, start: int, end: int) -> Iterator[int]:
    """Yield where letters and digits of a text stand; formulas in it are none."""
    for token in _TOKEN.finditer(latex, start, end):
        if len(token[0]) == 1 and token[0].isascii() and token[0].isalnum():
            yield token.start()


def _embolden(characters: list[str], latex: str, start: int, end: int) -> None:
    """Replace signs that have a bold sister; spaces fill up what the command was longer."""
    for sign in _SIGN.finditer(latex, start, end):
        characters[sign.start() : sign.end()] = _BOLD_SIGNS[sign[1]].ljust(len(sign[0]))

r"""Macros: those that complete the parser's LaTeX, and where a column of the expanded formula is in the written one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mathbook.formula.lettering import argument

_GREEK = {
    "Gamma": "𝛤",
    "Delta": "𝛥",
    "Theta": "𝛩",
    "Lambda": "𝛬",
    "Xi": "𝛯",
    "Pi": "𝛱",
    "Sigma": "𝛴",
    "Upsilon": "𝛶",
    "Phi": "𝛷",
    "Psi": "𝛹",
    "Omega": "𝛺",
}
COMPLETIONS: dict[str, str] = {
    # the parser's own are short arrows without room (amsmath has long ones with it)
    "implies": r"\;\Longrightarrow\;",
    "impliedby": r"\;\Longleftarrow\;",
    "iff": r"\;\Longleftrightarrow\;",
    # what LaTeX, amsmath, amssymb and mathtools have and the parser lacks
    **{f"var{name}": letter for name, letter in _GREEK.items()},
    "bold": r"\mathbf",
    "frak": r"\mathfrak",
    "operatornamewithlimits": r"\operatorname*",
    "injlim": r"\operatorname*{inj\,lim}",
    "projlim": r"\operatorname*{proj\,lim}",
    "plim": r"\operatorname*{plim}",
    "varlimsup": r"\mathop{\overline{\lim}}",
    "varliminf": r"\mathop{\underline{\lim}}",
    "varinjlim": r"\mathop{\underrightarrow{\lim}}",
    "varprojlim": r"\mathop{\underleftarrow{\lim}}",
    "underbar": r"\underline",
    "lparen": "(",
    "rparen": ")",
    "lang": r"\langle",
    "rang": r"\rangle",
    "mathellipsis": r"\ldots",
    "ldotp": ".",
    "cdotp": r"\cdot",
    "vcentcolon": r"\mathrel{:}",
    "dblcolon": r"\mathrel{::}",
    "colonequals": r"\mathrel{:=}",
    "equalscolon": r"\mathrel{=:}",
    "backepsilon": r"\mathrel{∍}",
    "gtreqqless": r"\mathrel{⪌}",
    "lesseqqgtr": r"\mathrel{⪋}",
    "npreccurlyeq": r"\mathrel{⋠}",
    "nsucccurlyeq": r"\mathrel{⋡}",
    "maltese": "✠",
    "circledR": "®",
    "natnums": r"\mathbb{N}",
    "reals": r"\mathbb{R}",
    "Reals": r"\mathbb{R}",
    "Complex": r"\mathbb{C}",
}
"""Name → what it stands for. An author's own macro of the same name comes behind and wins."""
_TAGS = {"tag": r"\qquad\text{(#1)}", "tags": r"\qquad\text{#1}"}
"""An equation's own number, with its parentheses or (`\\tag*`, see `spelled_out`) without them."""

_COMMAND = re.compile(r"\\([a-zA-Z]+)\s*|\\.", re.DOTALL)
_DEFINITION = re.compile(r"\\(?:re)?newcommand\*?\s*\{?\s*\\([a-zA-Z]+)\s*\}?\s*(?:\[(\d)\])?\s*(?=\{)")
_MOST = 1000
"""Macros in a formula that are followed to find a column; the parser gives up sooner."""

Macros = dict[str, tuple[int, str]]


def prelude(latex: str, definitions: str) -> str:
    """Return the macros that the parser is given before the formula: of ours those that are used, then the author's."""
    used = {found[1] for found in _COMMAND.finditer(latex + definitions) if found[1]}
    ours = "".join(f"\\newcommand{{\\{name}}}{{{COMPLETIONS[name]}}}" for name in sorted(used & COMPLETIONS.keys()))
    ours += "".join(f"\\newcommand{{\\{name}}}[1]{{{_TAGS[name]}}}" for name in sorted(used & _TAGS.keys()))
    return ours + definitions.strip().replace("\n", " ")


def defined(definitions: str) -> Macros:
    r"""Return name → (number of arguments, body) of \newcommand lines."""
    found: Macros = {}
    for definition in _DEFINITION.finditer(definitions):
        start, end = argument(definitions, definition.end())
        found[definition[1]] = int(definition[2] or 0), definitions[start:end]
    return found


def origins(latex: str, macros: Macros) -> list[int]:
    """Return for each character of the expanded formula where in the written one it comes from.

    The parser writes each argument in braces, and fills up with spaces (one at least) to the length of the call.
    """
    text, at, left = list(zip(latex, range(len(latex)), strict=True)), 0, _MOST
    while at < len(text):
        found = _COMMAND.match("".join(char for char, _ in text[at : at + 60]))
        if not found or found[1] not in macros or not left:
            at += len(found[0]) if found and found[1] else 1
            continue
        left -= 1
        made, end = _expansion(text, at, at + 1 + len(found[1]), *macros[found[1]])
        text[at:end] = made + [(" ", text[at][1])] * max(1, end - at - len(made))
    return [origin for _, origin in text]


Origin = tuple[str, int]


def _expansion(text: list[Origin], start: int, end: int, count: int, body: str) -> tuple[list[Origin], int]:
    """Return what the macro at `start` stands for, and where its last argument ends."""
    arguments: list[list[Origin]] = []
    for _ in range(count):
        while end < len(text) and text[end][0].isspace():
            end += 1
        first, last = argument("".join(char for char, _ in text), end)
        arguments.append(text[first:last])
        end = last + (first > end)
    return list(_filled(body, arguments, text[start][1])), min(end, len(text))


def _filled(body: str, arguments: list[list[Origin]], origin: int) -> Iterator[Origin]:
    for part in re.split(r"(#\d)", body):
        if re.fullmatch(r"#\d", part) and int(part[1]) <= len(arguments):
            yield "{", origin
            yield from arguments[int(part[1]) - 1]
            yield "}", origin
        else:
            yield from ((char, origin) for char in part)

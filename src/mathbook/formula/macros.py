r"""Macros: those that complete the parser's LaTeX, and where a column of the expanded formula is in the written one."""

from __future__ import annotations

import re

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
    "injlim": r"\mathop{\text{inj lim}}",
    "projlim": r"\mathop{\text{proj lim}}",
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
_OF_AN_ARGUMENT = {"tag": r"\qquad\text{(#1)}", "tags": r"\qquad\text{#1}", "opw": r"\operatorname{#1}"}
"""An equation's own number, with its parentheses or (`\\tag*`) without them; a word of an operator's name.

The last two are what `spelled_out` writes.
"""

_COMMAND = re.compile(r"\\([a-zA-Z]+)\s*|\\.", re.DOTALL)
_DEFINITION = re.compile(r"\\(?:re)?newcommand\*?\s*\{?\s*\\([a-zA-Z]+)\s*\}?\s*(?:\[(\d)\])?\s*(?=\{)")
_MOST = 1000
"""Macros in a formula that are followed to find a column; the parser gives up sooner."""
_LONGEST = 50_000
"""Characters up to which a formula is expanded to find a column: a macro that calls itself twice soon has more."""

Macros = dict[str, tuple[int, str]]


def prelude(latex: str, definitions: str) -> str:
    """Return the macros that the parser is given before the formula: of ours those that are used, then the author's."""
    used = {found[1] for found in _COMMAND.finditer(latex + definitions) if found[1]}
    ours = "".join(f"\\newcommand{{\\{name}}}{{{COMPLETIONS[name]}}}" for name in sorted(used & COMPLETIONS.keys()))
    with_argument = sorted(used & _OF_AN_ARGUMENT.keys())
    ours += "".join(f"\\newcommand{{\\{name}}}[1]{{{_OF_AN_ARGUMENT[name]}}}" for name in with_argument)
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
    text, places, at, left = latex, list(range(len(latex))), 0, _MOST
    while at < len(text) < _LONGEST:
        found = _COMMAND.match(text, at)
        if not found or found[1] not in macros or not left:
            at = found.end() if found and found[1] else at + 1
            continue
        left -= 1
        made, origin, end = _expansion(text, places, at, found.end(1), *macros[found[1]])
        spaces = max(1, end - at - len(made))
        text = text[:at] + made + " " * spaces + text[end:]
        places[at:end] = [*origin, *[places[at]] * spaces]
    return places


def _expansion(text: str, places: list[int], start: int, end: int, count: int, body: str) -> tuple[str, list[int], int]:
    """Return what the macro at `start` stands for, where each character comes from, and where the call ends."""
    arguments: list[tuple[int, int]] = []
    for _ in range(count):
        while text[end : end + 1].isspace():
            end += 1
        first, last = argument(text, end)
        arguments.append((first, last))
        end = last + (first > end)
    made, origin = "", list[int]()
    for part in re.split(r"(#\d)", body):
        if re.fullmatch(r"#\d", part) and int(part[1]) <= len(arguments):
            first, last = arguments[int(part[1]) - 1]
            made += f"{{{text[first:last]}}}"
            origin += [places[start], *places[first:last], places[start]]
        else:
            made += part
            origin += [places[start]] * len(part)
    return made, origin, min(end, len(text))

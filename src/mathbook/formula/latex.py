"""OMML back to LaTeX: for formulas that somebody changed in a deck (ECMA-376 part 1, section 22.1).

What `formula.omml` writes is read, also as PowerPoint and LibreOffice write it again. Anything else is Unreadable: it
is better to say so than to guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from mathbook.formula.latex_signs import ACCENTS, SPACES, letter

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_INVISIBLE = frozenset("\u2061\u2062\u2063\u2064\u200a\u200b\u200c\u200d\ufeff\u2060")
_KNOWN = """
arccos arccot arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max
min Pr sec sin sinh sup tan tanh
"""
_FUNCTIONS = frozenset(_KNOWN.split())
_FENCES = {"": ".", "{": r"\{", "}": r"\}", "⟨": r"\langle", "⟩": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor"}
_FENCES |= {"⌈": r"\lceil", "⌉": r"\rceil", "‖": r"\|", "∥": r"\|", "∣": "|"}
_ALIGN = {"left": "l", "center": "c", "right": "r"}


class Unreadable(ValueError):
    """The formula holds something that is not written by mathbook."""


def latex(math: etree._Element) -> str:
    """Return the LaTeX of an m:oMath or m:oMathPara. Raises Unreadable."""
    return _tidy(_inside(math))


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text)
    text = re.sub(r"(\\[A-Za-z]+) (?![A-Za-z])", r"\1", text)
    return text.strip()


def _inside(element: etree._Element) -> str:
    """Return the children's LaTeX, neighbouring runs of one look as one."""
    said: list[str] = []
    held: tuple[str, str] = ("", "")
    for child in element:
        if not isinstance(child.tag, str) or not child.tag.startswith(_M) or child.tag.endswith("Pr"):
            continue
        look, words = _run(child) if child.tag == f"{_M}r" else ("", "")
        if look != held[0]:
            said.append(_looking(*held))
            held = (look, "")
        held = (look, held[1] + words)
        if child.tag != f"{_M}r":
            said.append(_element(child))
    return "".join([*said, _looking(*held)])


def _run(run: etree._Element) -> tuple[str, str]:
    """Return how a run looks (italic, plain or text) and its characters."""
    words = "".join(text.text or "" for text in run.iter(f"{_M}t"))
    if run.find(f"{_M}rPr/{_M}nor") is not None:
        return "text", words
    return ("plain" if _value(run, "rPr", "sty", "i") == "p" else "italic"), words


def _looking(look: str, words: str) -> str:
    words = "".join(char for char in words if char not in _INVISIBLE)
    match look:
        case "text" | "plain" if len(words.strip()) > 1 and words.strip().isalpha() and words.strip().isascii():
            return _name(words.strip())
        case "text" if any(char.isalpha() for char in words):
            return f"\\text{{{words.replace(chr(0xA0), ' ')}}}"
        case "plain":
            return "".join(_upright(char) for char in words)
        case _:
            return "".join(_letter(char) for char in words)


def _name(word: str) -> str:
    return f"\\{word} " if word in _FUNCTIONS else f"\\operatorname{{{word}}}"


def _upright(char: str) -> str:
    return f"\\mathrm{{{char}}}" if char.isascii() and char.isalpha() else _letter(char)


def _letter(char: str) -> str:
    return SPACES.get(char) or ("" if char.isspace() and char != "\xa0" else "~" if char == "\xa0" else letter(char))


def _element(element: etree._Element) -> str:
    name = etree.QName(element).localname
    write = _ELEMENTS.get(name)
    if write is None:
        raise Unreadable(f"a formula holds m:{name}")
    return write(element)


def _part(element: etree._Element, name: str) -> str:
    child = element.find(f"{_M}{name}")
    return "" if child is None else _inside(child).strip()


def _value(element: etree._Element, properties: str, name: str, default: str) -> str:
    """Return a property's m:val; an element without one means true (22.9.2.7)."""
    found = element.find(f"{_M}{properties}/{_M}{name}")
    return default if found is None else found.get(f"{_M}val", "1")


def _is_on(element: etree._Element, properties: str, name: str) -> bool:
    return _value(element, properties, name, "0") in ("1", "on", "true")


def _braced(text: str) -> str:
    return text if len(text) == 1 else f"{{{text}}}"


def _scripts(element: etree._Element) -> str:
    sub, sup = _part(element, "sub"), _part(element, "sup")
    below = f"_{_braced(sub)}" if element.find(f"{_M}sub") is not None else ""
    above = f"^{_braced(sup)}" if element.find(f"{_M}sup") is not None else ""
    if sup and set(sup) == {"'"}:
        above = sup
    base = _part(element, "e")
    simple = len(base) == 1 or re.fullmatch(r"\\[A-Za-z]+(\{[^{}]*\})?", base) or base.endswith((r"\right)", "}"))
    return f"{base if simple else '{' + base + '}'}{below}{above}"


def _pre_scripts(element: etree._Element) -> str:
    return f"{{}}_{_braced(_part(element, 'sub'))}^{_braced(_part(element, 'sup'))}{_part(element, 'e')}"


def _fraction(element: etree._Element) -> str:
    bare = _value(element, "fPr", "type", "bar") == "noBar"
    top, bottom = _part(element, "num"), _part(element, "den")
    return f"{{{top} \\atop {bottom}}}" if bare else f"\\frac{{{top}}}{{{bottom}}}"


def _root(element: etree._Element) -> str:
    degree = "" if _is_on(element, "radPr", "degHide") else _part(element, "deg")
    return f"\\sqrt{f'[{degree}]' if degree else ''}{{{_part(element, 'e')}}}"


def _delimited(element: etree._Element) -> str:
    opening = _value(element, "dPr", "begChr", "(")
    closing = _value(element, "dPr", "endChr", ")")
    middle = _value(element, "dPr", "sepChr", "|")
    parts = [_inside(part).strip() for part in element.findall(f"{_M}e")]
    if len(parts) == 1 and all("\\" not in part and "_" not in part and "^" not in part for part in parts):
        ends = [_FENCES.get(sign, sign) for sign in (opening, closing)]
        if "." not in ends:
            return f"{_spaced(ends[0])}{parts[0]}{ends[1]}"
    inside = f" \\middle{_fence(middle)} ".join(parts)
    return f"\\left{_fence(opening)} {inside} \\right{_fence(closing)}"


def _fence(sign: str) -> str:
    return _FENCES.get(sign, sign)


def _spaced(command: str) -> str:
    return f"{command} " if command[-1].isalpha() else command


def _large_operator(element: etree._Element) -> str:
    sign = letter(_value(element, "naryPr", "chr", "∫")).strip()
    below, above = _part(element, "sub"), _part(element, "sup")
    limits = (f"_{_braced(below)}" if below else "") + (f"^{_braced(above)}" if above else "")
    return f"{sign}{limits} {_part(element, 'e')}"


def _function(element: etree._Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _below(element: etree._Element) -> str:
    base, limit = _part(element, "e"), _part(element, "lim")
    if base.startswith((r"\underbrace", r"\underbracket")) or _is_operator(base):
        return f"{base}_{_braced(limit)}"
    return f"\\underset{{{limit}}}{{{base}}}"


def _above(element: etree._Element) -> str:
    base, limit = _part(element, "e"), _part(element, "lim")
    if base.startswith((r"\overbrace", r"\overbracket")):
        return f"{base}^{_braced(limit)}"
    return f"\\overset{{{limit}}}{{{base}}}"


def _is_operator(base: str) -> bool:
    return base.removeprefix("\\") in _FUNCTIONS


def _accent(element: etree._Element) -> str:
    mark, base = _value(element, "accPr", "chr", "\u0302"), _part(element, "e")
    if mark not in ACCENTS:
        raise Unreadable(f"a formula holds the accent U+{ord(mark[:1] or ' '):04X}")
    wide = {"hat": "widehat", "tilde": "widetilde", "bar": "overline"}
    name = ACCENTS[mark]
    return f"\\{wide.get(name, name) if len(base) > 1 and not base.startswith(chr(92)) else name}{{{base}}}"


def _bar(element: etree._Element) -> str:
    over = _value(element, "barPr", "pos", "bot") == "top"
    return f"\\{'overline' if over else 'underline'}{{{_part(element, 'e')}}}"


def _group(element: etree._Element) -> str:
    commands = {"⏞": "overbrace", "⏟": "underbrace", "⎴": "overbracket", "⎵": "underbracket"}
    sign = _value(element, "groupChrPr", "chr", "⏟")
    if sign not in commands:
        raise Unreadable(f"a formula holds the sign {sign} over or under a group")
    return f"\\{commands[sign]}{{{_part(element, 'e')}}}"


def _box(element: etree._Element) -> str:
    return _part(element, "e")


def _framed(element: etree._Element) -> str:
    strikes = [name for name in ("strikeBLTR", "strikeTLBR") if _is_on(element, "borderBoxPr", name)]
    command = {(): "boxed", ("strikeBLTR",): "cancel", ("strikeTLBR",): "bcancel"}.get(tuple(strikes), "xcancel")
    return f"\\{command}{{{_part(element, 'e')}}}"


def _phantom(element: etree._Element) -> str:
    base = _part(element, "e")
    return f"\\phantom{{{base}}}" if _value(element, "phantPr", "show", "1") in ("0", "off") else base


def _matrix(element: etree._Element) -> str:
    rows = [" & ".join(_inside(cell).strip() for cell in row.findall(f"{_M}e")) for row in element.findall(f"{_M}mr")]
    sides = [_ALIGN.get(_value(mc, "mcPr", "mcJc", "center"), "c") for mc in element.iter(f"{_M}mc")]
    inside = " \\\\ ".join(rows)
    if element.find(f"{_M}mPr/{_M}cGpRule") is not None and sides[:1] == ["r"]:
        return f"\\begin{{aligned}} {inside} \\end{{aligned}}"
    if set(sides) - {"c"}:
        return f"\\begin{{array}}{{{''.join(sides)}}} {inside} \\end{{array}}"
    return f"\\begin{{matrix}} {inside} \\end{{matrix}}"


def _lines(element: etree._Element) -> str:
    """Return an m:eqArr, which other programs write for aligned lines."""
    rows = [_inside(line).strip() for line in element.findall(f"{_M}e")]
    inside = " \\\\ ".join(rows)
    return f"\\begin{{aligned}} {inside} \\end{{aligned}}"


def _math(element: etree._Element) -> str:
    return _inside(element)


def _alone(element: etree._Element) -> str:
    return _looking(*_run(element))


_ELEMENTS: dict[str, Callable[[etree._Element], str]] = {
    "oMath": _math,
    "r": _alone,
    "f": _fraction,
    "rad": _root,
    "d": _delimited,
    "nary": _large_operator,
    "sSub": _scripts,
    "sSup": _scripts,
    "sSubSup": _scripts,
    "sPre": _pre_scripts,
    "func": _function,
    "limLow": _below,
    "limUpp": _above,
    "acc": _accent,
    "bar": _bar,
    "groupChr": _group,
    "box": _box,
    "borderBox": _framed,
    "phant": _phantom,
    "m": _matrix,
    "eqArr": _lines,
}

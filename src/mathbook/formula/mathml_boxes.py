"""What changes a base's box or ground, in MathML: Core has no <menclose>, so that frames and strikes are its style."""

from __future__ import annotations

from typing import assert_never

from mathbook.formula.mathml_elements import Element, el, length, row
from mathbook.formula.tree import Boxed, Canceled, Framed, Overlapped, Phantom, Raised, Scaled, Smashed


def boxed(node: Boxed, inner: list[Element]) -> Element:
    """Return the base's elements in what changes their box."""
    match node:
        case Framed():
            return el("mrow", {"style": _frame(node)}, inner)
        case Canceled(shape=shape):
            return el("mrow", {"style": f"background-image: {_strikes(shape)}"}, inner)
        case Phantom(width=width, height=height):
            hidden = el("mphantom", {}, inner)
            sizes = {**({} if width else {"width": "0"}), **({} if height else {"height": "0", "depth": "0"})}
            return el("mpadded", sizes, [hidden]) if sizes else hidden
        case Raised(em=em):
            return _raised(em, inner)
        case Scaled(factor=factor):
            return el("mstyle", {"mathsize": f"{factor * 100:.4g}%"}, inner)
        case Smashed(height=height, depth=depth):
            sizes = {**({"height": "0"} if height else {}), **({"depth": "0"} if depth else {})}
            return el("mpadded", sizes, inner)
        case Overlapped(side=side):
            shift = {"l": "-100%", "c": "-50%", "r": "0"}[side]
            moved = el("mrow", {"style": f"display: inline-block; transform: translateX({shift})"}, inner)
            return el("mpadded", {"width": "0"}, [moved if side != "r" else row(inner)])
        case _:
            assert_never(node)


def _raised(em: float, inner: list[Element]) -> Element:
    """Return the base lifted; the box grows with it, as TeX's does."""
    return el("mpadded", {"voffset": length(em)}, inner)


def _frame(node: Framed) -> str:
    ground = [f"background-color: {node.background}"] if node.background else []
    match node.shape:
        case "fill":
            look = ["padding: 0.2em"]
        case "circle":
            look = ["border: 0.06em solid currentColor", "border-radius: 50%", "padding: 0.1em 0.25em"]
        case "box":
            look = [f"border: 0.05em solid {node.border or 'currentColor'}", "padding: 0.25em"]
    return "; ".join([*look, *ground])


def _strikes(shape: str) -> str:
    """Return lines from corner to corner. A gradient's bands stand across the direction that it is named by."""
    rising, falling = _strike("bottom right"), _strike("top right")
    return {"bar": rising, "backslash": falling, "x": f"{rising}, {falling}"}[shape]


def _strike(towards: str) -> str:
    first, last = "calc(50% - 0.035em)", "calc(50% + 0.035em)"
    return f"linear-gradient(to {towards}, transparent {first}, currentColor {first} {last}, transparent {last})"

"""An SVG of shapes in flat colours, as operators of a PDF page.

Most pictures of a book are such: curves, bars, the outlines of a formula. PDFium draws these in a twentieth of the
time that an SVG program needs. What has words, gradients, filters or anything else is left to one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from mathbook.formula.transformations import Matrix, product
from mathbook.frozen import frozen
from mathbook.painting.moves import least_scale, moves
from mathbook.painting.paint import Colour, NotPlain, Paint, declared, is_property, number_of, paint_of
from mathbook.painting.shapes import GEOMETRY, decimal, filled_operators, path_of

_SVG, _XLINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
_DEEPEST = 40
"""How deep parts may stand in each other, and be used by each other."""
_SILENT = frozenset({"title", "desc", "metadata", "defs", "style", "clipPath"})
"""Elements that draw nothing where they stand."""
_INERT = frozenset({"id", "class", "role", "style", "transform", "version", "baseProfile", "tabindex", "focusable"})
_ROOT = frozenset({"viewBox", "width", "height", "x", "y"})
_USE = frozenset({"href", "x", "y"})
_ONE_RULE = re.compile(r"\s*\*\s*\{([^{}]*)\}\s*")
"""A style sheet that says the same of all parts, as Matplotlib writes it."""


@frozen
class PlainDrawing:
    """`operators` paint the view box (left, top, width, height; y down); `opacities` are the states that they name, /S0
    and so on. `colours` are all that are painted with.
    """

    operators: str
    box: tuple[float, float, float, float]
    opacities: tuple[float, ...]
    colours: frozenset[Colour]


def plain_drawing(svg: str, pixels: int) -> PlainDrawing | None:
    """Return the drawing of an SVG that is to be so many pixels wide; None if it is not plain."""
    if "<text" in svg or "<image" in svg:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(svg.encode(), parser)
        box = _view(root)
        return _Pen(root, pixels / box[2]).drawing(box)
    except (NotPlain, etree.XMLSyntaxError):
        return None


def _view(root: etree._Element) -> tuple[float, float, float, float]:
    """Return the view box of an SVG that shows all of it, and nothing beside it. Raises NotPlain."""
    width, height = (re.fullmatch(r"([\d.]+)([a-z]*)", root.get(name, "")) for name in ("width", "height"))
    if not width or not height or width[2] != height[2]:
        raise NotPlain("its size")
    size = number_of(width[1]), number_of(height[1])
    said = root.get("viewBox")
    if said is None and width[2] in ("", "px"):
        said = f"0 0 {size[0]} {size[1]}"
    numbers = [number_of(number) for number in re.split(r"[\s,]+", (said or "").strip())]
    if len(numbers) != 4 or min(*numbers[2:], *size) <= 0:
        raise NotPlain("its view box")
    left, top, across, down = numbers
    if abs(across / down * size[1] / size[0] - 1) > 0.005:
        raise NotPlain("it is shown with margins")
    return left, top, across, down


@dataclass(slots=True)
class _Pen:
    """Paints the parts of one SVG; `scale` is how many pixels a unit has."""

    root: etree._Element
    scale: float
    sheet: tuple[tuple[str, str], ...] = ()
    named: dict[str, etree._Element] = field(default_factory=dict)
    opacities: dict[float, str] = field(default_factory=dict)
    colours: set[Colour] = field(default_factory=set)

    def drawing(self, box: tuple[float, float, float, float]) -> PlainDrawing:
        """Return all of it. Raises NotPlain."""
        if self.root.tag != f"{{{_SVG}}}svg":
            raise NotPlain("no SVG")
        for style in self.root.iter(f"{{{_SVG}}}style"):
            rule = _ONE_RULE.fullmatch("".join(style.itertext()))
            if not rule or self.sheet:
                raise NotPlain("a style sheet")
            self.sheet = tuple(declared(rule[1]))
        self.named = {str(part.get("id")): part for part in self.root.iter(etree.Element) if part.get("id")}
        paint = self._paint(self.root, Paint(), _ROOT)
        if paint.opacity != 1 or paint.clip or self.root.get("transform"):
            raise NotPlain("as a whole it is faint, cut or moved")
        operators = "\n".join(self._parts(self.root, paint, self.scale, 0))
        return PlainDrawing(operators, box, tuple(self.opacities), frozenset(self.colours))

    def _parts(self, group: etree._Element, paint: Paint, scale: float, depth: int) -> Iterator[str]:
        for part in group:
            if isinstance(part.tag, str):
                yield from self._part(part, paint, scale, depth)

    def _part(self, part: etree._Element, around: Paint, scale: float, depth: int) -> Iterator[str]:
        space, _, name = str(part.tag).rpartition("}")
        if name in _SILENT or space != f"{{{_SVG}":
            return
        allowed = GEOMETRY.get(name, _USE if name == "use" else frozenset())
        if depth > _DEEPEST or (name not in GEOMETRY and name not in ("g", "use")):
            raise NotPlain(name)
        paint = self._paint(part, around, allowed)
        steps = _steps(part, name)
        if not steps and not paint.clip:
            yield self._inside(part, name, paint, scale, depth + 1)
            return
        moved = product(steps)
        inside = self._inside(part, name, paint, scale * least_scale(moved), depth + 1)
        yield f"q {' '.join(map(decimal, moved))} cm {self._clip(paint)}{inside} Q"

    def _inside(self, part: etree._Element, name: str, paint: Paint, scale: float, depth: int) -> str:
        if name in GEOMETRY:
            return self._shape(part, paint, scale)
        if paint.opacity != 1:
            raise NotPlain("a group that is faint as a whole")
        if name == "g":
            return "\n".join(self._parts(part, paint, scale, depth))
        used = self.named.get(str(part.get("href") or part.get(_XLINK) or "").removeprefix("#"))
        if used is None or paint.clip:
            raise NotPlain("it uses what isn't there")
        return "\n".join(self._part(used, paint, scale, depth))

    def _paint(self, part: etree._Element, around: Paint, allowed: frozenset[str]) -> Paint:
        own: list[tuple[str, str]] = []
        for key, value in part.attrib.items():
            name = str(key)
            if name in allowed or name in _INERT:
                continue
            if is_property(name):
                own.append((name, str(value)))
            elif not name.startswith(("data-", "aria-", "{")):
                raise NotPlain(name)
        return paint_of((*own, *self.sheet, *declared(part.get("style", ""))), around)

    def _clip(self, paint: Paint) -> str:
        """Return the operators that cut off what is outside of a path. Raises NotPlain for anything but one shape."""
        if not paint.clip:
            return ""
        clip = self.named.get(paint.clip)
        shapes = [one for one in clip if isinstance(one.tag, str)] if clip is not None else []
        if clip is None or set(map(str, clip.attrib)) - {"id"} or len(shapes) != 1:
            raise NotPlain("a clip")
        name = etree.QName(shapes[0]).localname
        if name not in GEOMETRY or set(map(str, shapes[0].attrib)) - GEOMETRY[name] - {"id"}:
            raise NotPlain("a clip")
        path = path_of(shapes[0])
        if not path:
            raise NotPlain("a clip that leaves nothing")
        return f"{path} W n "

    def _shape(self, part: etree._Element, paint: Paint, scale: float) -> str:
        path = path_of(part)
        filled = filled_operators(path)
        fill = paint.fill if filled else None
        stroke = paint.stroke if path and paint.width else None
        if paint.opacity != 1 and fill is not None and stroke is not None:
            raise NotPlain("a shape that is faint as a whole")
        painted = []
        if fill is not None:
            state = self._state(paint.fill_opacity * paint.opacity)
            painted.append(f"{self._coloured(fill, 'rg')}{state}{filled} f{'*' if paint.is_even_odd else ''}")
        if stroke is not None:
            # PDFium draws no line thinner than a pixel: a thin one is as much fainter
            faint = min(paint.width * scale, 1.0)
            state = self._state(paint.stroke_opacity * paint.opacity * faint)
            painted.append(f"{self._coloured(stroke, 'RG')}{state}{_pen(paint)}{path} S")
        return "\n".join(painted)

    def _coloured(self, colour: Colour, operator: str) -> str:
        self.colours.add(colour)
        return " ".join(decimal(channel / 255) for channel in colour) + f" {operator} "

    def _state(self, opacity: float) -> str:
        """Return the operator for an opacity; each shape sets its own."""
        rounded = round(opacity, 4)
        return f"/{self.opacities.setdefault(rounded, f'S{len(self.opacities)}')} gs "


def _steps(part: etree._Element, name: str) -> list[Matrix]:
    """Return how a part is moved; nothing where it stays. Raises NotPlain."""
    transform = part.get("transform")
    steps = list(moves(transform)) if transform else []
    if name == "use" and (part.get("x") or part.get("y")):
        steps.append((1, 0, 0, 1, number_of(part.get("x", "0")), number_of(part.get("y", "0"))))
    return steps


def _pen(paint: Paint) -> str:
    width, miter, offset = map(decimal, (paint.width, max(paint.miter, 1), paint.offset))
    return f"{width} w {paint.cap} J {paint.join} j {miter} M [{' '.join(map(decimal, paint.dashes))}] {offset} d "

"""Lowering of paragraphs: display formulas and figures come out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from mathbook.document.nodes import Block, Equation, Figure, Image, Paragraph, Text
from mathbook.source.lower_inlines import lower_picture

if TYPE_CHECKING:
    from mathbook.source.lower import Lowering


def lower_paragraph(element: Element, low: Lowering) -> tuple[Block, ...]:
    """Return the paragraph; a display formula in it parts it, and a picture that is alone in it becomes a figure."""
    if "plain" in element.attrib:
        return (Paragraph((Text(" ".join((element.text or "").split()), low.span(element)),), low.span(element)),)
    figure = _figure(element, low)
    if figure:
        return (figure,)
    blocks: list[Block] = []
    waiting: list[Element] = []
    for child in element:
        if child.tag == "math" and child.get("display"):
            blocks += _words(waiting, low)
            blocks.append(_equation(child, low))
            waiting = []
        else:
            waiting.append(child)
    return (*blocks, *_words(waiting, low))


def _words(elements: list[Element], low: Lowering) -> list[Block]:
    inlines = low.inlines(elements)
    return [Paragraph(inlines, low.span(elements[0]))] if inlines else []


def _equation(element: Element, low: Lowering) -> Equation:
    low.check_keys(element, (), ())
    span = low.span(element)
    return Equation(low.formulas.formula(element, span), element.get("id", ""), span=span)


def _figure(element: Element, low: Lowering) -> Figure | None:
    """Return the figure that this paragraph is: one picture with a caption or an id, and nothing else."""
    children = [child for child in element if child.tag != "text" or (child.text or "").strip()]
    image = children[0] if len(children) == 1 and children[0].tag == "img" else None
    if image is None or (element.get("tight") and not image.get("id")) or not (len(image) or image.get("id")):
        return None
    caption = low.inlines(image)
    # a picture that can't be had was told; the figure stays, so that what refers to it is no second mistake
    picture = lower_picture(image, low, caption, ("description",)) or Image("", "", "")
    return Figure(picture, caption, image.get("id", ""), span=low.span(image))

"""What the outline and the contents call a unit and its sections, where their headings alone would not say it."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from mathbook.document.book import Example, Unit
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.words import say
from mathbook.formula.plain_line import plain_line
from mathbook.pdf.formula_image import FormulaImage


def name_bookmarks(section: etree._Element, unit: Unit, language: str, formulas: Mapping[str, FormulaImage]) -> None:
    """Say what the unit is called ("Example 3: Quantiles"), and its sections with formulas in their titles."""
    name = say(LABEL_KINDS["ex"].title, language)
    label = f"{name} {unit.number}" if isinstance(unit, Example) and unit.number else ""
    for heading in section.iter("h1"):
        heading.set("data-bookmark", ": ".join(filter(None, (label, plain_line(unit.title, language)))))
    for heading in section.iter("h2", "h3"):
        if any(image.get("src") in formulas for image in heading.iter("img")):
            heading.set("data-bookmark", " ".join(_words(heading, formulas).split()))


def _words(node: etree._Element, formulas: Mapping[str, FormulaImage]) -> str:
    """Return the words below a node, formulas as a line of text, without footnotes."""
    formula = formulas.get(node.get("src", ""))
    if formula is not None:
        return formula.parsed.linear
    if node.get("class") == "footnote":
        return ""
    return (node.text or "") + "".join(_words(child, formulas) + (child.tail or "") for child in node)

"""A formula's MathML as an associated file of its tag (ISO 32000-2, 14.13): readers that know it speak it, or let a
listener walk through it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Name, String

from mathbook.formula.mathml import mathml
from mathbook.pdf.formula_image import FormulaImage
from mathbook.pdf.rendered import Origin

_FILE, _WORDS = "formula.mml", "The formula as MathML"


class MathmlFiles:
    """Gives formulas their files; formulas that are alike have one together."""

    def __init__(self, pdf: pikepdf.Pdf, formulas: Mapping[str, FormulaImage], origins: Mapping[int, Origin]) -> None:
        self._pdf, self._formulas, self._origins = pdf, formulas, origins
        self._made: dict[str, Any] = {}

    def put(self, element: Any) -> None:
        """Associate the file with the formula's element."""
        source = self._origins[element.objgen[0]].source
        if source not in self._made:
            self._made[source] = self._specification(self._formulas[source])
        element.AF = Array([self._made[source]])

    def _specification(self, formula: FormulaImage) -> Any:
        data = etree.tostring(mathml(formula.parsed), encoding="utf-8")
        stream = self._pdf.make_stream(data, Type=Name.EmbeddedFile, Subtype=Name("/application/mathml+xml"))
        stream.Params = Dictionary(Size=len(data))
        specification = Dictionary(
            Type=Name.Filespec,
            AFRelationship=Name.Supplement,
            F=String(_FILE),
            UF=String(_FILE),
            Desc=String(_WORDS),
            EF=Dictionary(F=stream, UF=stream),
        )
        return self._pdf.make_indirect(specification)

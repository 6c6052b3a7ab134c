"""The first sentence of a paragraph, which stands on the slide."""

from __future__ import annotations

import pytest

from mathbook.deck.outline import outline
from mathbook.deck.slides import Words
from mathbook.diagnostics import Span
from mathbook.document.book import Example
from mathbook.document.nodes import Code, Emph, Inline, Paragraph, Text


@pytest.mark.parametrize(
    ("inlines", "lead"),
    [
        ((Text("One. Two."),), "One."),
        ((Text("As Knuth (1997, pp. 3–5) says, it is. More."),), "As Knuth (1997, pp. 3–5) says, it is."),
        ((Text("Lamport et al. (1978) say so. More."),), "Lamport et al. (1978) say so."),
        ((Text("It is, e.g. here, so. More."),), "It is, e.g. here, so."),
        ((Text("Look: it is. More."),), "Look: it is."),
        ((Text("Then we have:"),), "Then we have:"),
        ((Text("Call "), Code("a. b"), Text(" "), Emph((Text("twice. And"),)), Text(" again.")), "Call a. b twice."),
        ((Text("No end"),), "No end"),
    ],
)
def test_the_lead_ends_where_the_sentence_ends(inlines: tuple[Inline, ...], lead: str):
    unit = Example("a", "1", "a", (Text("A"),), (Paragraph(inlines),), Span("a.md"))
    pieces = outline(unit, "en")[1].pieces
    said = [
        "".join(run.text for run in para.runs) for piece in pieces if isinstance(piece, Words) for para in piece.paras
    ]
    assert said == [lead]

"""What is told of a text by a look at it is what the passage's pattern would tell."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from mathbook.document.passage import FORMULA_MARK, NOTE_MARK, PAGES_MARK, Passage
from mathbook.verify.spelling import fixed_part, found_text, is_said, pattern

WORDS = st.text(st.sampled_from(["a", "B", "ß", "é", " ", "1", ".", "(", ")", FORMULA_MARK, NOTE_MARK, PAGES_MARK]))
FORMS = st.lists(st.sampled_from(["x", "x1", "(", ""]), min_size=1, max_size=2).map(tuple)
AROUND = st.text(st.sampled_from("aA1.)(:□·/[]•*iF "), max_size=8)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    role = draw(st.sampled_from(["paragraph", "cell", "equation", "figure", "item", "caption", "title"]))
    words = "" if role == "equation" else draw(WORDS)
    count = 1 if role == "equation" else words.count(FORMULA_MARK)
    readings = tuple(draw(FORMS) for _ in range(count))
    formulas = tuple(forms[0] for forms in readings)
    label = draw(st.sampled_from(["", "Figure 1", "(1)", "Straße", "1", "F("]))
    return Passage(role, words, formulas, pictures=("p",) if role == "figure" else (), label=label, readings=readings)


@given(passages(), AROUND, AROUND, st.sampled_from(["", "label", "LABEL"]), st.sampled_from(["epub", "pdf", "deck"]))
@example(Passage("caption", "a", label="Figure 1"), "FIGURE1:(", ")", "", "epub")
@example(Passage("caption", "a", label="F("), "(", "", "LABEL", "epub")
@example(Passage("caption", "a", label="Straße"), "STRASSE:", "", "", "epub")
def test_a_look_at_a_text_tells_what_the_pattern_tells(passage, before, behind, called, name):
    label = {"label": passage.label, "LABEL": passage.label.upper()}.get(called, "")
    text = "".join(f"{label}{before}{found_text(passage, name)}{behind}".split())
    others = [text.replace("x1", form) for form in ("x", "(", "")]
    for told in (text, f"{before}{text}", f"{text}{label}", text.swapcase(), *others):
        by_pattern = fixed_part(passage, name) in told and bool(pattern(passage, name).fullmatch(told))
        assert is_said(passage, told, name) == by_pattern

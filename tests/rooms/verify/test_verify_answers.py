"""Answers are looked for one by one where there are few, and all at once where there are many: both find the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mathbook.document.memo import FORGETFUL
from mathbook.document.passage import Passage
from mathbook.document.stretch import Stretch
from mathbook.verify import answers
from mathbook.verify.answers import SHORTEST_ANSWER, Answers
from mathbook.verify.glance import Glance, glances

WORDS = st.text("ab", min_size=SHORTEST_ANSWER, max_size=SHORTEST_ANSWER + 6)


def seen(texts: list[str]) -> list[Glance]:
    stretches = (Stretch("", ("",), "", lambda text=text: [Passage("paragraph", text)]) for text in texts)
    return glances(stretches, "epub", FORGETFUL)


@given(st.lists(WORDS, max_size=8), st.lists(st.text("ab", max_size=60), max_size=4))
def test_many_answers_are_found_where_few_are(texts: list[str], said: list[str]):
    some = [Answers(f"{number}", "unit", f"{text}\n".encode()) for number, text in enumerate(texts)]
    wanted = {text for text in texts if any(text in told for told in said)}
    with pytest.MonkeyPatch.context() as patch:
        for few in (0, 100):
            patch.setattr(answers, "_FEW", few)
            assert answers._standing(some, seen(said)) == wanted

"""What fits on a slide: measured text, titles, code, tables, and where long things are divided."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mathbook.build.events import Compiled, Reused
from mathbook.build.report import Voice, report
from mathbook.deck.compile import compile, fitter, slides_of
from mathbook.deck.divide import EVEN, parts
from mathbook.deck.fit import fit
from mathbook.deck.fitter import Fitter
from mathbook.deck.measure import Ruler
from mathbook.deck.slides import Code, Display, Draft, Grid, Para, Run, Words
from mathbook.deck.titles import shortened, title_size
from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Example, Meta
from mathbook.document.edition import Options
from mathbook.document.nodes import Block, Formula, Heading, Listing, Paragraph, Slide, Text
from mathbook.theme.load import load_theme

THEME = load_theme("lecture", None, Collector())
assert THEME is not None
OPTIONS = Options("student", Meta(title="A Book"))
FITTER = fitter(THEME, OPTIONS, Span("e.md"), Collector())
RULER = FITTER.ruler
BODY = FITTER.frame.body


def words(text: str, **looks: object) -> Para:
    return Para((Run(text, **looks),))  # type: ignore[arg-type]


def slides(*blocks: Block, collector: Collector | None = None):
    unit = Example("e", "1", "e", (Text("A title"),), blocks, Span("e.md"))
    return slides_of(unit, THEME, OPTIONS, collector or Collector())


def test_bold_italic_and_code_have_widths_of_their_own():
    looks = ({}, {"bold": True}, {"italic": True}, {"code": True})
    assert len({RULER.run_width("measure", Run("", **look), 20) for look in looks}) == 4


def test_chinese_letters_are_as_wide_as_high_and_a_line_may_end_between_them():
    text = "数学" * 30
    assert RULER.run_width(text, Run(""), 20) >= 60 * 20
    assert RULER.lines(words(text), 400, 20) >= 3
    assert RULER.para_height(words("数"), 400, 20) > RULER.para_height(words("n"), 400, 20)


def test_a_word_wider_than_the_line_takes_several_lines():
    assert RULER.lines(words("m" * 200), 400, 20) >= RULER.run_width("m" * 200, Run(""), 20) / 400


def test_a_subscript_makes_its_line_higher_and_a_formula_more_so():
    plain = RULER.para_height(words("x"), 400, 20)
    sunk = RULER.para_height(Para((Run("x"), Run("i", baseline=-1))), 400, 20)
    tall = RULER.para_height(Para((Run("½", formula=Formula(r"\frac{\frac{a}{b}}{c}")),)), 400, 20)
    assert plain < sunk < tall


def test_a_number_of_three_digits_has_room_before_its_text():
    wide = Para((Run("x"),), mark="108.")
    assert RULER.hang(wide, 22) > RULER.run_width("108.", Run(""), 22)


@given(st.text("abc defg-/h", min_size=1, max_size=400), st.integers(120, 800))
@settings(max_examples=40, deadline=None)
def test_narrower_never_takes_fewer_lines(text: str, width: int):
    assert RULER.lines(words(text), width * 0.7, 20) >= RULER.lines(words(text), width, 20)


def test_a_long_title_is_set_smaller_and_one_that_fits_nowhere_is_told():
    assert title_size("Short", "Title and Content", FITTER) == 0
    longer = title_size("A title that goes on and on " * 5, "Title and Content", FITTER)
    assert longer and 18 <= longer < THEME.deck.title_size
    collector = Collector()
    slides(Heading(2, (Text("An endless title " * 30),)), Paragraph((Text("x"),)), collector=collector)
    assert ["is too long for a slide" in told.message for told in collector.diagnostics] == [True]


def test_a_long_footer_is_cut_to_its_line():
    cut = shortened("A book with a very long title " * 10, FITTER)
    assert cut.endswith("…") and RULER.run_width(cut, Run(""), 12) <= FITTER.frame.foot.width


def test_one_long_paragraph_is_divided_after_a_sentence_and_keeps_every_word():
    text = "A sentence of some words that says little. " * 60
    made = slides(Slide((Text("Long"),), (Paragraph((Text(text),)),)))[1:]
    shown = ["".join(run.text for run in slide.placed[0].piece.paras[0].runs) for slide in made]
    assert len(made) > 1 and "".join(shown).split() == text.split()
    assert all(part.rstrip().endswith(".") for part in shown)


def test_a_divided_item_goes_on_without_a_second_mark():
    item = Words((Para((Run("word " * 900),), mark="•"),))
    shares = parts((item,), FITTER, BODY.width, BODY.height, 18)
    marks = [para.mark for share in shares for piece in share for para in piece.paras]
    assert marks == ["•", *[""] * (len(marks) - 1)] and len(marks) > 1


def test_what_is_divided_is_divided_evenly():
    many = tuple(Words((words(f"Line {at}"),)) for at in range(17))
    counts = [len(share[0].paras) for share in parts(many, FITTER, BODY.width, BODY.height, 18)]
    assert len(counts) == 2 and abs(counts[0] - counts[1]) <= 1


@given(st.lists(st.integers(1, 40), min_size=1, max_size=260), st.integers(1, 40))
def test_what_is_added_at_the_end_of_a_long_list_changes_no_slide_but_the_last_few(lengths: list[int], more: int):
    def shares(lengths: list[int]) -> list[tuple[Para, ...]]:
        lines = tuple(Para((Run("word " * length),), mark="•") for length in lengths)
        divided = parts((Words(lines),), FITTER, BODY.width, BODY.height, 18)
        assert tuple(para for share in divided for para in share[0].paras) == lines
        assert all(FITTER.pieces_height(share, BODY.width, 18) <= BODY.height + 0.5 for share in divided)
        return [share[0].paras for share in divided]

    before, after = shares(lengths), shares([*lengths, more])
    assert len(after) - len(before) in (0, 1)
    still = len(before) - EVEN
    assert still <= 0 or after[:still] == before[:still]


def test_a_paragraph_with_a_colon_stays_with_its_formula():
    lines = tuple(Words((words(f"Line {at}"),)) for at in range(10))
    leading = Words((words("It follows that:"),))
    formula = Display(Formula(r"\sum_{i=1}^n \frac{1}{i}"))
    for share in parts((*lines, leading, formula), FITTER, BODY.width, BODY.height, 18):
        said = [para.runs[0].text for piece in share if isinstance(piece, Words) for para in piece.paras]
        assert (formula in share) == ("It follows that:" in said)


def test_the_parts_of_a_long_table_have_the_same_columns():
    row = ((Run("a cell"),), (Run("more words in this one"),))
    grid = Grid((row,), (row,) * 60, ("left", "left"))
    made = [share[0] for share in parts((grid,), FITTER, BODY.width, BODY.height, 18)]
    assert len(made) > 1 and len({part.columns for part in made}) == 1
    assert all(part.head == grid.head for part in made)
    assert sum(len(part.body) for part in made) == 60


def test_a_table_of_many_wide_columns_stays_on_the_slide():
    row = tuple((Run("incomprehensibilities"),) for _ in range(9))
    widths = FITTER.column_widths(Grid((), (row,), ("left",) * 9), BODY.width, 18)
    assert sum(widths) == pytest.approx(BODY.width, abs=1)


def test_code_with_long_lines_is_smaller_but_never_under_twelve_points():
    def size(length: int) -> float:
        return FITTER.code_size(Code((((("", "m" * length)),),)), BODY.width, 18)

    assert size(20) == 13 and size(115) == 12 and size(300) >= 12


def test_code_is_divided_between_lines():
    listing = Listing("\n".join(f"line {at}" for at in range(70)), "python")
    made = slides(Heading(2, (Text("Code"),)), listing)[1:]
    shown = [text for slide in made for line in slide.placed[0].piece.lines for _, text in line]
    assert len(made) > 1 and "".join(shown).count("line") == 70


def test_a_formula_too_wide_is_smaller_and_below_the_floor_it_is_named():
    wide = FITTER.display_size(Display(Formula("+".join(f"a_{{{at}}}" for at in range(24)))), BODY.width, 22)
    assert 12 <= wide[2] < 22 and wide[0] <= BODY.width
    collector = Collector()
    strict = fitter(THEME, OPTIONS, Span("e.md"), collector)
    strict.display_size(Display(Formula("+".join(f"b_{{{at}}}" for at in range(90)))), BODY.width, 22)
    assert "b_{0}+b_{1}" in collector.diagnostics[0].message


def test_the_smallest_type_is_known_and_said():
    listing = Listing("x" * 110, "python")
    unit = Example("e", "1", "e", (Text("A title"),), (Heading(2, (Text("Code"),)), listing), Span("e.md"))
    fragment = compile(unit, THEME, OPTIONS)
    assert fragment.smallest == 12
    said: list[str] = []
    events = [Compiled("e", "deck", "student", 18.0), Reused("f", "deck", "student", fragment.smallest)]
    report(events, Voice(said.append, said.append, lambda _: None))
    assert said == ["the smallest type of the deck has 12 points"]


def item(text: str) -> Para:
    return Para((Run(text),), mark="•")


def test_what_is_divided_breaks_between_pieces_where_that_needs_no_slide_more():
    filled = Words(tuple(item(f"item {at}") for at in range(5)))
    shares = parts((filled, Display(Formula("x = y")), filled), FITTER, BODY.width, 330, 26)
    assert [len(share) for share in shares] in ([2, 1], [1, 2])
    assert all(len(piece.paras) == 5 for share in shares for piece in share if isinstance(piece, Words))


def test_code_that_goes_on_begins_and_ends_with_a_line_that_says_something():
    listing = Listing("\n".join(f"def f{at}():\n    return {at}\n\n" for at in range(20)), "python")
    codes = [placed.piece for slide in slides(Slide((Text("S"),), (listing,))) for placed in slide.placed]
    ends = [(code.lines[0], code.lines[-1]) for code in codes if isinstance(code, Code)]
    assert len(ends) > 1 and all(first and last for first, last in ends)


def test_several_slides_have_the_largest_type_that_needs_no_slide_more():
    listing = Listing("\n".join(f"x = {at}" for at in range(16)), "python")
    lead = Paragraph((Text("It is so."),))
    made = slides(Heading(2, (Text("S"),)), lead, listing, Listing("\n".join(["y"] * 9), "python"))[1:]
    assert len(made) == 2 and {placed.size for slide in made for placed in slide.placed} == {22}


def test_what_does_not_fit_is_told_where_it_is_written():
    theme = load_theme("lecture", None, Collector())
    assert theme is not None
    words = Paragraph((Text("Words."),))
    title = Heading(2, (Text("A very long heading " * 20),), span=Span("a.md", 7))
    blocks = (Heading(2, (Text("One"),), span=Span("a.md", 3)), words, title, words)
    unit = Example("e", "1", "e", (Text("A title"),), blocks, Span("a.md", 1))
    (told,) = compile(unit, theme, Options("student", Meta(title="A Book", date="2026-01-02"))).diagnostics
    assert "the title 'A very long heading" in told.message
    assert told.span.line == 7


def agenda(lines: int) -> Draft:
    return Draft("Examples", (Words(tuple(words(f"An example {at}") for at in range(lines))),))


def test_each_line_of_a_long_agenda_is_measured_once(monkeypatch: pytest.MonkeyPatch):
    measured: list[Para] = []
    plain = Ruler._measured
    monkeypatch.setattr(Ruler, "_measured", lambda self, para, *at: (measured.append(para), plain(self, para, *at))[1])
    fit((agenda(300),), fitter(THEME, OPTIONS, Span("e.md"), Collector()))
    assert len(measured) == len(set(measured)) == 300


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.integers(1, 160), min_size=1, max_size=30), min_size=1, max_size=4), st.booleans())
def test_what_is_known_of_lengths_without_measuring_changes_no_slide(lengths: list[list[int]], boxed: bool):
    pieces = tuple(
        Words(tuple(words("word " * length) for length in some), boxed and at % 2 == 0)
        for at, some in enumerate(lengths)
    )
    one = Draft("A title", pieces)
    quick = fit((one,), fitter(THEME, OPTIONS, Span("e.md"), Collector()))
    with pytest.MonkeyPatch.context() as slow:
        slow.setattr(Fitter, "fewest_slides", lambda *_: 1.0)
        assert fit((one,), fitter(THEME, OPTIONS, Span("e.md"), Collector())) == quick

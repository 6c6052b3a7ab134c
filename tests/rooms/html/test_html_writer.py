"""Every node becomes the element that the room's docstring names."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from lxml import etree

from mathbook.diagnostics import NOWHERE
from mathbook.document.addresses import clock, short_url, timed_url
from mathbook.document.book import Example, Matter
from mathbook.document.kinds import BOX_KINDS
from mathbook.document.nodes import (
    Block,
    Box,
    BulletList,
    Cell,
    Cite,
    CiteItem,
    Code,
    Column,
    Columns,
    Conditional,
    DefinitionItem,
    DefinitionList,
    Emph,
    Equation,
    Exercise,
    Figure,
    Footnote,
    Formula,
    Heading,
    Image,
    Incremental,
    Inline,
    LineBreak,
    Link,
    Listing,
    OrderedList,
    Paragraph,
    Quotation,
    Quoted,
    Ref,
    Rule,
    Slide,
    SourceNote,
    SpeakerNotes,
    Strong,
    Styled,
    Sub,
    Sup,
    Table,
    Term,
    Text,
)
from mathbook.document.seeds import Seed
from mathbook.html.target import Target
from mathbook.html.unit import write_unit


def formula(node: Formula, display: bool) -> etree._Element:
    made = etree.Element("f", {"display": str(display)})
    made.text = node.latex
    return made


TARGET = Target(
    format="epub",
    language="en",
    audience="student",
    formula=formula,
    picture=lambda image: f"pictures/{image.source}",
    link=lambda target, unit: f"{unit}.xhtml{target}",
)
SEED = Seed(
    "s", "The talk", "Ann", "a podcast", "It says so.", "2020", "https://www.youtube.com/watch?v=x", 62, "rights!", "p!"
)


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


def written(*blocks: Block, target: Target = TARGET) -> str:
    """Return the XHTML of the blocks, without the section around them and its title."""
    unit = Matter("u", "u", "front", words("T"), blocks, NOWHERE)
    section = write_unit(unit, target)
    return "".join(etree.tostring(child, encoding="unicode", with_tail=False) for child in section[1:])


def written_inline(*inlines: Inline, target: Target = TARGET) -> str:
    return written(Paragraph(inlines), target=target).removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("inline", "expected"),
    [
        (Text("a < b"), "a &lt; b"),
        (Emph(words("x")), "<em>x</em>"),
        (Strong(words("x")), "<strong>x</strong>"),
        (Sub(words("x")), "<sub>x</sub>"),
        (Sup(words("x")), "<sup>x</sup>"),
        (Code("x", "python"), '<code class="language-python">x</code>'),
        (Quoted("double", words("x")), "“x”"),
        (Styled("strikeout", words("x")), "<s>x</s>"),
        (Styled("smallcaps", words("x")), '<span class="smallcaps">x</span>'),
        (Styled("underline", words("x")), "<u>x</u>"),
        (Styled("mark", words("x")), "<mark>x</mark>"),
        (Styled("kbd", words("x")), "<kbd>x</kbd>"),
        (Term("index", words("x"), "x"), '<span class="index-term">x</span>'),
        (Term("glossary", words("x"), "x"), '<dfn class="term">x</dfn>'),
        (Formula("x^2"), '<f display="False">x^2</f>'),
        (LineBreak(), "<br/>"),
        (Link(words("x"), "#eq:a", unit="v"), '<a href="v.xhtml#eq:a">x</a>'),
        (Link(words("x"), "https://e.org", "t"), '<a href="https://e.org" class="external" title="t">x</a>'),
        (Image("a.png", "d", "alt"), '<img src="pictures/a.png" class="inline" alt="alt"/>'),
    ],
)
def test_an_inline_becomes_its_element(inline: Inline, expected: str):
    assert written_inline(inline) == expected


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (Heading(2, words("H"), "sec:h", ("wide",)), '<h2 id="sec-h" class="wide">H</h2>'),
        (BulletList(((paragraph("a"),),)), '<ul class="tight"><li>a</li></ul>'),
        (BulletList(((paragraph("a"),),), tight=False), "<ul><li><p>a</p></li></ul>"),
        (OrderedList(((paragraph("a"),),), 3, "lower-roman"), '<ol class="tight" start="3" type="i"><li>a</li></ol>'),
        (
            DefinitionList((DefinitionItem(words("t"), ((paragraph("d"),),)),)),
            "<dl><dt>t</dt><dd>d</dd></dl>",
        ),
        (
            Quotation((paragraph("q"),), words("A")),
            '<blockquote><p>q</p><p class="attribution">— A</p></blockquote>',
        ),
        (
            Equation(Formula("x")),
            '<div class="equation"><div class="equation-body"><f display="True">x</f></div></div>',
        ),
        (
            Equation(Formula("x"), "eq:a", "1.2"),
            '<div class="equation numbered" id="eq-a"><div class="equation-body"><f display="True">x</f></div>'
            '<span class="equation-number">(1.2)</span></div>',
        ),
        (
            Figure(Image("a.png", "d", "", "60%"), words("c"), "fig:a", "1.1"),
            '<figure class="figure" id="fig-a"><img src="pictures/a.png" alt="c" style="width: 60%"/>'
            '<figcaption class="caption"><span class="caption-label">Figure\xa01.1</span> c</figcaption></figure>',
        ),
        (Incremental((paragraph("a"), paragraph("b"))), "<p>a</p><p>b</p>"),
        (Rule(), "<hr/>"),
        (
            Columns((Column((paragraph("a"),), 0.4), Column((paragraph("b"),)))),
            '<div class="columns"><div class="column" style="width: 40%"><p>a</p></div>'
            '<div class="column"><p>b</p></div></div>',
        ),
        (Slide(words("S"), (paragraph("a"),)), ""),
        (
            Slide(words("S"), (paragraph("a"),), in_handout=True),
            '<section class="slide-box"><p class="box-title"><span class="box-name">S</span></p><p>a</p></section>',
        ),
        (
            Listing("x = 1\n", "python", words("c"), "lst:a", "1.1", ("output",)),
            '<figure class="listing output" id="lst-a"><figcaption class="caption"><span class="caption-label">'
            'Listing\xa01.1</span> c</figcaption><pre><code class="language-python">x = '
            '<span class="tok-number">1</span>\n</code></pre></figure>',
        ),
    ],
)
def test_a_block_becomes_its_element(block: Block, expected: str):
    assert written(block) == expected


def test_a_long_description_opens_below_its_figure_or_is_part_of_the_alternative_text():
    figure = Figure(Image("a.png", "d", "alt.", description="All of it."), words("c"), "fig:a", "1.1")
    assert '<img src="pictures/a.png" alt="alt. All of it."/><figcaption' in written(figure)
    assert (
        '<img src="pictures/a.png" alt="alt."/><details class="description"><summary>Description of Figure\xa01.1'
        "</summary><p>All of it.</p></details><figcaption"
    ) in written(figure, target=replace(TARGET, descriptions="details"))


def test_a_line_of_code_that_breaks_hangs_where_it_may_break():
    listing = Listing("if x:\n\n    y = 1\n", "python")
    made = written(listing, target=replace(TARGET, scrolling=True))
    assert re.findall(r"padding-left: (\d+)ch; text-indent: -(\d+)ch", made) == [("4", "4"), ("4", "4"), ("8", "8")]
    assert "".join(etree.fromstring(made).itertext()) == listing.text


def test_a_table_keeps_its_head_its_alignment_and_its_widths():
    head = ((Cell(()), Cell(words("h"), colspan=2)),)
    body = ((Cell(words("a"), rowspan=2), Cell(words("b")), Cell(words("c"))), (Cell(words("d")), Cell(words("e"))))
    table = Table(head, body, ("left", "right", "default"), (0.5, 0.25, 0.25), words("cap"), "tbl:a", "1.1")
    assert written(table) == (
        '<div class="table"><table id="tbl-a">'
        '<caption class="caption"><span class="caption-label">Table\xa01.1</span> cap</caption>'
        '<colgroup><col style="width: 50%"/><col style="width: 25%"/><col style="width: 25%"/></colgroup>'
        '<thead><tr><td class="align-left"/><th scope="colgroup" class="align-right" colspan="2">h</th></tr></thead>'
        '<tbody><tr><td class="align-left" rowspan="2">a</td><td class="align-right">b</td><td>c</td></tr>'
        '<tr><td class="align-right">d</td><td>e</td></tr></tbody></table></div>'
    )


@pytest.mark.parametrize("kind", BOX_KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_of_box_says_its_name(kind):
    made = written(Box(kind.name, (paragraph("a"),), words("t"), "thm:a", "1.1"))
    title = "t" if kind.family in ("callout", "takeaway") else "(t)"
    assert f'class="box box-{kind.name} family-{kind.family}" id="thm-a"' in made
    assert f'<span class="box-label">{kind.title}\xa01.1</span> <span class="box-name">{title}</span></p>' in made


def test_a_proof_ends_in_its_sign_wherever_it_ends():
    assert written(Box("proof", (paragraph("a"),))).endswith('<p>a <span class="qed">□</span></p></section>')
    ends_in_equation = written(Box("proof", (Equation(Formula("x")),)))
    assert ends_in_equation.endswith('<p class="qed-line"><span class="qed">□</span></p></section>')


EXERCISE = Exercise((paragraph("task"),), (paragraph("help"),), (paragraph("answer"),), (), "exr:a", "1.1")


def test_an_exercise_shows_its_hint_and_solution_in_place():
    made = written(EXERCISE)
    assert '<section class="exercise" id="exr-a"><p class="box-title"><span class="box-label">Exercise\xa01.1' in made
    assert '<div class="hint"><p class="part-title">Hint</p><p>help</p></div>' in made
    assert '<div class="solution"><p class="part-title">Solution</p><p>answer</p></div></section>' in made


def test_solutions_at_the_end_and_their_exercises_lead_to_each_other():
    made = written(EXERCISE, paragraph("after"), target=replace(TARGET, solutions="end"))
    before, after = made.split("<p>after</p>")
    assert '<a href="#solution--1.1">Solution of Exercise\xa01.1</a>' in before and "answer" not in before
    assert after.startswith('<section class="solutions"><h2>Solutions</h2><div class="solution" id="solution--1.1">')
    assert '<a href="#exr-a">Exercise\xa01.1</a>' in after and "<p>answer</p>" in after


def test_room_for_an_answer_stands_only_where_there_is_no_solution():
    target = replace(TARGET, answer_space=True)
    assert "answer-space" not in written(EXERCISE, target=target)
    assert '<div class="answer-space"/>' in written(replace(EXERCISE, solution=()), target=target)
    assert "answer-space" not in written(replace(EXERCISE, solution=()))


def test_speaker_notes_are_for_instructors():
    notes = SpeakerNotes((paragraph("say it"),))
    assert written(notes) == ""
    assert "<p>say it</p>" in written(notes, target=replace(TARGET, audience="instructor"))


def test_a_source_says_who_where_when_what_and_leads_to_the_second():
    qr = replace(TARGET, qr=lambda url: etree.Element("qr", {"of": url}))
    made = written(SourceNote(SEED, (paragraph("more"),)), target=qr)
    assert "<p" in made and "Ann, a podcast, 2020" in made and "It says so." in made and "<p>more</p>" in made
    assert 'href="https://www.youtube.com/watch?v=x&amp;t=62"' in made and "from 1:02" in made
    assert '<qr of="https://www.youtube.com/watch?v=x&amp;t=62"/>' in made
    assert "rights!" not in made and "p!" not in made


def test_a_footnote_at_the_end_and_its_mark_lead_to_each_other():
    made = written_inline(Text("a"), Footnote((paragraph("n"),), "1"), Text("b"))
    text, notes = made.split("</p>", 1)
    assert 'id="fnref--1"' in text and 'href="#fn--1"' in text and text.endswith("</a>b")
    assert notes.startswith('<section class="footnotes"><aside')
    assert 'role="doc-footnote"' in notes and 'href="#fnref--1"' in notes
    assert '<span class="footnote-number">1.</span> n' in notes


def test_a_footnote_that_ends_in_a_block_still_has_a_way_back():
    made = written_inline(Footnote((Rule(),), "1"))
    assert '<span class="footnote-number">1.</span></p><hr/><p> <a class="backlink"' in made


def test_a_floating_footnote_stands_where_its_mark_stands():
    target = replace(TARGET, footnotes="float")
    one = written_inline(Text("a"), Footnote((paragraph("n"),), "1"), target=target)
    assert one == 'a<span class="footnote" id="fn--1">n</span>'
    two = written_inline(Footnote((paragraph("n"), paragraph("m")), "1"), target=target)
    assert two == '<span class="footnote" id="fn--1">n<p>m</p></span>'


def test_addresses_are_printed_once_and_only_for_links_out_of_the_book():
    target = replace(TARGET, print_urls=True)
    link = Link(words("x"), "https://www.e.org/")
    note = '<span class="footnote url-note"><a href="https://www.e.org/">e.org</a></span>'
    assert written_inline(link, target=target).endswith(note)
    assert "url-note" not in written_inline(Link(words("e.org"), "https://www.e.org/"), target=target)
    assert "url-note" not in written_inline(Link(words("x"), "#a", unit="u"), target=target)
    assert "url-note" not in written(Heading(2, (link,)), target=target)


def test_what_may_be_wide_is_in_reach_of_the_keyboard_where_the_target_scrolls():
    target = replace(TARGET, scrolling=True)
    table = Table((), ((Cell(words("a")),),), ("left",), number="1.2")
    named = 'role="group" aria-label="Table\xa01.2" tabindex="0"'
    assert named in written(table, target=target) and named not in written(table)
    assert 'aria-label="Equation"' in written(Equation(Formula("x")), target=target)
    assert 'aria-label="Listing"' in written(Listing("x"), target=target)


def test_an_examples_head_says_its_number_and_what_readers_should_know():
    example = Example("e", "3", "e", words("T"), (), NOWHERE, topics=("a", "b"), minutes=9, summary="S")
    made = etree.tostring(write_unit(example, TARGET), encoding="unicode")
    assert (
        '<section class="unit example" id="e" lang="en" xml:lang="en"><h1><span class="unit-label">Example\xa03' in made
    )
    assert '<p class="unit-summary">S</p>' in made and '<span class="fact-value">a, b</span>' in made
    assert "minutes" not in made
    shown = etree.tostring(write_unit(example, replace(TARGET, audience="instructor")), encoding="unicode")
    assert "9\xa0minutes" in shown or "9&#160;minutes" in shown


@pytest.mark.parametrize(
    "block", [Paragraph((Ref("eq:a"),)), Paragraph((Cite((CiteItem("k"),)),)), Conditional(True, (), (), ())]
)
def test_what_is_not_resolved_is_our_own_mistake(block: Block):
    with pytest.raises(AssertionError, match="unresolved"):
        written(block)


def test_a_formula_keeps_together_with_the_signs_that_touch_it():
    x = Formula("x")
    made = written_inline(Text("a ("), x, Text("). b "), x, Text(" c "), x, x, Text(", d"))
    inner = '<f display="False">x</f>'
    assert made == f'a <span class="nowrap">({inner}).</span> b {inner} c {inner}<span class="nowrap">{inner},</span> d'


def test_addresses_and_times_read_as_people_write_them():
    assert short_url("https://www.e.org/a/") == "e.org/a"
    assert timed_url("https://youtu.be/x", 5) == "https://youtu.be/x?t=5"
    assert timed_url("https://youtu.be/x?t=9", 5) == "https://youtu.be/x?t=9"
    assert timed_url("https://e.org/a.mp3", 5) == "https://e.org/a.mp3#t=5"
    assert timed_url("https://e.org/a.mp3", 0) == "https://e.org/a.mp3"
    assert (clock(62), clock(3723)) == ("1:02", "1:02:03")

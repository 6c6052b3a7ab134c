"""The edition: what each audience sees, how things are numbered, and where references lead."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Book, Example, Matter, Meta, Unit
from mathbook.document.edition import Edition
from mathbook.document.nodes import (
    Block,
    Box,
    Cite,
    CiteItem,
    Conditional,
    Equation,
    Exercise,
    Figure,
    Footnote,
    Formula,
    Heading,
    Image,
    Link,
    Paragraph,
    Ref,
    Slide,
    SpeakerNotes,
    Text,
)
from mathbook.document.walk import walk
from mathbook.edition.resolve import resolve, standing_alone


def example(number: str, *blocks: Block, id: str = "") -> Example:
    name = id or f"e{number}"
    return Example(name, number, name, (Text(f"Title {number}"),), blocks, Span(f"manuscript/examples/{name}.md"))


def resolved(*units: Unit, audience: str = "student", meta: Meta | None = None) -> tuple[Edition, Collector]:
    collector = Collector()
    book = Book(meta or Meta(title="Book"), units, ())
    return resolve(book, audience, collector), collector  # type: ignore[arg-type]


def para(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def equation(label: str) -> Equation:
    return Equation(Formula("x"), id=label)


def figure(label: str = "", caption: str = "A caption") -> Figure:
    return Figure(Image("a.svg", "d", "alt"), (Text(caption),) if caption else (), id=label)


def numbers(edition: Edition, kind: type) -> list[str]:
    return [node.number for unit in edition.units for node in walk(unit) if isinstance(node, kind)]


def test_an_equation_has_a_number_only_if_it_has_an_id():
    edition, _ = resolved(example("4", equation("eq:a"), equation(""), equation("eq:b")))
    assert numbers(edition, Equation) == ["4.1", "", "4.2"]


def test_things_count_within_their_example():
    edition, _ = resolved(example("4", figure("fig:a")), example("9", figure("fig:b"), figure("fig:c")))
    assert numbers(edition, Figure) == ["4.1", "9.1", "9.2"]


def test_a_picture_without_caption_and_id_has_no_number():
    edition, _ = resolved(example("1", figure("", ""), figure("", "Seen")))
    assert numbers(edition, Figure) == ["", "1.1"]


def test_theorem_like_boxes_share_one_series_and_an_outer_box_counts_before_an_inner_one():
    inner = Box("remark", (para("inner"),))
    edition, _ = resolved(example("2", Box("theorem", (inner,)), Box("definition", ()), Box("takeaway", ())))
    assert numbers(edition, Box) == ["2.1", "2.2", "2.3", ""]


def test_footnotes_count_without_the_example_s_number():
    note = Footnote((para("n"),))
    edition, _ = resolved(example("3", Paragraph((note, note))))
    assert numbers(edition, Footnote) == ["1", "2"]


def test_both_audiences_see_the_same_numbers_though_only_one_sees_the_solution():
    blocks = (equation("eq:a"), Exercise((para("?"),), solution=(equation("eq:s"),)), equation("eq:b"))
    student, _ = resolved(example("5", *blocks))
    instructor, _ = resolved(example("5", *blocks), audience="instructor")
    assert numbers(student, Equation) == ["5.1", "5.2"]
    assert numbers(instructor, Equation) == ["5.1", "5.S1", "5.2"]


def test_where_everyone_gets_the_solutions_they_count_with_the_rest():
    blocks = (equation("eq:a"), Exercise((para("?"),), solution=(equation("eq:s"),)), equation("eq:b"))
    edition, _ = resolved(example("5", *blocks), meta=Meta(title="B", solutions="everyone"))
    assert numbers(edition, Equation) == ["5.1", "5.2", "5.3"]


def test_equations_in_speaker_notes_move_no_number():
    edition, _ = resolved(example("5", SpeakerNotes((equation("eq:n"),)), equation("eq:a")))
    assert numbers(edition, Equation) == ["5.S1", "5.1"]


def test_a_captioned_picture_that_only_the_deck_shows_takes_no_number():
    edition, _ = resolved(example("5", Slide((Text("S"),), (figure(),)), figure()))
    assert numbers(edition, Figure) == ["", "5.1"]


def test_a_student_gets_no_solution():
    edition, _ = resolved(example("1", Exercise((para("?"),), solution=(para("42"),))))
    assert not [node for node in walk(edition.units[0]) if isinstance(node, Text) and node.text == "42"]


@pytest.mark.parametrize(
    ("shown", "audiences", "audience", "visible"),
    [
        (True, ("instructor",), "student", False),
        (True, ("instructor",), "instructor", True),
        (False, ("instructor",), "student", True),
        (False, ("instructor",), "instructor", False),
        (False, (), "student", False),
    ],
)
def test_blocks_for_an_audience_are_kept_or_left_out(shown, audiences, audience, visible):
    edition, _ = resolved(example("1", Conditional(shown, (), audiences, (para("x"),))), audience=audience)
    assert (edition.units[0].blocks == (para("x"),)) is visible


def test_a_condition_on_a_format_is_left_to_the_format():
    edition, _ = resolved(example("1", Conditional(True, ("pdf",), ("student",), (para("x"),))))
    assert edition.units[0].blocks == (Conditional(True, ("pdf",), (), (para("x"),)),)


def test_a_condition_whose_audience_is_another_is_decided_at_once():
    edition, _ = resolved(example("1", Conditional(False, ("pdf",), ("instructor",), (para("x"),))))
    assert edition.units[0].blocks == (para("x"),)


def test_a_reference_reads_as_kind_and_number_and_leads_to_its_unit():
    edition, collector = resolved(example("1", equation("eq:a")), example("2", Paragraph((Ref("eq:a"),))))
    (link,) = edition.units[1].blocks[0].children
    assert link == Link((Text("Equation\N{NO-BREAK SPACE}1.1"),), "#eq:a", unit="e1")
    assert not collector.diagnostics


def test_a_bare_reference_reads_as_the_number_alone():
    edition, _ = resolved(example("1", equation("eq:a"), Paragraph((Ref("eq:a", bare=True),))))
    assert edition.units[0].blocks[1].children[0].children == (Text("1.1"),)


def test_a_reference_to_an_example_leads_to_the_unit_itself():
    edition, _ = resolved(example("7", id="math"), example("8", Paragraph((Ref("ex:math"),))))
    link = edition.units[1].blocks[0].children[0]
    assert (link.children, link.target) == ((Text("Example\N{NO-BREAK SPACE}7"),), "#math")


def test_a_reference_to_a_heading_reads_as_its_title():
    heading = Heading(2, (Text("Setting"),), id="sec:setting")
    edition, _ = resolved(example("1", heading, Paragraph((Ref("sec:setting"),))))
    assert edition.units[0].blocks[1].children[0].children == (Text("“Setting”"),)


def test_a_link_to_an_id_is_found_without_its_prefix():
    link = Link((Text("there"),), "#a")
    edition, collector = resolved(example("1", equation("eq:a"), Paragraph((link,))))
    assert edition.units[0].blocks[1].children[0] == replace(link, target="#eq:a", unit="e1")
    assert not collector.diagnostics


def test_a_missing_reference_is_told_with_what_was_probably_meant():
    _, collector = resolved(example("1", equation("eq:normal"), Paragraph((Ref("eq:norml", span=Span("f.md", 3, 7)),))))
    assert [str(d) for d in collector.diagnostics] == [
        "f.md:3:7: error[ref.missing]: there is nothing with the id 'eq:norml' to refer to; did you mean eq:normal?"
    ]


def test_a_student_s_reference_into_a_solution_is_missing():
    blocks = (Exercise((), solution=(equation("eq:s"),)), Paragraph((Ref("eq:s"),)))
    assert resolved(example("1", *blocks))[1].has_errors
    assert not resolved(example("1", *blocks), audience="instructor")[1].has_errors


def test_the_same_id_in_two_units_is_told_with_the_first_place():
    first = replace(equation("eq:a"), span=Span("a.md", 1, 1))
    second = replace(equation("eq:a"), span=Span("b.md", 2, 1))
    _, collector = resolved(example("1", first), example("2", second))
    assert [str(d) for d in collector.diagnostics] == [
        "b.md:2:1: error[id.duplicate]: the id 'eq:a' is there twice; the first is at a.md:1:1"
    ]


def test_a_citation_without_a_bibliography_is_told():
    _, collector = resolved(example("1", Paragraph((Cite((CiteItem("knuth"),)),))))
    assert [d.code.value for d in collector.diagnostics] == ["cite.missing"]


def test_front_matter_numbers_have_no_prefix():
    preface = Matter("preface", "preface", "front", (Text("Preface"),), (figure("fig:p"),), Span("p.md"))
    edition, _ = resolved(preface)
    assert numbers(edition, Figure) == ["1"]


def test_inserting_an_example_changes_no_other():
    one, two = example("1", equation("eq:a")), example("2", equation("eq:b"))
    before, _ = resolved(one, two)
    after, _ = resolved(one, example("3", equation("eq:c")), two)
    assert before.units[0] == after.units[0]
    assert before.units[1] == after.units[2]


def test_standing_alone_keeps_the_labels_that_a_unit_has_and_those_that_it_refers_to():
    referring = Paragraph((Ref("eq:a"),))
    edition, _ = resolved(example("1", equation("eq:a"), equation("eq:b")), example("2", referring))
    alone = standing_alone(edition, edition.units[1])
    assert (alone.scope, len(alone.units)) == ("unit", 1)
    assert [label.name for label in alone.labels] == ["eq:a", "ex:e2"]


def test_a_reference_calls_a_section_without_what_its_title_cites():
    heading = Heading(2, (Text("The law "), Cite((CiteItem("knuth"),))), id="sec:law")
    edition, _ = resolved(example("1", heading, Paragraph((Ref("sec:law"),))))
    (label,) = (label for label in edition.labels if label.name == "sec:law")
    assert (label.text, label.caption) == ("“The law”", "The law")


def test_footnotes_count_in_the_order_in_which_they_are_read():
    def noted(text: str) -> tuple[Text, Footnote]:
        return (Text(text), Footnote((para(text),)))

    inside, title = Paragraph(noted("inside")), noted("title")
    box = Box("theorem", (inside,), title)
    exercise = Exercise((inside,), title=title, hint=(inside,))
    edition, _ = resolved(example("1", box, exercise))
    shown = edition.units[0].blocks
    assert isinstance(shown[0], Box) and isinstance(shown[1], Exercise)
    assert [node.number for node in walk(shown[0].title) if isinstance(node, Footnote)] == ["1"]
    assert [node.number for node in walk(shown[1].title) if isinstance(node, Footnote)] == ["3"]

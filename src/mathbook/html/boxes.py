"""Boxes: theorems and callouts, exercises, sources, notes, slides shown in print."""

from __future__ import annotations

from mathbook.document.addresses import clock, short_url, timed_url
from mathbook.document.kinds import BOX_KINDS, BoxKind
from mathbook.document.labels import id_of
from mathbook.document.nodes import Block, Box, Exercise, Inline, Slide, SourceNote, SpeakerNotes
from mathbook.document.seeds import Seed
from mathbook.html.captions import numbered
from mathbook.html.elements import Content, Element, element, fill, span
from mathbook.html.target import Context

_ROLE = "note"
"""What an aside is to those who listen: without it each would be a landmark, and drown the book's own."""
END_OF_PROOF = "\N{WHITE SQUARE}"


def box_element(box: Box, context: Context) -> Element:
    """Return a box of one of the kinds."""
    kind = BOX_KINDS[box.kind]
    name = context.target.say(kind.title)
    label = f"{name}\N{NO-BREAK SPACE}{box.number}" if box.number else name
    aside = kind.family in ("callout", "takeaway")
    title = box_title(label, box.title, context, brackets=not aside)
    children = context.blocks(box.children)
    if kind.family == "proof":
        _end_proof(children)
    attributes = {"class": _classes(kind), "id": box.id and id_of(box.id), "role": _ROLE if aside else ""}
    return element("aside" if aside else "section", attributes, [title, *children])


def _classes(kind: BoxKind) -> str:
    return f"box box-{kind.name} family-{kind.family}"


def box_title(label: str, title: tuple[Inline, ...], context: Context, *, brackets: bool) -> Element:
    """Return a box's title line: a paragraph, since a heading here would break the order of levels."""
    content: list[Content] = [span("box-label", label)] if label else []
    if title:
        name = context.without_url_notes().inlines(title)
        content += [" "] if label else []
        content.append(span("box-name", *(["(", *name, ")"] if brackets else name)))
    return element("p", {"class": "box-title"}, content)


def _end_proof(children: list[Element]) -> None:
    """Put the sign at the proof's end, in its last paragraph if it ends in one."""
    mark = span("qed", END_OF_PROOF)
    if children and children[-1].tag == "p":
        fill(children[-1], [" ", mark])
    else:
        children.append(element("p", {"class": "qed-line"}, [mark]))


def exercise_element(exercise: Exercise, context: Context) -> Element:
    """Return an exercise with its hint, and its solution or the room for one."""
    label = numbered("exr", exercise.number, context.target)
    made = element("section", {"class": "exercise", "id": exercise.id and id_of(exercise.id)})
    fill(made, [box_title(label, exercise.title, context, brackets=True), *context.blocks(exercise.children)])
    if exercise.hint:
        made.append(_part("hint", context.target.say("Hint"), exercise.hint, context))
    if exercise.solution:
        _add_solution(made, exercise, label, context)
    elif context.target.answer_space:
        made.append(element("div", {"class": "answer-space"}))
    return made


def _part(class_: str, title: str, blocks: tuple[Block, ...], context: Context) -> Element:
    return element("div", {"class": class_}, [element("p", {"class": "part-title"}, [title]), *context.blocks(blocks)])


def _add_solution(made: Element, exercise: Exercise, label: str, context: Context) -> None:
    """Put the solution where the target wants it; at the unit's end it and its exercise lead to each other."""
    if context.target.solutions == "place" or not exercise.number:
        made.append(_part("solution", context.target.say("Solution"), exercise.solution, context))
        return
    home = made.get("id") or f"exercise--{exercise.number}"
    away = f"solution--{exercise.number}"
    made.set("id", home)
    made.append(
        element(
            "p",
            {"class": "solution-link"},
            [element("a", {"href": f"#{away}"}, [context.target.say("Solution of {0}", label)])],
        )
    )
    title = element("p", {"class": "part-title"}, [element("a", {"href": f"#{home}"}, [label])])
    context.put_off_solution(
        element("div", {"class": "solution", "id": away}, [title, *context.blocks(exercise.solution)])
    )


def source_element(note: SourceNote, context: Context) -> Element:
    """Return where an example comes from. Rights and provenance stay in the seed record, for the book's makers."""
    seed = note.seed
    made = element("aside", {"class": "source-note", "role": _ROLE})
    title = element(
        "p",
        {"class": "box-title"},
        [span("box-label", context.target.say("Source")), " ", span("box-name", seed.title)],
    )
    who = ", ".join(part for part in (seed.who, seed.where, seed.when) if part)
    fill(made, [title, element("p", {"class": "source-who"}, [who])])
    if seed.claims:
        made.append(element("p", {"class": "source-claims"}, [seed.claims]))
    fill(made, context.without_url_notes().blocks(note.children))
    if seed.link:
        fill(made, _source_link(seed, context))
    return made


def _source_link(seed: Seed, context: Context) -> list[Content]:
    url = timed_url(seed.link, seed.start)
    line = element("p", {"class": "source-link"})
    fill(line, [element("a", {"href": url, "class": "external"}, [short_url(seed.link)])])
    if seed.start:
        fill(line, [" ", span("source-start", context.target.say("from {0}", clock(seed.start)))])
    if context.target.qr is None:
        return [line]
    return [line, element("div", {"class": "source-qr"}, [context.target.qr(url)])]


def notes_element(notes: SpeakerNotes, context: Context) -> Element:
    """Return speaker notes in a box."""
    title = box_title(context.target.say("Speaker notes"), (), context, brackets=False)
    return element("aside", {"class": "notes-box", "role": _ROLE}, [title, *context.blocks(notes.children)])


def slide_element(slide: Slide, context: Context) -> Element:
    """Return a slide that is shown in print too."""
    made = element("section", {"class": "slide-box", "id": slide.id and id_of(slide.id)})
    if slide.title:
        made.append(box_title("", slide.title, context, brackets=False))
    fill(made, context.blocks(slide.children))
    return made

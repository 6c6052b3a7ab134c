"""Blocks as elements."""

from __future__ import annotations

from typing import assert_never

from mathbook.document.labels import id_of
from mathbook.document.nodes import (
    Block,
    Box,
    BulletList,
    Columns,
    Conditional,
    DefinitionList,
    Equation,
    Exercise,
    Figure,
    Heading,
    Incremental,
    Listing,
    OrderedList,
    Paragraph,
    Quotation,
    Rule,
    Slide,
    SourceNote,
    SpeakerNotes,
    Table,
)
from mathbook.document.plain import with_description
from mathbook.formula.plain_line import plain_line
from mathbook.html.boxes import box_element, exercise_element, notes_element, slide_element, source_element
from mathbook.html.captions import caption_content, numbered, region
from mathbook.html.elements import Content, Element, classes, element, fill, span
from mathbook.html.inlines import picture
from mathbook.html.listings import listing_element
from mathbook.html.tables import table_element
from mathbook.html.target import Context, Target

_LIST_TYPES = {"decimal": "", "lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}


def block_elements(block: Block, context: Context) -> list[Element]:
    """Return what one block becomes: one element, as a rule."""
    match block:
        case Paragraph(children=children):
            return [element("p", {}, context.inlines(children))]
        case Heading():
            return [_heading(block, context)]
        case BulletList():
            return [_bullets(block, context)]
        case OrderedList():
            return [_ordered(block, context)]
        case DefinitionList():
            return [_definitions(block, context)]
        case Quotation():
            return [_quotation(block, context)]
        case Listing():
            return [listing_element(block, context)]
        case Equation():
            return [_equation(block, context)]
        case Figure():
            return [_figure(block, context)]
        case Table():
            return [table_element(block, context)]
        case Box():
            return [box_element(block, context)]
        case Exercise():
            return [exercise_element(block, context)]
        case SourceNote():
            return [source_element(block, context)]
        case Slide():
            # a slide belongs to the deck, unless its author wants it in print too
            return [slide_element(block, context)] if block.in_handout else []
        case SpeakerNotes():
            # what the speaker says is not for those who listen
            return [notes_element(block, context)] if context.target.audience == "instructor" else []
        case Columns():
            return [_columns(block, context)]
        case Incremental(children=children):
            # print shows at once what a deck reveals click by click
            return context.blocks(children)
        case Rule():
            return [element("hr")]
        case Conditional():
            raise AssertionError("unresolved condition: document.select takes them out")
        case _:
            assert_never(block)


def _heading(heading: Heading, context: Context) -> Element:
    attributes = {"id": heading.id and id_of(heading.id), "class": classes(*heading.classes)}
    return element(f"h{heading.level}", attributes, context.without_url_notes().inlines(heading.children))


def _bullets(bullets: BulletList, context: Context) -> Element:
    items = (element("li", {}, _item(item, bullets.tight, context)) for item in bullets.items)
    return element("ul", {"class": "tight" if bullets.tight else ""}, items)


def _ordered(ordered: OrderedList, context: Context) -> Element:
    attributes = {
        "class": "tight" if ordered.tight else "",
        "start": str(ordered.start) if ordered.start != 1 else "",
        "type": _LIST_TYPES[ordered.style],
    }
    return element("ol", attributes, (element("li", {}, _item(item, ordered.tight, context)) for item in ordered.items))


def _item(blocks: tuple[Block, ...], tight: bool, context: Context) -> list[Content]:
    """Return an item's content. In a tight list its only paragraph needs no element of its own."""
    paragraphs = sum(isinstance(block, Paragraph) for block in blocks)
    if not tight or paragraphs != 1:
        return [*context.blocks(blocks)]
    content: list[Content] = []
    for block in blocks:
        content += context.inlines(block.children) if isinstance(block, Paragraph) else context.blocks((block,))
    return content


def _definitions(definitions: DefinitionList, context: Context) -> Element:
    made = element("dl")
    for item in definitions.items:
        made.append(element("dt", {}, context.inlines(item.term)))
        for meaning in item.definitions:
            made.append(element("dd", {}, _item(meaning, len(meaning) == 1, context)))
    return made


def _quotation(quotation: Quotation, context: Context) -> Element:
    made = element("blockquote", {}, context.blocks(quotation.children))
    if quotation.attribution:
        made.append(element("p", {"class": "attribution"}, ["— ", *context.inlines(quotation.attribution)]))
    return made


def _equation(equation: Equation, context: Context) -> Element:
    number = equation.number
    attributes = {"class": classes("equation", "numbered" if number else ""), "id": equation.id and id_of(equation.id)}
    name = region(context.target, numbered("eq", number, context.target))
    body = element("div", {"class": "equation-body", **name}, [context.target.formula(equation.formula, True)])
    return element("div", attributes, [body, span("equation-number", f"({number})")] if number else [body])


def _figure(figure: Figure, context: Context) -> Element:
    """Return a figure with its caption, and between them its description, if that is to be opened here."""
    alt = figure.image.alt or plain_line(figure.caption, context.target.language)
    opens = context.target.descriptions == "details" and bool(figure.image.description)
    made = element("figure", {"class": "figure", "id": figure.id and id_of(figure.id)})
    made.append(picture(figure.image, alt if opens else with_description(alt, figure.image), context.target))
    if opens:
        made.append(_description(figure, context.target))
    caption = caption_content("fig", figure.number, figure.caption, context)
    if caption:
        fill(made, [element("figcaption", {"class": "caption"}, caption)])
    return made


def _description(figure: Figure, target: Target) -> Element:
    """Return the long description, shut until somebody asks for it (EPUB Accessibility Techniques 1.1, 3.3)."""
    name = target.say("Description of {0}", numbered("fig", figure.number, target))
    words = [element("summary", {}, [name]), element("p", {}, [figure.image.description])]
    return element("details", {"class": "description"}, words)


def _columns(columns: Columns, context: Context) -> Element:
    made = element("div", {"class": "columns"})
    for column in columns.columns:
        width = {"style": f"width: {column.width * 100:.4g}%"} if column.width else {}
        made.append(element("div", {"class": "column", **width}, context.blocks(column.children)))
    return made

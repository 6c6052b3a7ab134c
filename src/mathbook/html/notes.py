"""Footnotes: floating to the foot of a page, or gathered at the end of the unit."""

from __future__ import annotations

from lxml import etree

from mathbook.document.labels import id_of
from mathbook.document.nodes import DefinitionItem, Footnote, Link, Paragraph
from mathbook.html.elements import Content, Element, element, fill, span
from mathbook.html.target import Context, Target

EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
"""The attribute by which e-book readers know a note, and show it in a window of its own."""
etree.register_namespace("epub", "http://www.idpf.org/2007/ops")


def note_id(note: Footnote) -> str:
    """Return the id of a footnote. Two hyphens keep it apart from the ids of labels."""
    return f"fn--{note.number}"


def mark_id(note: Footnote) -> str:
    """Return the id of the place that a footnote is called from."""
    return f"fnref--{note.number}"


def floating_note(note: Footnote, context: Context) -> Element:
    """Return a footnote that stands where its mark stands; its first paragraph goes on behind the mark."""
    first, *rest = note.children or (Paragraph(()),)
    content: list[Content] = context.inlines(first.children) if isinstance(first, Paragraph) else []
    blocks = context.blocks(tuple(rest) if isinstance(first, Paragraph) else (first, *rest))
    return element("span", {"class": "footnote", "id": note_id(note)}, [*content, *blocks])


def note_mark(note: Footnote) -> Element:
    """Return the mark that leads to a footnote at the end of the unit (DPUB-ARIA 1.1, doc-noteref)."""
    attributes = {
        "id": mark_id(note),
        "class": "noteref",
        "href": f"#{note_id(note)}",
        "role": "doc-noteref",
        EPUB_TYPE: "noteref",
    }
    return element("a", attributes, [note.number])


def notes_section(notes: list[Footnote], context: Context) -> Element:
    """Return the notes of a unit, each with the way back. (A note may call further notes: the list grows meanwhile.)"""
    return element("section", {"class": "footnotes"}, (_aside(note, context) for note in notes))


def terms_section(terms: tuple[DefinitionItem, ...], context: Context) -> Element:
    """Return what the glossary says of a unit's terms, each as a note that readers can show beside its word."""
    return element("section", {"class": "footnotes terms"}, (_term(term, context) for term in terms))


def _term(term: DefinitionItem, context: Context) -> Element:
    """Return the note of a term, under the id that the term's own entry has in the glossary."""
    home = next(node for node in term.term if isinstance(node, Link))
    title = element("p", {"class": "term-title"}, context.inlines(term.term))
    blocks = [made for definition in term.definitions for made in context.blocks(definition)]
    attributes = {"id": id_of(home.target.removeprefix("#")), "class": "footnote"}
    return element("aside", {**attributes, "role": "doc-footnote", EPUB_TYPE: "footnote"}, [title, *blocks])


def _aside(note: Footnote, context: Context) -> Element:
    blocks = context.blocks(note.children)
    number = span("footnote-number", f"{note.number}.")
    if blocks and blocks[0].tag == "p":
        number.tail = f" {blocks[0].text or ''}"
        blocks[0].text = None
        blocks[0].insert(0, number)
    else:
        blocks.insert(0, element("p", {}, [number]))
    if blocks[-1].tag != "p":
        blocks.append(element("p"))
    fill(blocks[-1], [" ", _way_back(note, context.target)])
    attributes = {"id": note_id(note), "class": "footnote", "role": "doc-footnote", EPUB_TYPE: "footnote"}
    return element("aside", attributes, blocks)


def _way_back(note: Footnote, target: Target) -> Element:
    attributes = {
        "class": "backlink",
        "href": f"#{mark_id(note)}",
        "role": "doc-backlink",
        "aria-label": target.say("Back to the text"),
    }
    return element("a", attributes, ["↩"])

"""Lowering of inline elements."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code as Problem
from mathbook.diagnostics import did_you_mean
from mathbook.document.addresses import as_uri
from mathbook.document.nodes import (
    Cite,
    CiteItem,
    Code,
    Emph,
    Footnote,
    Image,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    Quoted,
    Ref,
    Strong,
    Styled,
    Sub,
    Sup,
    Term,
    Text,
)
from mathbook.document.plain import plain
from mathbook.formula.plain_line import plain_line
from mathbook.source.lower_attributes import value

if TYPE_CHECKING:
    from mathbook.source.lower import Lowering

_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_STYLES = ("smallcaps", "underline", "mark", "kbd")
_ALIASES = {"ul": "underline", "sc": "smallcaps", "highlight": "mark", "strikeout": "strikeout", "strike": "strikeout"}
_TERMS = {"index": "index", "term": "glossary"}


def lower_inlines(elements: Iterable[Element], low: Lowering) -> tuple[Inline, ...]:
    """Return the nodes of inline elements, neighbouring words joined, without spaces at the ends."""
    found = [inline for element in elements for inline in _lower(element, low)]
    return _trimmed(joined_inlines(found))


def _lower(element: Element, low: Lowering) -> tuple[Inline, ...]:
    span = low.span(element)
    match element.tag:
        case "text":
            return (Text(element.text or "", span),)
        case "em":
            return (Emph(_inner(element, low), span),)
        case "strong":
            return (Strong(_inner(element, low), span),)
        case "sub":
            return (Sub(_inner(element, low), span),)
        case "sup":
            return (Sup(_inner(element, low), span),)
        case "s":
            return (Styled("strikeout", _inner(element, low), span),)
        case "q":
            kind: Literal["single", "double"] = "single" if element.get("kind") == "single" else "double"
            return (Quoted(kind, _inner(element, low), span),)
        case "br":
            return (LineBreak(span),)
        case "math":
            return (low.formulas.in_a_line(element, span),)
        case "ref":
            return (Ref(element.attrib["label"], bool(element.get("bare")), span),)
        case "cite":
            return (Cite(tuple(_item(item) for item in element), bool(element.get("text")), span),)
        case tag:
            return _WITH_ATTRIBUTES[tag](element, low)


def _inner(element: Element, low: Lowering) -> tuple[Inline, ...]:
    return joined_inlines([inline for child in element for inline in _lower(child, low)])


def _item(element: Element) -> CiteItem:
    suppress = bool(element.get("suppress"))
    return CiteItem(element.attrib["key"], element.get("prefix", ""), element.get("locator", ""), suppress)


def _lower_code(element: Element, low: Lowering) -> tuple[Inline, ...]:
    low.check_keys(element, ())
    language, *others = element.get("class", "").split() or [""]
    if others or element.get("id"):
        low.error(Problem.ATTRIBUTE_UNKNOWN, element, "code in a line has no attribute but its language")
    return (Code(element.text or "", language, low.span(element)),)


def _lower_link(element: Element, low: Lowering) -> tuple[Inline, ...]:
    low.check_keys(element, ("target", "rel"))
    words, target = _inner(element, low), as_uri(element.attrib["href"])
    return (Link(words, target, element.get("title", ""), span=low.span(element)),)


def _lower_image(element: Element, low: Lowering) -> tuple[Inline, ...]:
    if element.get("id"):
        message = f"the picture #{element.get('id')} stands in a line of text and gets no number"
        low.error(Problem.BLOCK_MISPLACED, element, message, "give it a paragraph of its own")
    caption = _inner(element, low)
    image = lower_picture(element, low, caption)
    return (image,) if image else caption


def lower_picture(
    element: Element, low: Lowering, caption: tuple[Inline, ...], keys: tuple[str, ...] = ()
) -> Image | None:
    """Return the picture of an `img` element; None if it can't be had, which is then reported."""
    low.check_keys(element, ("width", "height", "alt", "fig-alt", "fig-align", *keys))
    found = low.surroundings.picture(element.attrib["src"], low.span(element))
    if found is None:
        return None
    alt = value(element, "alt") or value(element, "fig-alt") or plain_line(caption, low.surroundings.language)
    if not alt and "@alt" not in element.attrib:
        message = f"the picture {element.attrib['src']} has neither a caption nor an alternative text"
        low.warning(Problem.PICTURE_NO_ALT, element, message, 'say what it shows: {alt="…"}')
    return replace(
        found,
        alt=alt,
        width=value(element, "width"),
        title=element.get("title", ""),
        description=value(element, "description"),
        span=low.span(element),
    )


def _lower_span(element: Element, low: Lowering) -> tuple[Inline, ...]:
    low.check_keys(element, ("entry",))
    inner = _inner(element, low)
    for name in reversed(element.get("class", "").split()):
        inner = _styled(element, low, _ALIASES.get(name, name), inner)
    if element.get("id"):
        message = f"a span can't be referred to, so #{element.get('id')} is not kept"
        low.warning(Problem.ATTRIBUTE_UNKNOWN, element, message, "put the id on a heading or a block")
    return inner


def _styled(element: Element, low: Lowering, name: str, inner: tuple[Inline, ...]) -> tuple[Inline, ...]:
    span = low.span(element)
    if name in _TERMS:
        entry = value(element, "entry") or plain(inner, low.surroundings.language)
        return (Term(cast('Literal["index", "glossary"]', _TERMS[name]), inner, entry, span),)
    if name in (*_STYLES, "strikeout"):
        return (Styled(cast('Literal["smallcaps", "underline", "mark", "kbd"]', name), inner, span),)
    hint = did_you_mean(name, (*_TERMS, *_STYLES), f"known: {', '.join((*_TERMS, *_STYLES))}")
    low.error(Problem.ATTRIBUTE_UNKNOWN, element, f"no span has the class .{name}; its text is kept", hint)
    return inner


def _lower_note(element: Element, low: Lowering) -> tuple[Inline, ...]:
    span, name = low.span(element), element.get("name")
    if low.in_note:
        low.used_notes.add(name or "")
        low.error(Problem.BLOCK_MISPLACED, element, "a footnote can't hold another footnote", "put it into the text")
        return (Text(f"[^{name}]", span),) if name else (Text(" (", span), *_inner(element, low), Text(")", span))
    low.in_note = True
    if name is None:
        note = Footnote((Paragraph(lower_inlines(element, low), span),), span=span)
    else:
        low.used_notes.add(name)
        note = Footnote(low.blocks(low.notes[name]), span=span)
    low.in_note = False
    return (note,)


_WITH_ATTRIBUTES = {
    "code": _lower_code,
    "a": _lower_link,
    "img": _lower_image,
    "span": _lower_span,
    "note": _lower_note,
}


def joined_inlines(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """Return the inlines with neighbouring runs of words made one and each run of spaces a single space."""
    result: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and result and isinstance(result[-1], Text):
            result[-1] = Text(_SPACES.sub(" ", result[-1].text + inline.text), result[-1].span)
        else:
            result.append(Text(_SPACES.sub(" ", inline.text), inline.span) if isinstance(inline, Text) else inline)
    return tuple(inline for inline in result if not (isinstance(inline, Text) and not inline.text))


def _trimmed(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return the inlines without spaces and line breaks at the beginning and the end."""
    result = list(inlines)
    if result and isinstance(first := result[0], Text):
        result[0] = Text(first.text.lstrip(" "), first.span)
    if result and isinstance(last := result[-1], Text):
        result[-1] = Text(last.text.rstrip(" "), last.span)
    return tuple(inline for inline in result if not (isinstance(inline, Text) and not inline.text))

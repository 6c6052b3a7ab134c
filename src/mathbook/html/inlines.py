"""Inlines as words and elements."""

from __future__ import annotations

import re
from typing import assert_never

from mathbook.document.addresses import as_uri, is_external, short_url
from mathbook.document.labels import id_of
from mathbook.document.nodes import (
    Anchor,
    Cite,
    Code,
    Emph,
    Footnote,
    Formula,
    Image,
    Inline,
    LineBreak,
    Link,
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
from mathbook.document.quotes import quotation_marks
from mathbook.html.elements import Content, Element, classes, element, fill, span
from mathbook.html.notes import floating_note, note_mark
from mathbook.html.target import Context, Target

_STYLES = {
    "strikeout": ("s", ""),
    "smallcaps": ("span", "smallcaps"),
    "underline": ("u", ""),
    "mark": ("mark", ""),
    "kbd": ("kbd", ""),
}


_OPENING = "([{“‘«„¿¡"
_CLOSING = ".,;:!?)]}’”»…%"


def line_content(inlines: tuple[Inline, ...], context: Context) -> list[Content]:
    """Return what the inlines become. A formula keeps together with the signs that touch it: layout engines would
    break a line between them, as between a picture and a word.
    """
    content: list[Content] = []
    for before, inline in zip((None, *inlines), inlines, strict=False):
        pieces = inline_content(inline, context)
        if isinstance(inline, Formula):
            pieces = [_with_opening(content, pieces)]
        elif isinstance(inline, Text) and isinstance(before, Formula):
            pieces = [_with_closing(content, inline.text)]
        content += pieces
    return content


def _with_opening(content: list[Content], formula: list[Content]) -> Element | str:
    """Return the formula, with the opening brackets that the content ended in."""
    words = content[-1] if content else ""
    if not isinstance(words, str) or not words.endswith(tuple(_OPENING)):
        return formula[0]
    content[-1] = words.rstrip(_OPENING)
    return span("nowrap", words[len(words.rstrip(_OPENING)) :], *formula)


def _with_closing(content: list[Content], words: str) -> str:
    """Return the words without the signs that they begin with: these go to the formula that the content ended in."""
    rest = words.lstrip(_CLOSING)
    signs, formula = words[: len(words) - len(rest)], content[-1]
    assert not isinstance(formula, str)
    if signs and formula.get("class") == "nowrap":
        fill(formula, [signs])
    elif signs:
        content[-1] = span("nowrap", formula, signs)
    return rest


def inline_content(inline: Inline, context: Context) -> list[Content]:
    """Return what one inline becomes."""
    match inline:
        case Text(text=text):
            return [text]
        case Emph(children=children):
            return [element("em", {}, context.inlines(children))]
        case Strong(children=children):
            return [element("strong", {}, context.inlines(children))]
        case Sub(children=children):
            return [element("sub", {}, context.inlines(children))]
        case Sup(children=children):
            return [element("sup", {}, context.inlines(children))]
        case Quoted():
            return _quoted(inline, context)
        case Styled(style=style, children=children):
            tag, class_ = _STYLES[style]
            return [element(tag, {"class": class_}, context.inlines(children))]
        case Term(kind=kind, children=children):
            tag, class_ = ("dfn", "term") if kind == "glossary" else ("span", "index-term")
            return [element(tag, {"class": class_}, context.inlines(children))]
        case Anchor(id=label, children=children):
            return [element("span", {"id": id_of(label)}, context.inlines(children))]
        case Code(text=text, language=language):
            return [element("code", {"class": language and f"language-{language}"}, [text])]
        case Formula():
            return [context.target.formula(inline, False)]
        case Link():
            return _link(inline, context)
        case Image():
            return [picture(inline, inline.alt, context.target, "inline")]
        case Footnote():
            return [_footnote(inline, context)]
        case LineBreak():
            return [element("br")]
        case Ref(label=label):
            raise AssertionError(f"unresolved reference to {label}")
        case Cite():
            raise AssertionError("unresolved citation")
        case _:
            assert_never(inline)


def picture(image: Image, alt: str, target: Target, class_: str = "") -> Element:
    """Return the img of a picture. It always has an `alt`; an empty one says that nobody has to hear of it."""
    made = element("img", {"src": target.picture(image), "class": class_})
    made.set("alt", alt)
    if re.fullmatch(r"\d+(\.\d+)?(%|cm|mm|in|pt|px|em)", image.width):
        made.set("style", f"width: {image.width}")
    if image.title:
        made.set("title", image.title)
    return made


def _quoted(quoted: Quoted, context: Context) -> list[Content]:
    opening, closing = quotation_marks(context.target.language, quoted.kind)
    return [opening, *context.inlines(quoted.children), closing]


def _link(link: Link, context: Context) -> list[Content]:
    external = is_external(link.target)
    href = link.target if external else context.target.link(link.target, link.unit)
    attributes = {"href": href, "class": classes("external" if external else ""), "title": link.title}
    anchor = element("a", attributes, context.inlines(link.children))
    if not plain(link.children, context.target.language):
        for image in anchor.iter("img"):  # a picture that is all of a link decorates nothing
            image.set("alt", context.target.say("Picture"))
    printed = short_url(link.target)
    if not external or not context.target.print_urls or short_url(as_uri("".join(anchor.itertext()))) == printed:
        return [anchor]
    return [anchor, span("footnote url-note", element("a", {"href": href}, [printed]))]


def _footnote(note: Footnote, context: Context) -> Element:
    if context.target.footnotes == "float":
        return floating_note(note, context.without_url_notes())
    context.put_off_note(note)
    return note_mark(note)

"""Two trees, ours and Pandoc's, as one neutral kind of nested list, so that they can be compared."""

from __future__ import annotations

import re
from typing import Any

from mathbook.document import nodes as n
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.plain import plain
from mathbook.source.dialect.attributes import normal_label

Neutral = list[Any]
_PREFIX = re.compile(r"^[\w.-]+\.md__")
_LABEL = re.compile(r"\s*\{#([\w:.-]+)\}")


def text_joined(parts: Neutral) -> Neutral:
    """Join neighbouring words, fold spaces, and take them off the ends and from around line breaks."""
    joined: Neutral = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    folded = [re.sub(r"[ \n]+", " ", part) if isinstance(part, str) else part for part in joined]
    if folded and isinstance(folded[0], str):
        folded[0] = folded[0].lstrip(" ")
    if folded and isinstance(folded[-1], str):
        folded[-1] = folded[-1].rstrip(" ")
    return [part for part in folded if part != ""]


# -- Pandoc's ---------------------------------------------------------------------------------------------------------


def from_pandoc(blocks: list[Any]) -> Neutral:
    return [part for block in blocks for part in _block(block)]


def _id(attr: list[Any]) -> str:
    return normal_label(_PREFIX.sub("", attr[0]))


def _block(block: dict[str, Any]) -> Neutral:
    kind, c = block["t"], block.get("c")
    match kind:
        case "Para" | "Plain":
            return _parted(_inlines(c))
        case "Header":
            return [["h", c[0], _id(c[1]), *text_joined(_inlines(c[2]))]]
        case "CodeBlock":
            return [["code", _id(c[0]), *c[0][1][:1], c[1]]]
        case "BlockQuote":
            return [["quote", *from_pandoc(c)]]
        case "BulletList":
            return [["ul", _tight(c), *([*from_pandoc(item)] for item in c)]]
        case "OrderedList":
            style = {"DefaultStyle": "decimal", "Example": "decimal"}.get(c[0][1]["t"])
            style = style or re.sub(r"(?<!^)([A-Z])", r"-\1", c[0][1]["t"]).lower()
            return [["ol", c[0][0], style, _tight(c[1]), *([*from_pandoc(item)] for item in c[1])]]
        case "DefinitionList":
            return [["dl", *([text_joined(_inlines(t)), *([*from_pandoc(d)] for d in ds)] for t, ds in c)]]
        case "HorizontalRule":
            return [["hr"]]
        case "LineBlock":
            lines = [_inlines(line) for line in c]
            return [["p", *text_joined([p for line in lines for p in (["br"], *line)][1:])]]
        case "Figure":
            return [_figure(c)]
        case "Table":
            return [_table(c)]
        case "Div":
            return [_div(c)]
        case "RawBlock":
            return [["raw", c[1]]]
    raise AssertionError(kind)


def _tight(items: list[Any]) -> str:
    return "loose" if any(block["t"] == "Para" for item in items for block in item) else "tight"


def _div(c: list[Any]) -> Neutral:
    keys = dict(c[0][2])
    return ["div", " ".join(c[0][1]), _id(c[0]), keys.get("title", ""), *from_pandoc(c[1])]


def _figure(c: list[Any]) -> Neutral:
    caption = [part for block in c[1][1] for part in _inlines(block["c"])]
    image = c[2][0]["c"][0]["c"]
    return [
        "figure",
        _id(c[0]) or _id(image[0]),
        image[2][0],
        dict(image[0][2]).get("width", ""),
        *text_joined(caption),
    ]


def _table(c: list[Any]) -> Neutral:
    caption = text_joined([part for block in c[1][1] for part in _inlines(block["c"])])
    label = _id(c[0])
    if caption and isinstance(caption[-1], str) and (found := _LABEL.search(caption[-1])):
        label = normal_label(found[1])
        caption[-1] = caption[-1][: found.start()]
    alignments = [spec[0]["t"].removeprefix("Align").lower() for spec in c[2]]
    head = [_row(row) for row in c[3][1]]
    head = [row for row in head if any(row)]
    return ["table", label, alignments, head, [_row(row) for body in c[4] for row in body[3]], text_joined(caption)]


def _row(row: list[Any]) -> Neutral:
    return [text_joined([part for block in cell[4] for part in _inlines(block["c"])]) for cell in row[1]]


def _parted(inlines: Neutral) -> Neutral:
    """Part a paragraph at its display formulas, and read pandoc-crossref's labels behind them."""
    blocks: Neutral = []
    words: Neutral = []
    for part in inlines:
        if isinstance(part, list) and part[0] == "display":
            blocks += [["p", *text_joined(words)], [*part, ""]]
            words = []
        elif isinstance(part, str) and blocks and not text_joined(words) and blocks[-1][0] == "display":
            words.append(part)
            whole = "".join(word for word in words if isinstance(word, str))
            if found := _LABEL.match(whole):
                blocks[-1][2] = normal_label(found[1])
                words = [whole[found.end() :]]
        else:
            words.append(part)
    return _without_labels([block for block in [*blocks, ["p", *text_joined(words)]] if block != ["p"]])


def _without_labels(blocks: Neutral) -> Neutral:
    result: Neutral = []
    for block in blocks:
        if block[0] == "p" and len(block) > 1 and isinstance(block[1], str) and result and result[-1][0] == "display":
            found = _LABEL.match(block[1])
            if found:
                result[-1][2] = normal_label(found[1])
                block = ["p", *text_joined([block[1][found.end() :], *block[2:]])]
        if block != ["p"]:
            result.append(block)
    return result


def _inlines(inlines: list[Any]) -> Neutral:
    return [part for inline in inlines for part in _inline(inline)]


_NAMES = {
    "Emph": "em",
    "Strong": "strong",
    "Strikeout": "strikeout",
    "Superscript": "sup",
    "Subscript": "sub",
    "SmallCaps": "smallcaps",
    "Underline": "underline",
}


def _inline(inline: dict[str, Any]) -> Neutral:
    kind, c = inline["t"], inline.get("c")
    match kind:
        case "Str":
            return [c]
        case "Space" | "SoftBreak":
            return [" "]
        case "LineBreak":
            return [["br"]]
        case "Quoted":
            return [["quoted", c[0]["t"].removesuffix("Quote").lower(), *text_joined(_inlines(c[1]))]]
        case "Code":
            return [["codespan", *c[0][1][:1], c[1]]]
        case "Math":
            latex = re.sub(r"\s+", " ", c[1].strip())
            return [["math", latex] if c[0]["t"] == "InlineMath" else ["display", latex]]
        case "Link":
            return [["a", normal_link(c[2][0]), c[2][1], *text_joined(_inlines(c[1]))]]
        case "Image":
            return [["img", c[2][0], c[2][1], dict(c[0][2]).get("width", ""), *text_joined(_inlines(c[1]))]]
        case "Note":
            return [["note", *from_pandoc(c)]]
        case "Cite":
            return _cite(c[0])
        case "Span":
            return [["span", " ".join(c[0][1]), *text_joined(_inlines(c[1]))]]
        case "RawInline":
            return [["raw", c[1]]]
    return [[_NAMES[kind], *text_joined(_inlines(c))]]


def normal_link(target: str) -> str:
    target = re.sub(r"^#(?:[\w.-]+\.md__)?", "#", target)
    target = re.sub(r"^#c\d+\.md$", "", target)
    return "#" + normal_label(target[1:]) if target.startswith("#") else target


def _cite(citations: list[Any]) -> Neutral:
    first = normal_label(citations[0]["citationId"])
    if first.partition(":")[0] in LABEL_KINDS and ":" in first:
        return [["ref", first, citations[0]["citationMode"]["t"] == "SuppressAuthor"]]
    items = [
        [
            each["citationId"],
            _plain(each["citationPrefix"]),
            _plain(each["citationSuffix"]).lstrip(", "),
            each["citationMode"]["t"] == "SuppressAuthor",
        ]
        for each in citations
    ]
    return [["cite", citations[0]["citationMode"]["t"] == "AuthorInText", *items]]


def _plain(inlines: list[Any]) -> str:
    words = "".join(part if isinstance(part, str) else str(part[-1]) for part in text_joined(_inlines(inlines)))
    return words.replace("\N{NO-BREAK SPACE}", " ")


# -- ours -------------------------------------------------------------------------------------------------------------


def from_ours(blocks: tuple[n.Block, ...]) -> Neutral:
    return [_our_block(block) for block in blocks]


def _our_block(block: n.Block) -> Neutral:
    match block:
        case n.Paragraph():
            return ["p", *_ours(block.children)]
        case n.Heading():
            return ["h", block.level, block.id, *_ours(block.children)]
        case n.Listing():
            return ["code", block.id, *([block.language] if block.language else block.classes[:1]), block.text]
        case n.Quotation():
            return [
                "quote",
                *from_ours(block.children),
                *([["by", *_ours(block.attribution)]] if block.attribution else []),
            ]
        case n.BulletList():
            return ["ul", "tight" if block.tight else "loose", *(from_ours(item) for item in block.items)]
        case n.OrderedList():
            tight = "tight" if block.tight else "loose"
            return ["ol", block.start, block.style, tight, *(from_ours(item) for item in block.items)]
        case n.DefinitionList():
            return ["dl", *([_ours(item.term), *(from_ours(d) for d in item.definitions)] for item in block.items)]
        case n.Rule():
            return ["hr"]
        case n.Equation():
            return ["display", re.sub(r"\s+", " ", block.formula.latex), block.id]
        case n.Figure():
            return ["figure", block.id, block.image.source, block.image.width, *_ours(block.caption)]
        case n.Table():
            head, body = ([[_ours(cell.children) for cell in row] for row in part] for part in (block.head, block.body))
            return ["table", block.id, list(block.alignments), head, body, _ours(block.caption)]
        case n.Box():
            return ["div", block.kind, block.id, plain(block.title), *from_ours(block.children)]
        case n.Exercise():
            parts = [["div", "hint", "", "", *from_ours(block.hint)]] if block.hint else []
            parts += [["div", "solution", "", "", *from_ours(block.solution)]] if block.solution else []
            return ["div", "exercise", block.id, plain(block.title), *from_ours(block.children), *parts]
        case n.SourceNote():
            return ["div", "source", "", "", *from_ours(block.children)]
        case n.Slide():
            return ["div", "slide", block.id, plain(block.title), *from_ours(block.children)]
        case n.SpeakerNotes():
            return ["div", "notes", "", "", *from_ours(block.children)]
        case n.Columns():
            columns = (["div", "column", "", "", *from_ours(column.children)] for column in block.columns)
            return ["div", "columns", "", "", *columns]
        case n.Incremental():
            return ["div", "incremental", "", "", *from_ours(block.children)]
        case n.Conditional():
            return ["div", "content-visible" if block.shown else "content-hidden", "", "", *from_ours(block.children)]


def _ours(inlines: tuple[n.Inline, ...]) -> Neutral:
    return text_joined([_our_inline(inline) for inline in inlines])


def _our_inline(inline: n.Inline) -> Any:
    match inline:
        case n.Text():
            return inline.text
        case n.Emph():
            return ["em", *_ours(inline.children)]
        case n.Strong():
            return ["strong", *_ours(inline.children)]
        case n.Sub():
            return ["sub", *_ours(inline.children)]
        case n.Sup():
            return ["sup", *_ours(inline.children)]
        case n.Quoted():
            return ["quoted", inline.kind, *_ours(inline.children)]
        case n.Styled(style="mark" | "kbd"):
            return ["span", inline.style, *_ours(inline.children)]
        case n.Styled():
            return [inline.style, *_ours(inline.children)]
        case n.Term():
            return ["span", {"index": "index", "glossary": "term"}[inline.kind], *_ours(inline.children)]
        case n.Code():
            return ["codespan", *([inline.language] if inline.language else []), inline.text]
        case n.Formula():
            return ["math", re.sub(r"\s+", " ", inline.latex)]
        case n.Link():
            return ["a", inline.target, inline.title, *_ours(inline.children)]
        case n.Image():
            return ["img", inline.source, inline.title, inline.width, *([inline.alt] if inline.alt else [])]
        case n.Footnote():
            return ["note", *from_ours(inline.children)]
        case n.LineBreak():
            return ["br"]
        case n.Ref():
            return ["ref", inline.label, inline.bare]
        case n.Cite():
            items = ([item.key, item.prefix, item.locator, item.suppress_author] for item in inline.items)
            return ["cite", inline.in_text, *items]

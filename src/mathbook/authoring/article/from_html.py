"""HTML as paragraphs of Markdown: what a reader reads of the page's main part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree, html

from mathbook.authoring.article.from_text import escaped

_SKIPPED = frozenset(re.findall(r"\w+", "script style noscript template nav header footer aside form svg button head"))
_BLOCK_NAMES = """
    address article body blockquote dd div dl dt figcaption figure h1 h2 h3 h4 h5 h6 html li main ol p pre section table
    tbody td th thead tr ul
"""
_BLOCKS = frozenset(re.findall(r"\w+", _BLOCK_NAMES))
_LEFT_OUT = frozenset(("img", "video", "audio", "canvas", "object", "embed"))
_AROUND = {"em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**"}


@dataclass(slots=True)
class HtmlReader:
    """Reads one page; `left_out` counts pictures and such, which no paragraph can hold."""

    left_out: int = 0

    def paragraphs(self, text: str) -> list[str]:
        """Return the page's paragraphs."""
        root = html.document_fromstring(text, parser=html.HTMLParser(no_network=True, encoding="utf-8"))
        main = next((found[0] for name in ("article", "main", "body") if (found := root.findall(f".//{name}"))), root)
        return [paragraph for paragraph in self._blocks(main) if paragraph.strip()]

    def _blocks(self, element: etree._Element, before: str = "") -> Iterator[str]:
        """Yield the paragraphs of a block: its own lines, and the blocks between them."""
        line = _words(element.text)
        for child in element:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in _BLOCKS:
                yield from self._finished(line, before)
                line = ""
                yield from self._block(child, tag)
            elif tag and tag not in _SKIPPED:
                line += self._inline(child, tag)
            line += _words(child.tail)
        yield from self._finished(line, before)

    def _finished(self, line: str, before: str) -> Iterator[str]:
        said = " ".join(line.split())
        if said:
            yield f"{before}{said}"

    def _block(self, element: etree._Element, tag: str) -> Iterator[str]:
        if re.fullmatch(r"h[1-6]", tag):
            yield from (line.lstrip("\\") for line in self._blocks(element, "#" * int(tag[1]) + " "))
        elif tag == "blockquote":
            yield from ("\n".join(f"> {line}" for line in inner.split("\n")) for inner in self._blocks(element))
        elif tag in ("ul", "ol"):
            items = (" ".join(self._blocks(item)) for item in element)
            mark = "- " if tag == "ul" else "1. "
            yield "\n".join(f"{mark}{item}" for item in items if item.strip())
        elif tag == "pre":
            yield "```\n" + "".join(map(str, element.itertext())).strip("\n") + "\n```"
        elif tag == "tr":
            yield " · ".join(" ".join(self._blocks(cell)) for cell in element)
        else:
            yield from self._blocks(element)

    def _inline(self, element: etree._Element, tag: str) -> str:
        inner = _words(element.text) + "".join(
            self._inline(child, str(child.tag)) + _words(child.tail) for child in element if isinstance(child.tag, str)
        )
        address = element.get("href") or element.get("src") or ""
        if tag == "br":
            return " "
        if tag in _LEFT_OUT:
            self.left_out += 1
            return _words(element.get("alt"))
        if tag == "iframe":
            return f" <{address}> " if _is_web(address) else ""
        if tag == "a" and _is_web(address) and inner.strip():
            return f"<{address}>" if inner.strip() == escaped(address) else f"[{inner.strip()}]({address})"
        if tag in _AROUND and inner.strip():
            mark = _AROUND[tag]
            return f"{_edge(inner, 0)}{mark}{inner.strip()}{mark}{_edge(inner, -1)}"
        return inner


def _is_web(address: str) -> bool:
    return re.fullmatch(r"https?://[^\s<>\"()]+", address) is not None


def _edge(words: str, at: int) -> str:
    return " " if words[at].isspace() else ""


def _words(text: str | None) -> str:
    """Return words as Markdown, with the spaces at their ends."""
    if not text or not text.strip():
        return " " if text else ""
    return f"{_edge(text, 0)}{escaped(' '.join(text.split()))}{_edge(text, -1)}"

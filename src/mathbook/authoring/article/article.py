"""An article: what stands before its examples, and the examples."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mathbook.frozen import frozen

_WORDS = "Example|Exemple|Beispiel|Ejemplo|Esempio|Exemplo|Voorbeeld|Przykład"
_HEADING = re.compile(rf"(?:#+\s+)?\W*(?:{_WORDS})\s*#?\\?#?\s*(\d+)\b[\s:.–—*_-]*(.*?)[\s*_#]*", re.IGNORECASE)
_TITLE = re.compile(r"#\s+(.+?)\s*#*")


@frozen
class Section:
    """An example: its number, its title if it has one, and its paragraphs in Markdown."""

    number: int
    title: str
    paragraphs: tuple[str, ...]


@frozen
class Article:
    """An article. `opening` is what stands before its first example; `left_out` counts pictures and such."""

    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    left_out: int = 0


def article_of(paragraphs: Iterable[str], title: str = "", left_out: int = 0) -> Article:
    """Return the article of these paragraphs of Markdown; a heading of the first level is its title."""
    opening: list[str] = []
    sections: list[tuple[int, str, list[str]]] = []
    for paragraph in paragraphs:
        heading = _HEADING.fullmatch(paragraph) if len(paragraph) <= _LONGEST_HEADING else None
        named = _TITLE.fullmatch(paragraph)
        if heading:
            sections.append((int(heading[1]), heading[2], []))
        elif named and not title and not sections:
            title = named[1]
        else:
            (sections[-1][2] if sections else opening).append(paragraph)
    done = tuple(Section(number, name, tuple(_levelled(said))) for number, name, said in sections)
    return Article(title, tuple(_levelled(opening)), done, left_out)


_LONGEST_HEADING = 120


def _levelled(paragraphs: list[str]) -> list[str]:
    """Return the paragraphs with headings that begin at the second level and skip none."""
    levels = sorted({len(match[1]) for text in paragraphs if (match := re.match(r"(#+)\s", text))})
    for at, text in enumerate(paragraphs):
        if match := re.match(r"(#+)(?=\s)", text):
            paragraphs[at] = "#" * min(2 + levels.index(len(match[1])), 6) + text[match.end() :]
    return paragraphs

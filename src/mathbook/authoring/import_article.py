"""An article becomes seeds and examples, in a book that is there or in a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from mathbook.authoring.add import free_name, next_number, slug_of, write_new, yaml_text
from mathbook.authoring.article.article import Article, Section, article_of
from mathbook.authoring.article.from_html import HtmlReader
from mathbook.authoring.article.from_text import paragraphs_of_markdown, paragraphs_of_text
from mathbook.diagnostics import Code, Collector, Diagnostic, Severity, Span, Stop
from mathbook.document.book import Book, Example
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.read import read_book
from mathbook.source.text_file import read_text_file

_URL = re.compile(r"https?://[^\s<>()\"\]]+")
_START = re.compile(r"[?&#]t=(\d+)s?\b")
_BOOK = 'title: {title}\nlanguage: en\nedition: "1"\n'
_SEED = """\
title: {title}
who: {who}
where: {where}
{link}claims: {claims}
provenance: {provenance}
"""
_EXAMPLE = """\
---
id: {id}
title: {title}
number: {number}
seed: {id}
added: {date}
---

::: source
:::

{body}
"""


@frozen
class Imported:
    """What was written, the article's title, and how many pictures of it were left out."""

    title: str
    files: tuple[Path, ...]
    left_out: int


def import_article(path: Path, into: Path) -> Imported:
    """Write a seed and an example for each of the article's examples. Raises Stop if it has none."""
    article = read_article(path)
    project = Project(into)
    files = [] if project.book_file.is_file() else [_new_book(project, article)]
    book = read_book(project, Collector()) if not files else None
    if article.opening:
        files.append(_opening(project, article, book, path))
    number = next_number(project, book) if book else 1
    taken = {int(unit.number) for unit in book.units if isinstance(unit, Example) and unit.number} if book else set()
    for section in article.sections:
        if section.number in taken:
            section = Section(max((number - 1, *taken)) + 1, section.title, section.paragraphs)
        taken.add(section.number)
        files += _example(project, article, section, book, path)
    return Imported(article.title, tuple(files), article.left_out)


def read_article(path: Path) -> Article:
    """Return the article in a file of text, Markdown or HTML. Raises Stop if it can't be read or has no examples."""
    collector = Collector()
    text = read_text_file(path, Project(path.resolve().parent), collector)
    collector.stop_if_errors()
    assert text is not None, "what is wrong was told"
    match path.suffix.lower():
        case ".html" | ".htm" | ".xhtml":
            reader = HtmlReader()
            article = article_of(reader.paragraphs(text), left_out=reader.left_out)
        case ".md" | ".markdown":
            article = article_of(paragraphs_of_markdown(text))
        case _:
            first, *rest = paragraphs_of_text(text) if text.strip() else [""]
            article = article_of(rest, title=first) if len(first) <= _TITLE else article_of([first, *rest])
    if not article.sections:
        hint = "its examples begin with lines such as: Example #1"
        raise Stop(
            [Diagnostic(Code.PROJECT_EMPTY, Severity.ERROR, Span(path.name), "the article has no examples", hint)]
        )
    return article


_TITLE = 150
"""Characters of a first paragraph that is taken for the title."""


def _new_book(project: Project, article: Article) -> Path:
    write_new(project.book_file, _BOOK.format(title=yaml_text(_plain(article.title) or "A book of examples")))
    return project.book_file


def _opening(project: Project, article: Article, book: Book | None, path: Path) -> Path:
    """Write what stands before the examples as a piece of front matter."""
    name = free_name(project, book, "preface")
    file = project.manuscript / "front" / f"{len(list((project.manuscript / 'front').glob('*.md'))) + 1:02}-{name}.md"
    title = "Preface" if name == "preface" else _plain(article.title) or path.stem
    write_new(file, f"---\nid: {name}\ntitle: {yaml_text(title)}\n---\n\n" + "\n\n".join(article.opening) + "\n")
    return file


def _example(project: Project, article: Article, section: Section, book: Book | None, path: Path) -> Iterator[Path]:
    title = _plain(section.title) or _beginning(section)
    name = free_name(project, book, slug_of(title))
    link = next((match[0].rstrip(".,;:") for text in section.paragraphs for match in _URL.finditer(text)), "")
    start = _START.search(link)
    seed = project.seeds / f"{section.number:02}-{name}.yaml"
    where = f"{_plain(article.title) or path.name}, Example #{section.number}"
    words = {
        "title": yaml_text(title),
        "who": yaml_text("The author of the article"),
        "where": yaml_text(where),
        "link": (f"link: {yaml_text(link)}\n" if link else "") + (f"start: {start[1]}\n" if start else ""),
        "claims": yaml_text(_first_sentence(section)),
        "provenance": yaml_text(f"Imported from {path.name}; who, where and claims are to be looked through."),
    }
    write_new(seed, _SEED.format(**words))
    example = project.manuscript / "examples" / f"{section.number:02}-{name}.md"
    body = "\n\n".join(section.paragraphs)
    date = book.meta.date if book else "1980-01-01"
    text = _EXAMPLE.format(id=name, title=yaml_text(title), number=section.number, date=date, body=body)
    write_new(example, text)
    yield from (seed, example)


def _beginning(section: Section) -> str:
    """Return the first words of an example that has no title: up to a stop, and not too many."""
    clause = re.split(r"[.;:!?–—(]", _first_sentence(section))[0].strip()
    if len(clause.split()) > _WORDS:
        clause = next((part for part in _at_commas(clause) if 3 <= len(part.split()) <= _WORDS), clause)
    words = clause.split()
    return " ".join(words[:_WORDS]) + ("…" if len(words) > _WORDS else "") or f"Example {section.number}"


def _at_commas(clause: str) -> Iterator[str]:
    """Yield what stands before the last comma, before the one before it, and so on."""
    while "," in clause:
        clause = clause.rpartition(",")[0]
        yield clause


_WORDS = 10


def _first_sentence(section: Section) -> str:
    said = next((_plain(text) for text in section.paragraphs if _plain(text)), "")
    match = re.match(r".+?[.!?…](?=\s|$)", said)
    return match[0] if match else said or "What is claimed, in your own words."


def _plain(markdown: str) -> str:
    """Return a line of Markdown without its marks: for titles and records."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|<(https?://[^>]*)>", r"\1\2", markdown)
    text = re.sub(r"(?<!\\)[*_`#>]|\\(?=\W)", "", text)
    return " ".join(text.split())

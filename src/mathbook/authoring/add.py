"""The next example of a book: its seed and its file, from templates that build as they are."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

from mathbook.diagnostics import NOWHERE, Code, Collector, Diagnostic, Severity, Stop, did_you_mean
from mathbook.document.book import Book, Example
from mathbook.frozen import frozen
from mathbook.project import Project
from mathbook.source.editions import read_editions
from mathbook.source.read import read_book

_SEED = """\
title: {title}
who: Who says it
where: Where it is said
when:
link:
claims: What is claimed, in your own words.
rights:
"""
_EXAMPLE = """\
---
id: {id}
title: {title}
{number}seed: {id}
topics: []
added: {date}
minutes: 15
summary:
---

::: source
:::

## The question

What is to be understood, and why it is worth it.

## The work

The derivation, with a formula that can be referred to:

$$
a^2 + b^2 = c^2
$$ {{#eq:{id}}}

::: {{.exercise title="Your turn"}}
Use @eq:{id} for a case of your own.

::: hint
Where to begin.
:::

::: solution
How it ends.
:::
:::

::: takeaway
What should remain.
:::
"""
NUMBERED = re.compile(r"(\d+)([a-z]?)-")


@frozen
class Added:
    """What was written: the example's number, its file and its seed's."""

    number: str
    example: Path
    seed: Path


def add(project: Project, title: str, after: str = "") -> Added:
    """Write the next example; with `after`, one that follows that example in the book. Raises Stop if it can't be.

    Its number is the next that was never used, kept editions included: numbers are for ever.
    """
    book = _book_of(project)
    number = next_number(project, book)
    name = free_name(project, book, slug_of(title))
    prefix = _prefix_after(project, book, after) if after else f"{number:02}"
    position = book.meta.numbering == "position"
    told = f"number: {number}\n" if after and not position else ""
    words = {"id": name, "title": yaml_text(title), "number": told, "date": book.meta.date}
    example = project.manuscript / "examples" / f"{prefix}-{name}.md"
    seed = project.seeds / f"{number:02}-{name}.yaml"
    write_new(seed, _SEED.format(**words))
    write_new(example, _EXAMPLE.format(**words))
    return Added("" if position else str(number), example, seed)


def _book_of(project: Project) -> Book:
    """Return the book as far as it can be read: other mistakes in it are no reason not to add to it."""
    collector = Collector()
    book = read_book(project, collector)
    if book is None:
        raise Stop([one for one in collector.diagnostics if one.severity is Severity.ERROR])
    return book


def next_number(project: Project, book: Book) -> int:
    """Return the number behind the largest that any example has or had."""
    kept = [unit.number for edition in read_editions(project, Collector()) for unit in edition.units]
    numbers = [unit.number for unit in book.units if isinstance(unit, Example)]
    return max((int(number) for number in (*kept, *numbers) if number.isdigit()), default=0) + 1


def slug_of(title: str) -> str:
    """Return a name for files and ids: small letters and digits with hyphens, without accents."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", title) if not unicodedata.combining(char))
    words = re.findall(r"\w+", re.sub(r"[’'_]", "", bare.lower()))
    slug = "-".join(words)
    return slug if len(slug) <= _LONGEST else slug[:_LONGEST].rpartition("-")[0] or slug[:_LONGEST]


_LONGEST = 48


def free_name(project: Project, book: Book | None, name: str) -> str:
    """Return the name, or with a number behind it if a unit, a seed or a file has it already."""
    units = {unit.id for unit in book.units} if book else set()
    seeds = {seed.id for seed in book.seeds} if book else set()
    folders = (project.seeds, project.manuscript / "examples")
    files = {re.sub(r"^\d+[a-z]?-", "", path.stem) for folder in folders for path in folder.glob("*")}
    taken = units | seeds | files
    wanted = name if name[:1].isalpha() else f"example-{name}".rstrip("-")
    return next(
        free for at in range(1, len(taken) + 2) if (free := wanted if at == 1 else f"{wanted}-{at}") not in taken
    )


def _prefix_after(project: Project, book: Book, after: str) -> str:
    """Return what a file's name begins with to stand right behind the file of that example. Raises Stop."""
    examples = {unit.id: unit for unit in book.units if isinstance(unit, Example)}
    if after not in examples:
        _stop(f"there is no example {after!r}", did_you_mean(after, examples, f"there are: {', '.join(examples)}"))
    names = sorted(path.name for path in (project.manuscript / "examples").glob("*.md"))
    file = Path(examples[after].span.file).name
    here = NUMBERED.match(file)
    behind = names[names.index(file) + 1 :][:1]
    then = NUMBERED.match(behind[0]) if behind else None
    if not here or (behind and not then):
        _stop(f"no file can be put behind {file}: the names don't begin with numbers", "")
    assert here, "it was looked at"
    last = then[2] if then and then[1] == here[1] else "{"
    letter = (here[2] or "a") if not last else chr(ord(here[2]) + 1) if here[2] else min("b", chr(ord(last) - 1))
    if not here[2] <= letter < last or not letter.isalpha():
        _stop(f"no name fits between {file} and {behind[0]}", "rename the files that stand there")
    return f"{here[1]}{letter}"


def _stop(message: str, hint: str) -> None:
    raise Stop([Diagnostic(Code.FILE_MISSING, Severity.ERROR, NOWHERE, message, hint)])


def yaml_text(text: str) -> str:
    """Return the text as a YAML scalar: in double quotes, which every JSON string is (YAML 1.2, section 1.3)."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not be there yet. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)

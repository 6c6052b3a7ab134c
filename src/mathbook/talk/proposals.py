"""A speaker's own slides as `slide` blocks, for the author to take over."""

from __future__ import annotations

from collections.abc import Iterator

from mathbook.document.talk import MARK, Shape, TalkSlide
from mathbook.talk.rewrite import markdown


def proposal(slide: TalkSlide, number: int, deck: str, before: str) -> str:
    """Return a slide as Markdown: its title, its text, its tables and formulas, its notes; pictures by their words."""
    inside = "\n".join(line for shape in slide.shapes for line in _shape(shape))
    notes = [line.text for shape in slide.shapes if shape.kind == "notes" for line in shape.lines]
    said = "\n\n".join(markdown(" ".join(line.split())) for line in notes)
    block = f"::: notes\n{said}\n:::\n" if said else ""
    title = " ".join(slide.title.split()).replace(MARK, "$").replace('"', "'")
    where = f"slide {number} of {deck}" + (f", after “{before}”" if before else "")
    return f'<!-- {where} -->\n\n:::: {{.slide title="{title}"}}\n{inside.strip()}\n\n{block}::::\n'.replace(
        "\n\n\n", "\n\n"
    )


def _shape(shape: Shape) -> Iterator[str]:
    match shape.kind:
        case "text":
            for line in shape.lines:
                words = markdown(" ".join(line.text.split()))
                yield f"{'  ' * line.level}- {words}" if line.marked or line.level else f"\n{words}\n"
        case "formula":
            yield from (f"\n$$\n{line.text.strip().strip(MARK)}\n$$\n" for line in shape.lines)
        case "table":
            yield from _table(shape)
        case "picture":
            yield from (f"\n<!-- a picture: {line.text or 'without a description'} -->\n" for line in shape.lines)
        case "title" | "footer" | "notes":
            return  # the block's title, the theme's footer, and the notes have their places


def _table(shape: Shape) -> Iterator[str]:
    width = max(shape.columns, 1)
    cells = [markdown(" ".join(line.text.split()), cell=True) for line in shape.lines]
    rows = [cells[at : at + width] for at in range(0, len(cells), width)]
    yield ""
    for at, row in enumerate(rows):
        yield f"| {' | '.join(row)} |"
        if at == 0:
            yield f"|{'---|' * width}"
    yield ""

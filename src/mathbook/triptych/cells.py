"""What stands in one cell of the triptych: the verdict on a block in one format, its picture, and what was compared."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mathbook.document.book import FormatName
from mathbook.document.passage import FORMULA_MARK, Spot
from mathbook.frozen import frozen
from mathbook.triptych.leaves import Leaves
from mathbook.triptych.prints import Picture, Prints
from mathbook.triptych.rows import State, Told
from mathbook.triptych.slides import Shown, Slides
from mathbook.verify.proof import readable
from mathbook.verify.report import sentence


@frozen
class Cell:
    """A cell; of `strips`, `markup` and `slides` one has the picture."""

    format: FormatName
    state: State
    place: str
    compared: str
    read: tuple[str, ...]
    wrong: tuple[str, ...]
    strips: tuple[Strip, ...] = ()
    markup: str = ""
    slides: tuple[Shown, ...] = ()


@frozen
class Strip:
    """A picture as an address that holds it."""

    address: str
    width: int
    height: int


def strip_of(picture: Picture) -> Strip:
    """Return the picture as an address."""
    return Strip(f"data:image/webp;base64,{b64encode(picture.data).decode()}", picture.width, picture.height)


@dataclass(slots=True)
class Files:
    """The finished files that are open, and how each shows a block."""

    prints: Prints | None = None
    leaves: Leaves | None = None
    slides: Slides | None = None

    def close(self) -> None:
        """Close all files."""
        for file in (self.prints, self.leaves, self.slides):
            if file is not None:
                file.close()

    def cell(self, name: FormatName, told: Told, others: Collection[Spot]) -> Cell:
        """Return the cell of a block; `others` are the spots of the blocks around it."""
        places = "; ".join(dict.fromkeys(passage.place for passage in told.found))
        read = tuple(readable(passage) for passage in told.found)
        wrong = tuple(sentence(finding) for finding in told.findings)
        pictures = self._pictures(name, told, others)
        return Cell(name, told.state, places, compared(told), read, wrong, **pictures)  # type: ignore[arg-type]

    def _pictures(self, name: FormatName, told: Told, others: Collection[Spot]) -> dict[str, object]:
        match name:
            case "pdf":
                assert self.prints is not None
                return {"strips": tuple(strip_of(strip) for strip in self.prints.strips(told.spots, others))}
            case "epub":
                assert self.leaves is not None
                return {"markup": "".join(self.leaves.pieces(told.spots, others))}
            case "deck":
                assert self.slides is not None
                return {"slides": tuple(self.slides.shown(told.found))}


def compared(told: Told) -> str:
    """Return what of the block was compared: "24 words, 2 formulas, 1 link"."""
    return ", ".join(counted(count, kind) for kind, count in _counts(told) if count)


def counted(count: int, kind: str) -> str:
    """Return how many there are: "1 word", "2 words"."""
    return f"{count} {kind if count == 1 else f'{kind}s'}"


def _counts(told: Told) -> Iterator[tuple[str, int]]:
    wanted = [match.expected for match in told.matches]
    yield "word", sum(len(passage.words.replace(FORMULA_MARK, " ").split()) for passage in wanted)
    yield "formula", sum(len(passage.formulas) for passage in wanted)
    yield "picture", sum(len(passage.pictures) for passage in wanted)
    yield "link", sum(len(passage.links) for passage in wanted)
    yield "cell", sum(passage.role == "cell" for passage in wanted)

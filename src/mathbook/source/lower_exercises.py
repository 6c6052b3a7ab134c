"""Lowering of exercises with their hints and solutions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from mathbook.diagnostics import Code
from mathbook.document.nodes import Block, Exercise, Inline, Paragraph

if TYPE_CHECKING:
    from mathbook.source.lower import Lowering

_PARTS = ("hint", "solution")


def lower_exercise(element: Element, inner: Sequence[Element], title: tuple[Inline, ...], low: Lowering) -> Exercise:
    """Return the exercise; hints and solutions are those inside it and those that `adopt_answers` put there."""
    parts = {part: [child for child in inner if part_of(child) == part] for part in _PARTS}
    task = low.blocks(child for child in inner if not part_of(child))
    hint, solution = (_joined(parts[part], low) for part in _PARTS)
    return Exercise(task, hint, solution, title, element.get("id", ""), span=low.span(element))


def lower_stray(element: Element, low: Lowering, name: str) -> tuple[Block, ...]:
    """Return a hint or a solution that belongs to no exercise, as a part of an empty one: answers stay answers."""
    message = f"this {name} belongs to no exercise"
    low.error(Code.BLOCK_MISPLACED, element, message, "put it inside the ::: exercise, or right after it")
    blocks = _joined([element], low)
    hint, solution = (blocks, ()) if name == "hint" else ((), blocks)
    return (Exercise((), hint, solution, span=low.span(element)),)


def part_of(element: Element) -> str:
    """Return `hint` or `solution` if the element is one, otherwise nothing."""
    classes = element.get("class", "").split() if element.tag == "div" else []
    return next((part for part in _PARTS if part in classes), "")


def adopt_answers(parent: Element) -> None:
    """Move hints and solutions that stand right after an exercise into it, everywhere in the tree."""
    exercise: Element | None = None
    for child in list(parent):
        adopt_answers(child)
        if exercise is not None and part_of(child):
            parent.remove(child)
            exercise.append(child)
        else:
            is_exercise = child.tag == "div" and _is_exercise(child)
            exercise = child if is_exercise else None


def _is_exercise(element: Element) -> bool:
    return "exercise" in element.get("class", "").split() or element.get("id", "").startswith("exr:")


def _joined(elements: Iterable[Element], low: Lowering) -> tuple[Block, ...]:
    blocks: tuple[Block, ...] = ()
    for element in elements:
        low.check_keys(element, (), _PARTS)
        title = low.child_inlines(element, "title")
        head = (Paragraph(title, low.span(element)),) if title else ()
        inner = low.blocks(child for child in element if child.tag not in ("title", "by", "source"))
        blocks = (*blocks, *head, *inner)
    return blocks

"""Seeds and examples go together, and a changed seed has its example looked at."""

from __future__ import annotations

from mathbook.diagnostics import Code, Collector
from mathbook.document.book import Book, Example
from mathbook.document.fingerprint import fingerprint
from mathbook.document.past import PastEdition


def check_seeds(book: Book, kept: PastEdition | None, collector: Collector) -> None:
    """Tell of each example without a seed, where the book has seeds, and of each that its seed has left behind since
    the last edition that was `kept`.
    """
    examples = [unit for unit in book.units if isinstance(unit, Example)]
    for example in examples if book.seeds else ():
        if not example.seed:
            message = f"the example {example.id!r} rests on no seed"
            collector.warning(
                Code.SEED_MISSING, example.span, message, "name its record with seed: in the front matter"
            )
    if kept:
        _check_for_changes(book, examples, kept, collector)


def _check_for_changes(book: Book, examples: list[Example], kept: PastEdition, collector: Collector) -> None:
    """Tell of each example whose seed differs from that of the kept edition, and whose `revised` is as it was."""
    then = {unit.id: unit for unit in kept.units}
    now = {seed.id: fingerprint(seed) for seed in book.seeds}
    for example in examples:
        was = then.get(example.id)
        if was and was.seed and was.seed != now.get(example.seed) and was.revised == example.revised:
            message = f"the seed of {example.id!r} has changed since edition {kept.edition}"
            hint = "look whether the example still agrees with it, and move revised:"
            collector.warning(Code.SEED_CHANGED, example.span, message, hint)

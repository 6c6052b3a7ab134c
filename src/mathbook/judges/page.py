"""What all judges found, as one page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from mathbook.document.book import Meta
from mathbook.frozen import frozen
from mathbook.judges.verdict import Verdict

_KINDS = {".pdf": "PDF", ".epub": "E-book", ".pptx": "Deck"}


@frozen
class _Group:
    """Files of one kind: the same judges are asked of each."""

    name: str
    verdicts: Sequence[Verdict]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """Return each judge with what it was asked."""
        return list(dict.fromkeys((verdict.judge, verdict.asked) for verdict in self.verdicts))

    @property
    def files(self) -> dict[str, list[Verdict]]:
        """Return the verdicts on each file, in the order of `asked`."""
        names = dict.fromkeys(verdict.file for verdict in self.verdicts)
        return {name: [verdict for verdict in self.verdicts if verdict.file == name] for name in names}


def accessibility(meta: Meta, verdicts: Sequence[Verdict]) -> str:
    """Return the page as HTML."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    outcomes = [verdict.outcome for verdict in verdicts]
    groups = (_Group(name, [one for one in verdicts if one.file.endswith(suffix)]) for suffix, name in _KINDS.items())
    return environment.from_string((Path(__file__).parent / "page.html").read_text("utf-8")).render(
        meta=meta,
        judges=list(dict.fromkeys(verdict.judge for verdict in verdicts if verdict.outcome != "not run")),
        groups=[group for group in groups if group.verdicts],
        counts={
            "total": len(outcomes),
            "passed": outcomes.count("passed"),
            "failed": outcomes.count("failed"),
            "absent": outcomes.count("not run"),
        },
    )

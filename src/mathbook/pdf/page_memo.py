"""Pages that were read before, in this file or an earlier one: what was found on them is remembered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf

from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.passage import Passage
from mathbook.pdf.page_digest import PageDigests


@dataclass(slots=True)
class PageMemo:
    """The pages of one file, and the memory of what was read on pages like them. Places and parts aren't kept."""

    pdf: pikepdf.Pdf
    memo: Memo
    _digests: PageDigests | None = None
    _keys: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.memo is not FORGETFUL:
            self._digests = PageDigests(self.pdf)

    def recall(self, number: int) -> list[Passage] | None:
        """Return what is on the page of this number, or None if it has to be read."""
        digest = self._digests.of(number) if self._digests else ""
        self._keys[number] = f"page-{digest}" if digest else ""
        kept = self.memo.recall(self._keys[number]) if digest else None
        return None if kept is None else [_passage(record) for record in json.loads(kept.decode("utf-8", _ODD))]

    def keep(self, number: int, passages: Sequence[Passage]) -> None:
        """Remember what was read on the page, once it was asked for."""
        if key := self._keys[number]:
            records = [[p.role, p.words, p.formulas, p.links, p.pictures, p.level] for p in passages]
            text = json.dumps(records, ensure_ascii=False, separators=(",", ":"))
            self.memo.keep(key, text.encode("utf-8", _ODD))


_ODD = "surrogatepass"
"""What PDFium reads may be no Unicode."""


def _passage(record: list[object]) -> Passage:
    role, words, formulas, links, pictures, level = record
    return Passage(role, words, tuple(formulas), tuple(links), tuple(pictures), level=level)  # type: ignore[arg-type]

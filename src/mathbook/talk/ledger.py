"""The ledger of a deck that was brought up to date: that of the deck as the manuscript makes it now."""

from __future__ import annotations

import tempfile
from pathlib import Path

from lxml import etree

from mathbook.deck.read_back import read_back
from mathbook.deck.seal import NAMESPACE
from mathbook.talk.fresh import Fresh
from mathbook.talk.package import Package
from mathbook.verify.judge import judge

_ROOT = f"{{{NAMESPACE}}}ledger"


def renew_ledger(package: Package, fresh: Fresh) -> None:
    """Put the ledger of the deck that was just built in the place of the one that the package carries, if it does."""
    known = [name for name, data in package.parts.items() if name.endswith(".xml") and NAMESPACE.encode() in data]
    for name in known:
        if package.file.xml(name).tag == _ROOT:
            made = etree.Element(_ROOT, nsmap={None: NAMESPACE})
            made.text = _ledger_of(fresh)
            package.put(name, made)


def _ledger_of(fresh: Fresh) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deck.pptx"
        path.write_bytes(Package(fresh.file).bytes())
        return judge(fresh.resolved, "deck", tuple(read_back(path))).ledger.decode("ascii")

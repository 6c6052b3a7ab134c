"""What title page, contents and package say of the book."""

from __future__ import annotations

from mathbook.document.book import Audience
from mathbook.document.edition import Edition
from mathbook.document.identifiers import edition_identifier
from mathbook.document.words import say
from mathbook.formula.plain_line import plain_line
from mathbook.frozen import frozen
from mathbook.html.directions import Direction, direction


@frozen
class BookRecord:
    """The edition's record, ready to be printed. `rights` and `mark` may be empty."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    language: str
    edition: str
    date: str
    rights: str
    identifier: str
    audience: Audience
    mark: str

    @property
    def marked_title(self) -> str:
        """The title, and in brackets what marks this edition."""
        return f"{self.title} ({self.mark})" if self.mark else self.title

    @property
    def full_title(self) -> str:
        """The title with its subtitle."""
        return f"{self.marked_title}: {self.subtitle}" if self.subtitle else self.marked_title

    @property
    def edition_line(self) -> str:
        """Which edition it is, and of when."""
        return self.say("Edition {0}, {1}", self.edition, self.date)

    def say(self, english: str, *values: object) -> str:
        """Return a word of ours in the book's language."""
        return say(english, self.language, *values)

    @property
    def direction(self) -> Direction:
        """The way in which the book is read."""
        return direction(self.language)

    @property
    def certifier(self) -> str:
        """Who says that the book is accessible: those who made it (EPUB Accessibility 1.1, 2.2)."""
        return ", ".join(self.authors) or self.say("The publisher")


def book_record(edition: Edition) -> BookRecord:
    """Return the record of the edition. The title of a unit that stands alone takes the place of the book's."""
    meta = edition.meta
    title, subtitle = meta.title, meta.subtitle
    if edition.scope == "unit":
        title, subtitle = plain_line(edition.units[0].title, meta.language), meta.title
    return BookRecord(
        title=title,
        subtitle=subtitle,
        authors=meta.authors,
        language=meta.language,
        edition=meta.edition,
        date=meta.date,
        rights=meta.licence,
        identifier=edition_identifier(edition),
        audience=edition.audience,
        mark=say("Instructor’s edition", meta.language) if edition.audience == "instructor" else "",
    )

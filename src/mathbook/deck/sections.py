"""The slides of a deck, numbered section by section; a section that comes out as it did before is copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from mathbook.archive.member import Gapped, Member
from mathbook.archive.older_zip import is_near, members_between
from mathbook.deck.bundle import Bundle, SlidePart, unpack
from mathbook.deck.earlier import Earlier, Ground, Place, Told, hash_of_pages, told_of
from mathbook.deck.finish import with_gap
from mathbook.deck.package import Package
from mathbook.deck.presentation import Section
from mathbook.deck.printed import NOWHERE, PAGE, Pages, footer_end, pages_of
from mathbook.deck.relations import relations_of, relations_xml
from mathbook.document.fragment import Fragment
from mathbook.document.pagination import PrintPage


@dataclass(slots=True)
class Sections:
    """Numbers slides and notes as they come, after the first `slides`, for which room is left."""

    package: Package
    earlier: Earlier
    language: str
    slides: int
    notes: int = 0
    listed: list[Section] = field(default_factory=list)
    media: set[str] = field(default_factory=set)

    def add(self, name: str, bundle: Bundle) -> None:
        """Append a bundle's slides as a section."""
        self._put(bundle, self.slides, NOWHERE)
        self.list_next(name, len(bundle.slides))

    def add_first(self, bundle: Bundle) -> None:
        """Put a bundle's slides before all others."""
        self._put(bundle, 0, NOWHERE)
        self.listed.insert(0, Section(bundle.title, tuple(range(len(bundle.slides)))))

    def add_unit(self, key: str, printed: Sequence[PrintPage], load: Callable[[], Fragment]) -> Told:
        """Append a unit's slides, which have no section's name yet; return what is told of them. Its fragment is only
        loaded if they can't be copied.
        """
        ground = Ground(key, self.slides, self.notes, hash_of_pages(printed))
        told = self._copied(ground)
        if told is None:
            bundle = unpack(load().content)
            told = told_of(bundle)
            put, before = self._new(told.files), self.package.archive.cursor()
            self._put(bundle, self.slides, pages_of(bundle.running, printed))
            members = members_between(before, self.package.archive.cursor())
            self.earlier.keep(ground, told, Place(put, members))
        return told

    def _copied(self, ground: Ground) -> Told | None:
        """Append the unit's slides as they stand in the earlier deck; None if there are none that are the same."""
        place, deck, archive = self.earlier.place_of(ground), self.earlier.deck, self.package.archive
        told = self.earlier.told(ground.key) if place else None
        before = archive.cursor()
        if not (place and deck and told and place.put == self._new(told.files) and is_near(place.members, before[0])):
            return None
        self.media.update(place.put)
        self.package.take(deck, place.members, [*map(_media, place.put), *self._parts(told)])
        self.notes += sum(told.notes)
        self.earlier.keep_place(ground, Place(place.put, members_between(before, archive.cursor())))
        return told

    def _parts(self, told: Told) -> Iterable[str]:
        """Yield the names of the parts that the next slides are, without relationships."""
        notes = self.notes
        for number, has_notes in enumerate(told.notes, start=self.slides + 1):
            yield _slide(number)
            if has_notes:
                notes += 1
                yield _notes(notes)

    def list_next(self, name: str, slides: int) -> None:
        """Make a section of the next slides, so many."""
        self.listed.append(Section(name, tuple(range(self.slides, self.slides + slides))))
        self.slides += slides

    def _new(self, files: Iterable[str]) -> tuple[str, ...]:
        """Return those of the pictures that aren't there already."""
        return tuple(file for file in files if file not in self.media)

    def _put(self, bundle: Bundle, before: int, pages: Pages) -> None:
        for file, picture in bundle.files:
            if file not in self.media:
                self.media.add(file)
                self.package.put(_media(file), picture)
        for number, part in enumerate(bundle.slides, start=before + 1):
            self._put_slide(number, part, pages.label(part.where, self.language))

    def _put_slide(self, number: int, slide: SlidePart, label: str) -> None:
        if slide.notes:
            self.notes += 1
        name = _slide(number)
        self.package.put(name, _filled(slide.part, footer_end(label)))
        self.package.put(relations_of(name), _filled(slide.relations, b"%d" % self.notes))
        if slide.notes:
            notes = _notes(self.notes)
            self.package.put(notes, slide.notes)
            self.package.put(relations_of(notes), _filled(_OF_NOTES, b"%d" % number))


def _media(file: str) -> str:
    return f"ppt/media/{file}"


def _slide(number: int) -> str:
    return f"ppt/slides/slide{number}.xml"


def _notes(number: int) -> str:
    return f"ppt/notesSlides/notesSlide{number}.xml"


_OF_NOTES = with_gap(
    relations_xml(
        [("rId1", "notes-master", "../notesMasters/notesMaster1.xml"), ("rId2", "slide", f"../slides/slide{PAGE}.xml")]
    )
)
"""The relationships of all notes, but for the number of their slide."""


def _filled(member: Member | Gapped, words: bytes) -> Member:
    return member.filled(words) if isinstance(member, Gapped) else member

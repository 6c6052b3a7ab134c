"""Slides become finished members of a package, and what their pages and their notes are numbered is left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from types import MappingProxyType

from mathbook.archive.member import Gapped, Member, deflated, flushed, gapped
from mathbook.deck.bundle import Bundle, SlidePart
from mathbook.deck.fitter import Fitter
from mathbook.deck.layouts import SlideLayout
from mathbook.deck.media import Media, letters_of
from mathbook.deck.note_pages import notes_xml
from mathbook.deck.package import member_of
from mathbook.deck.printed import PAGE, Running
from mathbook.deck.record import pack_slides, slide_said, slide_said_again
from mathbook.deck.relations import Relation, relations_xml
from mathbook.deck.scene import scene_of
from mathbook.deck.slides import Slide
from mathbook.deck.write import Look, SlideWriter
from mathbook.document.edition import Options
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.theme import Theme
from mathbook.frozen import frozen


@frozen
class _Written:
    """A slide as text: its part, its notes (empty if it has none), its relationships and the pictures behind them."""

    xml: str
    notes: str
    relations: tuple[Relation, ...]
    files: dict[str, bytes]


def written(
    slides: tuple[Slide, ...],
    title: str,
    theme: Theme,
    options: Options,
    sizer: Fitter,
    running: Running | None = None,
    places: Mapping[str, int] = MappingProxyType({}),
    memo: Memo = FORGETFUL,
) -> Bundle:
    """Return the slides as finished parts, but for their footers' pages; `running` is their unit's text, `places` are the
    numbers of the slides that links inside the deck lead to. What slides say that are in the memo isn't read again.
    """
    texts = tuple(_texts(slides, theme, options, sizer, places))
    parts = tuple(_part(slide.title, text) for slide, text in zip(slides, texts, strict=True))
    if running:
        parts = tuple(replace(part, where=running.range_of(slide)) for part, slide in zip(parts, slides, strict=True))
    files = {name: data for text in texts for name, data in text.files.items()}
    members = tuple((name, member_of(name, data)) for name, data in sorted(files.items()))
    said = _said(texts, files, memo)
    return Bundle(title, parts, members, (said, flushed(said)), running.stretches if running else ())


def _texts(
    slides: tuple[Slide, ...], theme: Theme, options: Options, sizer: Fitter, places: Mapping[str, int]
) -> Iterator[_Written]:
    scene, letters = scene_of(options.meta.deck), letters_of(theme)
    own = scene.template is None
    native = options.meta.deck.math == "native"
    look = Look(theme, options.meta.language, native, own, 0.0 if own else sizer.tokens.title_size)
    for slide in slides:
        yield _text(slide, scene.layout(slide.layout), look, Media(letters, places), sizer)


def _text(slide: Slide, layout: SlideLayout, look: Look, media: Media, sizer: Fitter) -> _Written:
    xml = SlideWriter(slide, layout, look, media, sizer).xml()
    notes = notes_xml(slide.notes, look.language) if any(line.strip() for line in slide.notes) else ""
    first = ("rId1", "layout", f"../slideLayouts/slideLayout{layout.number}.xml")
    return _Written(xml, notes, (first, *media.relations), media.files)


def _part(title: str, text: _Written) -> SlidePart:
    relations = [
        (key, kind, f"../media/{target}" if kind == "image" else target) for key, kind, target in text.relations
    ]
    if text.notes:
        relations.append(("rId2", "notes", f"../notesSlides/notesSlide{PAGE}.xml"))
    notes = deflated(text.notes.encode("utf-8")) if text.notes else None
    return SlidePart(title, with_gap(text.xml), with_gap(relations_xml(relations)), notes)


def with_gap(xml: str) -> Member | Gapped:
    """Return the part as a member, with a gap where the mark of one stands in it."""
    before, mark, after = xml.rpartition(PAGE)
    if not mark:
        return deflated(xml.encode("utf-8"))
    return gapped(before.encode("utf-8"), after.encode("utf-8"))


def _said(texts: tuple[_Written, ...], files: dict[str, bytes], memo: Memo) -> bytes:
    """Return what the slides say, packed for the deck's record."""
    hashes = {name: blake2b(data, digest_size=12).hexdigest() for name, data in files.items()}
    digests = [{key: hashes.get(target, "") for key, _, target in text.relations} for text in texts]
    read = slide_said if memo is FORGETFUL else partial(slide_said_again, memo)
    return pack_slides(
        read(text.xml.replace(PAGE, ""), text.notes, known) for text, known in zip(texts, digests, strict=True)
    )

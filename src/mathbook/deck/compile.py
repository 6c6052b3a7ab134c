"""A unit becomes slides, each a finished part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mathbook.deck.bundle import Bundle, SlidePart, pack
from mathbook.deck.fit import fit
from mathbook.deck.fitter import Fitter
from mathbook.deck.frame import Frame, frame_of
from mathbook.deck.measure import Ruler
from mathbook.deck.media import Media
from mathbook.deck.note_pages import notes_xml
from mathbook.deck.outline import outline
from mathbook.deck.runs import parsed_formula, words
from mathbook.deck.slides import Draft, Slide
from mathbook.deck.titles import shortened
from mathbook.deck.write import SlideWriter
from mathbook.diagnostics import Code, Collector, Span
from mathbook.document.book import Example, Unit
from mathbook.document.edition import Options
from mathbook.document.fragment import Fragment, Place
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.nodes import Equation
from mathbook.document.select import for_format
from mathbook.document.theme import Theme
from mathbook.document.walk import walk
from mathbook.formula.omml import expressible


def compile(unit: Unit, theme: Theme, options: Options) -> Fragment:
    """Return the unit's slides as a fragment; what can't be made to fit is among its diagnostics."""
    selected = for_format(unit, "deck")
    collector = Collector()
    slides = slides_of(selected, theme, options, collector)
    _tell_pictures(selected, options, collector)
    bundle = written(slides, words(selected.title, options.meta.language), theme, options)
    places = tuple(Place(unit.id, 0) for _ in slides[:1])
    return Fragment(unit.id, "deck", pack(bundle), len(slides), places, diagnostics=tuple(collector.diagnostics))


def slides_of(unit: Unit, theme: Theme, options: Options, collector: Collector) -> tuple[Slide, ...]:
    """Return the unit's slides, everything at its place."""
    language = options.meta.language
    measures = fitter(theme, options, unit.span, collector)
    slides = fit(outline(unit, language), measures)
    footer = options.meta.title
    if isinstance(unit, Example):
        footer += f" · {LABEL_KINDS['ex'].title} {unit.number}"
    shown = shortened(f"{footer} · Edition {options.meta.edition}", measures)
    return tuple(replace(slide, footer=shown) for slide in slides)


def fitter(theme: Theme, options: Options, span: Span, collector: Collector) -> Fitter:
    """Return what measures for this theme, language and ratio."""
    frame = frame_of(options.meta.deck.ratio)
    return Fitter(frame, Ruler(theme.deck, options.meta.language), theme.deck, span, collector)


def fitted(drafts: tuple[Draft, ...], theme: Theme, options: Options) -> tuple[Slide, ...]:
    """Return drafts of our own (a title, an agenda) as slides."""
    return fit(drafts, fitter(theme, options, Span(""), Collector()))


def written(slides: tuple[Slide, ...], title: str, theme: Theme, options: Options) -> Bundle:
    """Return the slides as finished parts."""
    frame = frame_of(options.meta.deck.ratio)
    files: dict[str, bytes] = {}
    parts = tuple(_parts(slides, frame, theme, options, files))
    return Bundle(title, parts, tuple(sorted(files.items())))


def _parts(
    slides: tuple[Slide, ...], frame: Frame, theme: Theme, options: Options, files: dict[str, bytes]
) -> Iterator[SlidePart]:
    language = options.meta.language
    sizer = fitter(theme, options, Span(""), Collector())
    native = options.meta.deck.math == "native"
    for slide in slides:
        media = Media()
        xml = SlideWriter(slide, frame, theme, language, media, sizer, native).xml()
        files.update(media.files)
        notes = notes_xml(slide.notes, language) if any(line.strip() for line in slide.notes) else ""
        yield SlidePart(xml, slide.layout, notes, slide.title, tuple(media.relations))


def _tell_pictures(unit: Unit, options: Options, collector: Collector) -> None:
    """Tell of each display formula that the deck shows as a picture."""
    for node in walk(unit.blocks):
        if isinstance(node, Equation):
            parsed = parsed_formula(node.formula, options.meta.language, display=True)
            if not expressible(parsed):
                message = "PowerPoint has no editable form of this formula; the deck shows a picture of it"
                collector.warning(Code.FORMULA_NO_OMML, node.formula.span, message, "rules in arrays are such a thing")

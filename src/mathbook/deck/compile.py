"""A unit becomes slides, each a finished part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from mathbook.deck.arrange import beside_words, with_columns
from mathbook.deck.beside import fit_beside
from mathbook.deck.bundle import pack
from mathbook.deck.finish import written
from mathbook.deck.fit import fit
from mathbook.deck.fitter import Fitter
from mathbook.deck.legibility import smallest_type
from mathbook.deck.measure import Ruler
from mathbook.deck.naming import named
from mathbook.deck.outline import outline
from mathbook.deck.printed import running_of
from mathbook.deck.runs import parsed_formula, words
from mathbook.deck.scene import Scene, scene_of
from mathbook.deck.slides import Draft, Slide
from mathbook.deck.template_file import UnsuitableTemplate
from mathbook.deck.titles import shortened, titled
from mathbook.diagnostics import Code, Collector, Diagnostic, Severity, Span, did_you_mean
from mathbook.document.book import Example, Unit
from mathbook.document.edition import Options
from mathbook.document.fragment import Fragment, Place
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.nodes import Equation, Heading
from mathbook.document.nodes import Slide as SlideBlock
from mathbook.document.select import for_format
from mathbook.document.theme import Theme
from mathbook.document.walk import map_tree, walk
from mathbook.document.words import say
from mathbook.formula.omml import what_is_lost

BOOK_FILE = Span("manuscript/book.yaml")
"""Where the template is named."""


def compile(unit: Unit, theme: Theme, options: Options) -> Fragment:
    """Return the unit's slides as a fragment; what can't be made to fit is among its diagnostics."""
    selected = for_format(unit, "deck")
    collector = Collector()
    try:
        scene = scene_of(options.meta.deck)
    except UnsuitableTemplate as error:
        return _without_template(unit, options, str(error))
    selected = _with_known_layouts(selected, scene, collector)
    slides = slides_of(selected, theme, options, collector)
    _tell_pictures(selected, options, collector)
    for fault in scene.faults(("Title Slide", *(slide.layout for slide in slides))):
        collector.warning(
            Code.TEMPLATE_LACKING, BOOK_FILE, fault, "docs/manuscript.md says what a template should have"
        )
    running = running_of(selected, options)
    sizer = fitter(theme, options, unit.span, Collector())
    bundle = written(slides, words(selected.title, options.meta.language), theme, options, sizer, running)
    places = tuple(Place(unit.id, 0) for _ in slides[:1])
    smallest = smallest_type(slides, sizer)
    told = tuple(collector.diagnostics)
    return Fragment(unit.id, "deck", pack(bundle), len(slides), places, diagnostics=told, smallest=smallest)


def _without_template(unit: Unit, options: Options, reason: str) -> Fragment:
    """Return a fragment that only says why there is none."""
    template = options.meta.deck.template
    message = f"deck.template: {template.source if template else ''!r} can't be used: {reason}"
    told = Diagnostic(
        Code.TEMPLATE_UNSUITABLE, Severity.ERROR, BOOK_FILE, message, "open it in PowerPoint, and save it anew"
    )
    return Fragment(unit.id, "deck", b"", 0, diagnostics=(told,))


def slides_of(unit: Unit, theme: Theme, options: Options, collector: Collector) -> tuple[Slide, ...]:
    """Return the unit's slides, everything at its place."""
    language = options.meta.language
    measure = fitter(theme, options, unit.span, collector)

    def told(draft: Draft | Slide) -> Fitter:
        return replace(measure, span=_place(draft, unit))

    slides = named([(draft, _fitted(draft, told(draft))) for draft in outline(unit, language)], language)
    footer = options.meta.title
    if isinstance(unit, Example):
        footer += f" · {say(LABEL_KINDS['ex'].title, language)} {unit.number}"
    footer += f" · {say('Edition {0}, {1}', language, options.meta.edition, options.meta.date)}"
    shown = shortened(footer, measure)
    return tuple(replace(titled(slide, told(slide)), footer=shown) for slide in slides)


def _place(draft: Draft | Slide, unit: Unit) -> Span:
    """Return where the first of the blocks stands that the slide shows, or else where the unit does."""
    spans = (block.span for block in unit.blocks[slice(*draft.blocks)])
    return next((span for span in spans if span.file), unit.span)


def _fitted(draft: Draft, measure: Fitter) -> tuple[Slide, ...]:
    if draft.columns:
        return fit_beside(draft, measure)
    if (beside := beside_words(draft)) is not None:
        trial = replace(measure, collector=Collector())
        slides = fit_beside(beside, trial)
        if len(slides) == 1 and not trial.collector.has_errors:
            return slides
    pieces = with_columns(draft.pieces, measure.frame.content(draft.layout).width)
    return fit((replace(draft, pieces=pieces),), measure)


def fitter(theme: Theme, options: Options, span: Span, collector: Collector) -> Fitter:
    """Return what measures for this theme, language and ratio."""
    scene = scene_of(options.meta.deck)
    tokens = scene.tokens(theme.deck)
    return Fitter(scene.frame, Ruler(tokens, options.meta.language), tokens, span, collector)


def fitted(drafts: Iterable[Draft], sizer: Fitter) -> tuple[Slide, ...]:
    """Return drafts that no unit has (a title, an agenda) as slides."""
    return tuple(titled(slide, sizer) for slide in fit(tuple(drafts), sizer))


def _with_known_layouts(unit: Unit, scene: Scene, collector: Collector) -> Unit:
    """Return the unit with the layouts that there are; of others the author is told."""
    known = scene.known

    def checked(node: object) -> object:
        if not isinstance(node, Heading | SlideBlock) or not node.layout or node.layout in known:
            return node
        hint = did_you_mean(node.layout, known, f"there are: {', '.join(known)}")
        collector.error(Code.LAYOUT_UNKNOWN, node.span, f"there is no layout {node.layout!r}", hint)
        return replace(node, layout="")

    return replace(unit, blocks=map_tree(unit.blocks, checked))


def _tell_pictures(unit: Unit, options: Options, collector: Collector) -> None:
    """Tell of each display formula that the deck shows as a picture."""
    for node in walk(unit.blocks):
        if isinstance(node, Equation):
            parsed = parsed_formula(node.formula, options.meta.language, display=True)
            if message := what_is_lost(parsed):
                collector.warning(Code.FORMULA_NO_OMML, node.formula.span, message)

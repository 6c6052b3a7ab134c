"""A unit's slides as a fragment: tagged pages without page numbers or running heads."""

from __future__ import annotations

from lxml import etree
from lxml.builder import E

from mathbook.deck.compile import fitter, slides_of
from mathbook.deck.slides import Slide
from mathbook.diagnostics import Code, Collector, Diagnostic, Severity, Span, Stop
from mathbook.document.book import Example, Unit
from mathbook.document.edition import Options
from mathbook.document.fragment import Fragment
from mathbook.document.kinds import LABEL_KINDS
from mathbook.document.select import for_format
from mathbook.document.theme import Theme
from mathbook.document.words import say
from mathbook.formula.plain_line import plain_line
from mathbook.pdf.complaints import told
from mathbook.pdf.mend import mended
from mathbook.pdf.piece import pack
from mathbook.pdf.render import RenderingFailed, render_pdf
from mathbook.pdf.rendered import Sheet
from mathbook.pdf.stylesheet import font_files
from mathbook.slides_handout.draw import Drawer, cleaned
from mathbook.slides_handout.stylesheet import handout_css, in_deck_fonts, scale_of


def compile(unit: Unit, theme: Theme, options: Options) -> Fragment:
    """Return the unit's slides on pages. Raises Stop if they can't be laid out.

    What doesn't fit on a slide is told by the deck, of which this is a picture.
    """
    selected = for_format(unit, "deck")
    measures = fitter(theme, options, Span(""), Collector())
    drawer = Drawer(measures, theme, scale_of(measures.frame))
    slides = slides_of(selected, theme, options, Collector())
    body = E.section(_heading(selected, options), *(_row(slide, drawer, options) for slide in slides))
    fonts = (*font_files(theme), *font_files(in_deck_fonts(theme)))
    try:
        rendered = render_pdf(
            body,
            title=plain_line(selected.title, options.meta.language),
            language=options.meta.language,
            sheets=(Sheet(handout_css(theme, options, measures.frame), fonts=fonts),),
            resources=drawer.resources,
            formulas=drawer.formulas,
        )
    except RenderingFailed as failed:
        raise Stop([Diagnostic(Code.COMPILE_FAILED, Severity.ERROR, unit.span, str(failed))]) from None
    pdf = mended(rendered, theme=theme, name=unit.id, formulas=drawer.formulas)
    diagnostics = told(rendered.complaints, selected)
    name = "slides-handout"
    pages = len(pdf.piece.pages)
    return Fragment(unit.id, name, pack(pdf.piece), pages, diagnostics=diagnostics, bookmarks=pdf.bookmarks)


def heading_of(unit: Unit, language: str) -> str:
    """Return what the unit is called above its slides and in the running head."""
    label = (
        f"{say(LABEL_KINDS['ex'].title, language)} {unit.number}" if isinstance(unit, Example) and unit.number else ""
    )
    return ": ".join(filter(None, (label, plain_line(unit.title, language))))


def _heading(unit: Unit, options: Options) -> etree._Element:
    title = cleaned(heading_of(unit, options.meta.language))
    return E.h1({"data-bookmark": title}, title)


def _row(slide: Slide, drawer: Drawer, options: Options) -> etree._Element:
    """Return a slide with what stands beside it: notes for instructors, room to write for students."""
    beside = _notes(slide) if options.audience == "instructor" else E.div({"class": "lines"})
    return E.div({"class": "row"}, drawer.slide(slide), beside)


def _notes(slide: Slide) -> etree._Element:
    said = [E.p(cleaned(line)) for line in slide.notes if line.strip()]
    return E.div({"class": "notes"}, *said)

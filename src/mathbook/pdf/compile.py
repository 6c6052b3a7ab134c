"""A unit becomes a fragment: tagged pages without page numbers or running heads."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b

import segno
from lxml import etree

from mathbook.diagnostics import Code, Diagnostic, Severity, Stop
from mathbook.document.alone import as_alone
from mathbook.document.book import Unit
from mathbook.document.edition import Options
from mathbook.document.fragment import Fragment
from mathbook.document.labels import id_of
from mathbook.document.nodes import Formula, Image, Link
from mathbook.document.select import for_format
from mathbook.document.theme import Theme
from mathbook.document.walk import walk
from mathbook.document.words import say
from mathbook.formula.parse import parse
from mathbook.formula.plain_line import plain_line
from mathbook.formula.typeface import Typeface
from mathbook.html.directions import direction, say_directions
from mathbook.html.target import Target
from mathbook.html.unit import write_unit
from mathbook.pdf.bookmarks import name_bookmarks
from mathbook.pdf.captions import captions_of
from mathbook.pdf.complaints import told
from mathbook.pdf.fetcher import picture_url
from mathbook.pdf.formula_font import formula_face
from mathbook.pdf.formula_image import FormulaImage
from mathbook.pdf.mend import FORMULA_SIGN, mended
from mathbook.pdf.piece import pack
from mathbook.pdf.render import RenderingFailed, render_pdf
from mathbook.pdf.stylesheet import print_sheets


def compile(unit: Unit, theme: Theme, options: Options) -> Fragment:
    """Return the unit as a fragment that holds a piece of a PDF. Raises Stop if it can't be laid out."""
    selected = for_format(unit, "pdf")
    if options.alone:
        selected = as_alone(selected, options.meta.title, options.meta.language)
    page = _Page(selected, options, formula_face(theme))
    section = write_unit(selected, page.target())
    name_bookmarks(section, selected, options.meta.language, page.formulas)
    say_directions(section, direction(options.meta.language))
    try:
        rendered = render_pdf(
            section,
            title=plain_line(selected.title, options.meta.language),
            language=options.meta.language,
            sheets=print_sheets(theme, options),
            resources=page.resources,
            formulas=page.formulas,
        )
    except RenderingFailed as failed:
        raise Stop([Diagnostic(Code.COMPILE_FAILED, Severity.ERROR, unit.span, str(failed))]) from None
    with_mathml = options.meta.pdf.standard == "ua-2"
    pdf = mended(rendered, theme=theme, name=unit.id, formulas=page.formulas, with_mathml=with_mathml)
    needs = {
        node.target[1:] for node in walk(selected.blocks) if isinstance(node, Link) and node.unit not in ("", unit.id)
    }
    return Fragment(
        unit.id,
        "pdf",
        pack(pdf.piece),
        len(pdf.piece.pages),
        pdf.places,
        tuple(sorted(needs)),
        told(rendered.complaints, selected),
        rendered.starts,
        bookmarks=pdf.bookmarks,
        captions=tuple(captions_of(selected, options.meta.language)),
    )


@dataclass(slots=True)
class _Page:
    """What a unit's HTML refers to while it is laid out: formulas, pictures, codes."""

    unit: Unit
    options: Options
    font: Typeface
    formulas: dict[str, FormulaImage] = field(default_factory=dict)
    resources: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def target(self) -> Target:
        """Return the PDF's part of the writer's work."""
        for picture in self.unit.pictures:
            self.resources[picture_url(picture.digest)] = (picture.media_type, picture.data)
        return Target(
            format="pdf",
            language=self.options.meta.language,
            audience=self.options.audience,
            formula=self._formula,
            picture=_picture_source,
            link=self._link,
            footnotes="float",
            answer_space=self.options.audience == "student",
            print_urls=True,
            qr=self._qr,
        )

    def _formula(self, formula: Formula, display: bool) -> etree._Element:
        """Return an <img> that stands for the formula; the linker's tags tell it by the sign before its words."""
        language = self.options.meta.language
        parsed = parse(formula.latex, display=display, definitions=formula.definitions, language=language)
        key = f"formula:{blake2b(parsed.svg.encode(), digest_size=12).hexdigest()}"
        if key not in self.formulas:
            self.formulas[key] = FormulaImage(parsed, self.font)
        image = etree.Element("img", {"class": "formula", "src": key, "alt": FORMULA_SIGN + parsed.speech})
        image.set("style", f"vertical-align: {-parsed.descent:.4f}em")
        return image

    def _link(self, target: str, unit: str) -> str:
        """Return a place in this unit, or an address that the linker turns into a place in another."""
        label = id_of(target.removeprefix("#"))
        return f"#{label}" if unit == self.unit.id else f"mathbook:{label}"

    def _qr(self, url: str) -> etree._Element:
        key = f"mathbook:qr/{blake2b(url.encode(), digest_size=12).hexdigest()}"
        self.resources[key] = ("image/svg+xml", segno.make(url, error="m").svg_inline(border=0, scale=4).encode())
        return etree.Element("img", {"src": key, "alt": say("QR code of {0}", self.options.meta.language, url)})


def _picture_source(image: Image) -> str:
    return picture_url(image.digest)

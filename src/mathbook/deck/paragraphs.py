"""Paragraphs and runs as DrawingML."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from mathbook.deck.measure import CODE_IN_TEXT, CODE_LEADING, GAP, Ruler
from mathbook.deck.media import Media
from mathbook.deck.runs import parsed_formula, readable
from mathbook.deck.slides import Code, Para, Run
from mathbook.deck.xml import attribute, emu, text
from mathbook.document.theme import Colours, Theme
from mathbook.formula.omml import omml

YELLOW, YELLOW_SHARE = (255, 214, 0), 0.35
"""What marked words stand on."""


def paragraphs(
    paras: tuple[Para, ...], size: float, theme: Theme, language: str, media: Media, *, formulas: bool
) -> str:
    """Return a:p elements. With `formulas` those in a line are OMML, without it the text that they read like.

    OMML has no place for alternative text (ECMA-376 part 1, 22.1.2.77): programs speak a formula in a line from its
    elements, or from the text.
    """
    made = (_paragraph(para, size, theme, language, media, formulas) for para in paras)
    return "".join(made) or "<a:p/>"


def _paragraph(para: Para, size: float, theme: Theme, language: str, media: Media, formulas: bool) -> str:
    runs = "".join(_run(run, para, size, theme, language, media, formulas) for run in para.runs)
    return f"<a:p>{_properties(para, size, Ruler(theme.deck, language))}{runs}</a:p>"


def _properties(para: Para, size: float, ruler: Ruler) -> str:
    left, hang = emu(ruler.indent(para, size)), -emu(ruler.hang(para, size))
    after = f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{round(GAP * size * 100)}"/></a:spcAft>'
    colour = '<a:buClr><a:schemeClr val="accent1"/></a:buClr>'
    if para.mark and para.is_numbered:
        start = para.at or para.mark.rstrip(".")
        bullet = f'{colour}<a:buFont typeface="+mj-lt"/><a:buAutoNum type="{_SERIES[para.style]}" startAt="{start}"/>'
    elif para.mark:
        bullet = f'{colour}<a:buFont typeface="Arial"/><a:buChar char="{para.mark}"/>'
    else:
        bullet = "<a:buNone/>"
    level = f' lvl="{min(para.level, 8)}"' if para.level else ""
    return f'<a:pPr marL="{left}" indent="{hang}"{level}>{after}{bullet}</a:pPr>'


_SERIES = {
    "decimal": "arabicPeriod",
    "lower-alpha": "alphaLcPeriod",
    "upper-alpha": "alphaUcPeriod",
    "lower-roman": "romanLcPeriod",
    "upper-roman": "romanUcPeriod",
}


def _run(run: Run, para: Para, size: float, theme: Theme, language: str, media: Media, formulas: bool) -> str:
    if run.formula is not None and formulas:
        math = etree.tostring(omml(parsed_formula(run.formula, language)), encoding="unicode")
        return f'<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main">{math}</a14:m>'
    if run.formula is not None:
        return "".join(
            _plain_run(part, part.text, para, size, theme, language, media) for part in readable(run, language)
        )
    if "\v" in run.text:
        parts = run.text.split("\v")
        return "<a:br/>".join(_plain_run(run, part, para, size, theme, language, media) for part in parts)
    return _plain_run(run, run.text, para, size, theme, language, media)


def _plain_run(run: Run, words: str, para: Para, size: float, theme: Theme, language: str, media: Media) -> str:
    if not words:
        return ""
    shown = size * CODE_IN_TEXT if run.code else size
    marks = f' sz="{round(shown * 100)}"'
    marks += ' b="1"' if run.bold else ""
    marks += ' i="1"' if run.italic else ""
    marks += ' u="sng"' if run.underline else ""
    marks += ' strike="sngStrike"' if run.strike else ""
    marks += ' cap="small"' if run.small_caps else ""
    marks += f' baseline="{30000 if run.baseline > 0 else -25000}"' if run.baseline else ""
    inside = '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>' if para.quiet and not run.link else ""
    if run.marked:
        # neither colour is a template's: on a dark one its light letters could not be read on this ground
        inside = "" if run.link else f'<a:solidFill><a:srgbClr val="{theme.colours.text[1:]}"/></a:solidFill>'
        inside += f'<a:highlight><a:srgbClr val="{highlight(theme.colours)}"/></a:highlight>'
    inside += f"<a:latin typeface={attribute(theme.deck.code.name)}/>" if run.code else ""
    inside += _click(run.link, media) if run.link else ""
    return f"<a:r><a:rPr lang={attribute(language)}{marks}>{inside}</a:rPr><a:t>{text(words)}</a:t></a:r>"


def _click(link: str, media: Media) -> str:
    """Return what makes a link. One to a slide of the deck has the colour of the words around it ([MS-ODRAWXML] 2.30)."""
    if not link.startswith("#"):
        return f'<a:hlinkClick r:id="{media.link(link)}"/>'
    colour = (
        '<a:extLst><a:ext uri="{A12FA001-AC4F-418D-AE19-62706E023703}"><ahyp:hlinkClr '
        'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor" val="tx"/></a:ext></a:extLst>'
    )
    return f'<a:hlinkClick r:id="{media.link(link)}" action="ppaction://hlinksldjump">{colour}</a:hlinkClick>'


def highlight(colours: Colours) -> str:
    """Return the colour behind marked words: a third of yellow on the background, light or dark, as in the e-book."""
    ground = bytes.fromhex(colours.background[1:])
    mixed = (round(under + (over - under) * YELLOW_SHARE) for under, over in zip(ground, YELLOW, strict=True))
    return bytes(mixed).hex().upper()


_KINDS = {
    "keyword": "code_keyword",
    "string": "code_string",
    "comment": "code_comment",
    "number": "code_number",
    "name": "code_name",
}


def code_paragraphs(code: Code, size: float, theme: Theme, plain: str = "") -> str:
    """Return a line of code a paragraph, in the theme's colours for code; `plain` (#rrggbb) is that of all else."""
    # an empty line is as high as its end mark says
    end = f'<a:endParaRPr lang="en-US" sz="{round(size * 100)}"><a:latin typeface={attribute(theme.deck.code.name)}/></a:endParaRPr>'
    return "".join(
        f"<a:p>{_CODE_LINE}{''.join(_code_runs(line, size, theme, plain)) or end}</a:p>" for line in code.lines
    )


_CODE_LINE = (
    f'<a:pPr marL="0" indent="0"><a:lnSpc><a:spcPct val="{round(CODE_LEADING * 100_000)}"/></a:lnSpc>'
    '<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/></a:pPr>'
)


def _code_runs(line: tuple[tuple[str, str], ...], size: float, theme: Theme, plain: str) -> Iterator[str]:
    for kind, words in line:
        colour = getattr(theme.colours, _KINDS[kind]) if kind in _KINDS else plain
        fill = f'<a:solidFill><a:srgbClr val="{colour[1:]}"/></a:solidFill>' if colour else ""
        bold = ' b="1"' if kind == "keyword" else ""
        face = (
            f"<a:latin typeface={attribute(theme.deck.code.name)}/><a:cs typeface={attribute(theme.deck.code.name)}/>"
        )
        properties = f'<a:rPr lang="en-US" sz="{round(size * 100)}"{bold} noProof="1">{fill}{face}</a:rPr>'
        # PowerPoint folds no spaces, but XML readers may
        yield f"<a:r>{properties}<a:t>{text(words)}</a:t></a:r>"

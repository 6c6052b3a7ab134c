"""A slide as PresentationML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from lxml import etree

from mathbook.deck.fitter import NUMBER_ROOM, PADDING
from mathbook.deck.frame import Box
from mathbook.deck.layouts import DARK, Holder, SlideLayout
from mathbook.deck.media import Media
from mathbook.deck.paragraphs import code_paragraphs, paragraphs
from mathbook.deck.printed import PAGE
from mathbook.deck.runs import parsed_formula
from mathbook.deck.slides import Code, Display, Grid, Para, Placed, Reveal, Run, Shown, Slide, Words
from mathbook.deck.tables import Sizer, table_frame
from mathbook.deck.timing import Effect, timing_xml
from mathbook.deck.titles import BIG, BIG_TITLES
from mathbook.deck.xml import DECLARATION, NAMESPACES, attribute, text, xfrm
from mathbook.document.theme import Theme
from mathbook.formula.drawing import svg_picture
from mathbook.formula.omml import expressible, omml_para
from mathbook.frozen import frozen

_A14 = 'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"'
_A16 = 'xmlns:a16="http://schemas.microsoft.com/office/drawing/2014/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'

_TEXT = ("", "body", "subTitle", "obj")
_PICTURE = ("", "pic", "obj")
_TABLE = ("", "tbl", "obj")
_LIGHT = '<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>'
_FIELD = "{7A1F3C52-0B64-4D0E-9C3E-5B0D6A4E8F10}"
HIDDEN_TITLE = Box(48, -60, 480, 40)
"""Where a title stands that isn't seen: above the slide, as PowerPoint puts one."""


@frozen
class Look:
    """What all slides of a deck share: whether formulas are `native`, and on a template's master (not `own_master`) the
    size of titles in points.
    """

    theme: Theme
    language: str
    native: bool = True
    own_master: bool = True
    title_size: float = 0.0


@dataclass(slots=True)
class SlideWriter:
    """Writes one slide: its shapes, and the relationships that they need."""

    slide: Slide
    layout: SlideLayout
    look: Look
    media: Media
    sizer: Sizer
    last_id: int = 1
    taken: set[int] = field(default_factory=set)
    shapes: list[str] = field(default_factory=list)
    effects: list[Effect] = field(default_factory=list)

    def xml(self) -> str:
        """Return the slide's part."""
        self.shapes.append(self._title())
        for placed in self.slide.placed:
            self.shapes += self._piece(placed)
        self.shapes += self._foot()
        tree = (
            '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>'
            '<a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        )
        body = "".join(self.shapes)
        return (
            f"{DECLARATION}<p:sld {NAMESPACES}><p:cSld><p:spTree>{tree}{body}</p:spTree></p:cSld>"
            f"<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>{timing_xml(self.effects)}</p:sld>"
        )

    def _id(self) -> int:
        self.last_id += 1
        return self.last_id

    def _title(self) -> str:
        """Return the title. A layout without one gets it above the slide: it names the slide, in the outline too."""
        holder = self.layout.title
        points = self.slide.title_size or self.look.title_size * (BIG if self.slide.layout in BIG_TITLES else 1)
        size = f' sz="{round(points * 100)}"' if points else ""
        words = f"<a:r><a:rPr lang={attribute(self.look.language)}{size}/><a:t>{text(self.slide.title)}</a:t></a:r>"
        place = "" if holder else xfrm(HIDDEN_TITLE) + '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self._id()}" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f'<p:nvPr><p:ph type="{holder.kind if holder else "title"}"/></p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>'
            f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{words}</a:p></p:txBody></p:sp>"
        )

    def _role(self, placed: Placed, kinds: tuple[str, ...]) -> str:
        """Return the p:ph of the placeholder that the piece takes, or nothing if there is none left of these kinds."""
        holder = self._holder(placed)
        if holder is None or holder.kind not in kinds or holder.index in self.taken:
            return ""
        self.taken.add(holder.index)
        return f"<p:ph{holder.role}/>"

    def _holder(self, placed: Placed) -> Holder | None:
        holders = self.layout.heads if placed.is_head else self.layout.columns
        return holders[placed.column] if 0 <= placed.column < len(holders) else None

    def _piece(self, placed: Placed) -> Iterator[str]:
        match placed.piece:
            case Words():
                yield self._words(placed, placed.piece)
            case Display():
                yield from self._display(placed, placed.piece)
            case Shown():
                yield from self._shown(placed, placed.piece)
            case Grid():
                yield from self._grid(placed, placed.piece)
            case Code():
                yield self._code(placed, placed.piece)
            case _:
                assert_never(placed.piece)

    def _words(self, placed: Placed, words: Words) -> str:
        """Return a text shape: a column's placeholder for its first words, text boxes for others."""
        role = "" if words.boxed else self._role(placed, _TEXT)
        number, box = self._id(), Box(placed.left, placed.top, placed.width, placed.height)
        self._animate_words(number, words)
        plain = self._text_shape(number, box, self._paragraphs(words.paras, placed.size, False), role, words.boxed)
        if not self.look.native or not any(run.formula for para in words.paras for run in para.runs):
            return plain
        inside = self._paragraphs(words.paras, placed.size, True)
        native = self._text_shape(number, box, inside, role, words.boxed)
        return _alternate(native, plain, "a14 a16", f"{_A14} {_A16}")

    def _animate_words(self, number: int, words: Words) -> None:
        """Let paragraphs appear one by one, and words on a ground with their ground."""
        if words.boxed:
            self._animate(number, words.paras[0].reveal if words.paras else "", has_ground=True)
            return
        for at, para in enumerate(words.paras):
            if para.reveal:
                self.effects.append(Effect(number, para.reveal, at))

    def _animate(self, number: int, reveal: Reveal, *, is_text: bool = True, has_ground: bool = False) -> None:
        if reveal:
            self.effects.append(Effect(number, reveal, None, is_text, has_ground))

    def _paragraphs(self, paras: tuple[Para, ...], size: float, formulas: bool) -> str:
        return paragraphs(paras, size, self.look.theme, self.look.language, self.media, formulas=formulas)

    def _text_shape(self, number: int, box: Box, inside: str, role: str, boxed: bool, name: str = "Text") -> str:
        locks = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>' if role else '<p:cNvSpPr txBox="1"/>'
        shape = "" if role else '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        fill = '<a:solidFill><a:schemeClr val="bg2"/></a:solidFill>' if boxed else "" if role else "<a:noFill/>"
        inset = round((PADDING if boxed else 0) * 12700)
        body = f'<a:bodyPr wrap="square" lIns="{inset}" tIns="{inset}" rIns="{inset}" bIns="{inset}"><a:normAutofit/></a:bodyPr>'
        style = f"<a:lvl1pPr><a:defRPr>{_LIGHT}</a:defRPr></a:lvl1pPr>" if self._is_dark and not (role or boxed) else ""
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number}"/>{locks}<p:nvPr>{role}</p:nvPr></p:nvSpPr>'
            f"<p:spPr>{xfrm(box)}{shape}{fill}</p:spPr>"
            f"<p:txBody>{body}<a:lstStyle>{style}</a:lstStyle>{inside}</p:txBody></p:sp>"
        )

    @property
    def _is_dark(self) -> bool:
        """True where what stands on the slide has to be light."""
        return self.look.own_master and self.slide.layout in DARK

    def _display(self, placed: Placed, display: Display) -> Iterator[str]:
        """Yield a shape that holds only the formula, as big as the formula, and its number at the right."""
        width, height, size = self.sizer.display_size(display, placed.width, placed.size)
        room = placed.width - width - (NUMBER_ROOM if display.number else 0)
        left = placed.left + max(min((placed.width - width) / 2, room), 0)
        box = Box(left, placed.top + (placed.height - height) / 2, width, height)
        parsed = parsed_formula(display.formula, self.look.language, display=True)
        number = self._id()
        colours, native = self.look.theme.colours, self.look.native and expressible(parsed)
        picture = svg_picture(parsed, colours.background if self._is_dark else colours.text)
        links = self.media.formula(picture, width, spare=native)
        image = self._picture_shape(number, box, links, parsed.speech, called="Formula")
        self._animate(number, display.reveal)
        if native:
            yield _alternate(self._formula_shape(number, box, display, size), image, "a14", _A14)
        else:
            yield image
        if display.number:
            label = Para((Run(f"({display.number})"),))
            beside = Box(placed.left + placed.width - 84, placed.top, 84, placed.height)
            yield self._label(beside, label, placed.size)
            self._animate(self.last_id, "with" if display.reveal else "")

    def _formula_shape(self, number: int, box: Box, display: Display, size: float) -> str:
        parsed = parsed_formula(display.formula, self.look.language, display=True)
        math = etree.tostring(omml_para(parsed), encoding="unicode")
        light = _LIGHT if self._is_dark else ""
        style = f'<a:lstStyle><a:lvl1pPr algn="ctr"><a:buNone/><a:defRPr sz="{round(size * 100)}">{light}</a:defRPr></a:lvl1pPr></a:lstStyle>'
        inside = f'<a:p><a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main">{math}</a14:m></a:p>'
        body = '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Formula {number}" descr={attribute(parsed.speech)}/>'
            f'<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{xfrm(box)}'
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            f"<p:txBody>{body}{style}{inside}</p:txBody></p:sp>"
        )

    def _label(self, box: Box, para: Para, size: float) -> str:
        number = self._id()
        inside = self._paragraphs((para,), size, True).replace("<a:pPr", '<a:pPr algn="r"', 1)
        body = '<a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Number {number}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/></p:spPr>'
            f"<p:txBody>{body}<a:lstStyle/>{inside}</p:txBody></p:sp>"
        )

    def _shown(self, placed: Placed, shown: Shown) -> Iterator[str]:
        """Yield the picture, as large as its place and its shape allow, and its caption below it."""
        room = placed.height - self.sizer.caption_height(shown.caption, placed.width)
        picture = shown.picture
        scale = min(placed.width / picture.width, room / picture.height)
        width, height = picture.width * scale, picture.height * scale
        box = Box(placed.left + (placed.width - width) / 2, placed.top, width, height)
        role, number = self._role(placed, _PICTURE), self._id()
        self._animate(number, shown.reveal, is_text=False)
        yield self._picture_shape(number, box, self.media.picture(picture, width, height), shown.alt, role)
        if shown.caption:
            below = replace(box, left=placed.left, width=placed.width, top=box.top + height + 4)
            yield self._caption(shown.caption, below, shown.reveal)

    def _caption(self, caption: Para, box: Box, reveal: Reveal) -> str:
        size = self.look.theme.deck.caption_size
        height = self.sizer.caption_height(caption, box.width)
        inside = self._paragraphs((caption,), size, False).replace("<a:pPr", '<a:pPr algn="ctr"', 1)
        number = self._id()
        self._animate(number, "with" if reveal else "")
        return self._text_shape(number, replace(box, height=height), inside, "", False, "Caption")

    def _picture_shape(
        self, number: int, box: Box, links: tuple[str, str], alt: str, role: str = "", called: str = "Picture"
    ) -> str:
        raster, vector = links
        svg = (
            '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
            'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
            f'r:embed="{vector}"/></a:ext></a:extLst>'
            if vector
            else ""
        )
        return (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="{called} {number}" descr={attribute(alt)}/><p:cNvPicPr>'
            f'<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr>{role}</p:nvPr></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{raster}">{svg}</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )

    def _grid(self, placed: Placed, grid: Grid) -> Iterator[str]:
        role, number = self._role(placed, _TABLE), self._id()
        self._animate(number, grid.reveal, is_text=False)
        yield table_frame(number, placed, grid, self.sizer, self.look.theme, self.look.language, self.media, role)
        if grid.caption:
            height = self.sizer.caption_height(grid.caption, placed.width)
            below = Box(placed.left, placed.top + placed.height - height, placed.width, height)
            yield self._caption(grid.caption, below, grid.reveal)

    def _code(self, placed: Placed, code: Code) -> str:
        number, box = self._id(), Box(placed.left, placed.top, placed.width, placed.height)
        self._animate(number, code.reveal, has_ground=True)
        theme, colour = self.look.theme, '<a:schemeClr val="bg2"/>'
        plain = ""
        if not self.look.own_master and not code.output:
            # colours of code are checked on the theme's own ground, and a template may have any other
            colour, plain = f'<a:srgbClr val="{theme.colours.surface[1:]}"/>', theme.colours.text
        inside = code_paragraphs(code, self.sizer.code_size(code, placed.width, placed.size), theme, plain)
        ground = "<a:noFill/>" if code.output else f"<a:solidFill>{colour}</a:solidFill>"
        line = '<a:ln w="9525"><a:solidFill><a:schemeClr val="accent4"/></a:solidFill></a:ln>' if code.output else ""
        inset = round(PADDING * 12700)
        body = f'<a:bodyPr wrap="square" lIns="{inset}" tIns="{inset}" rIns="{inset}" bIns="{inset}"><a:noAutofit/></a:bodyPr>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Code {number}"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{ground}{line}</p:spPr>'
            f"<p:txBody>{body}<a:lstStyle/>{inside}</p:txBody></p:sp>"
        )

    def _foot(self) -> Iterator[str]:
        """Yield footer and slide number, in the layout's placeholders."""
        colour = "bg1" if self._is_dark else "tx2"
        # said here again, since LibreOffice takes nothing from the layout's footer
        fill = f'<a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:latin typeface="+mn-lt"/>'
        look = f'<a:rPr lang={attribute(self.look.language)} sz="1200">{fill if self.look.own_master else ""}</a:rPr>'
        words = f'<a:pPr algn="l"/><a:r>{look}<a:t>{text(self.slide.footer)}{PAGE}</a:t></a:r>'
        number = f'<a:pPr algn="r"/><a:fld id="{_FIELD}" type="slidenum">{look}<a:t>‹#›</a:t></a:fld>'
        inside = {"ftr": words if self.slide.footer else "", "sldNum": number}
        for holder in self.layout.feet:
            if inside.get(holder.kind):
                yield (
                    f'<p:sp><p:nvSpPr><p:cNvPr id="{self._id()}" name="{holder.name}"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
                    f"</p:cNvSpPr><p:nvPr><p:ph{holder.role}/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>"
                    f"<a:lstStyle/><a:p>{inside[holder.kind]}</a:p></p:txBody></p:sp>"
                )


def _alternate(choice: str, fallback: str, requires: str, namespaces: str) -> str:
    """Return a shape for programs that know the namespaces, and one for all others (ECMA-376 part 3, 10)."""
    return (
        f'<mc:AlternateContent {_MC}><mc:Choice {namespaces} Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )

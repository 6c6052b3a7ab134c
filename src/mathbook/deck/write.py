"""A slide as PresentationML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import assert_never

from lxml import etree

from mathbook.deck.fitter import NUMBER_ROOM, PADDING
from mathbook.deck.frame import Box, Frame
from mathbook.deck.media import Media
from mathbook.deck.paragraphs import code_paragraphs, paragraphs
from mathbook.deck.runs import parsed_formula
from mathbook.deck.slides import Code, Display, Grid, Para, Placed, Run, Shown, Slide, Words
from mathbook.deck.tables import Sizer, table_frame
from mathbook.deck.xml import DECLARATION, NAMESPACES, attribute, text, xfrm
from mathbook.document.theme import Theme
from mathbook.formula.drawing import svg_picture
from mathbook.formula.omml import expressible, omml_para

_A14 = 'xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"'
_A16 = 'xmlns:a16="http://schemas.microsoft.com/office/drawing/2014/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


@dataclass(slots=True)
class SlideWriter:
    """Writes one slide: its shapes, and the relationships that they need."""

    slide: Slide
    frame: Frame
    theme: Theme
    language: str
    media: Media
    sizer: Sizer
    native: bool = True
    last_id: int = 1
    placeholder_used: bool = False
    shapes: list[str] = field(default_factory=list)

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
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
        )

    def _id(self) -> int:
        self.last_id += 1
        return self.last_id

    def _title(self) -> str:
        kind = "ctrTitle" if self.slide.layout == "Title Slide" else "title"
        size = f' sz="{round(self.slide.title_size * 100)}"' if self.slide.title_size else ""
        words = f"<a:r><a:rPr lang={attribute(self.language)}{size}/><a:t>{text(self.slide.title)}</a:t></a:r>"
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{self._id()}" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            f'<p:nvPr><p:ph type="{kind}"/></p:nvPr></p:nvSpPr><p:spPr/>'
            f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{words}</a:p></p:txBody></p:sp>"
        )

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
        """Return a text shape: the body placeholder for the first, text boxes for others."""
        number, box = self._id(), Box(placed.left, placed.top, placed.width, placed.height)
        inside = {formulas: self._paragraphs(words.paras, placed.size, formulas) for formulas in (True, False)}
        native = self._text_shape(number, box, inside[self.native], boxed=words.boxed)
        if not self.native or not any(run.formula for para in words.paras for run in para.runs):
            self._use_placeholder(words.boxed)
            return native
        plain = self._text_shape(number, box, inside[False], boxed=words.boxed)
        self._use_placeholder(words.boxed)
        return _alternate(native, plain, "a14 a16", f"{_A14} {_A16}")

    def _use_placeholder(self, boxed: bool) -> None:
        self.placeholder_used = self.placeholder_used or not boxed

    def _paragraphs(self, paras: tuple[Para, ...], size: float, formulas: bool) -> str:
        return paragraphs(paras, size, self.theme, self.language, self.media, formulas=formulas)

    def _text_shape(self, number: int, box: Box, inside: str, *, boxed: bool, name: str = "Text") -> str:
        holder = self.slide.layout in ("Title and Content", "Section Header", "Quote", "Title Slide")
        placeholder = holder and not self.placeholder_used and not boxed
        kind = {"Section Header": 'type="body" idx="1"', "Title Slide": 'type="subTitle" idx="1"'}.get(
            self.slide.layout, 'type="body" idx="1"' if self.slide.layout == "Quote" else 'idx="1"'
        )
        role = f"<p:ph {kind}/>" if placeholder else ""
        locks = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>' if placeholder else '<p:cNvSpPr txBox="1"/>'
        shape = "" if placeholder else '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        fill = (
            '<a:solidFill><a:schemeClr val="bg2"/></a:solidFill>' if boxed else ("" if placeholder else "<a:noFill/>")
        )
        inset = round((PADDING if boxed else 0) * 12700)
        body = f'<a:bodyPr wrap="square" lIns="{inset}" tIns="{inset}" rIns="{inset}" bIns="{inset}"><a:normAutofit/></a:bodyPr>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number}"/>{locks}<p:nvPr>{role}</p:nvPr></p:nvSpPr>'
            f"<p:spPr>{xfrm(box)}{shape}{fill}</p:spPr><p:txBody>{body}<a:lstStyle/>{inside}</p:txBody></p:sp>"
        )

    def _display(self, placed: Placed, display: Display) -> Iterator[str]:
        """Yield a shape that holds only the formula, as big as the formula, and its number at the right."""
        width, height, size = self.sizer.display_size(display, placed.width, placed.size)
        room = placed.width - width - (NUMBER_ROOM if display.number else 0)
        left = placed.left + max(min((placed.width - width) / 2, room), 0)
        box = Box(left, placed.top + (placed.height - height) / 2, width, height)
        parsed = parsed_formula(display.formula, self.language, display=True)
        number = self._id()
        picture = svg_picture(parsed, self.theme.colours.text)
        image = self._picture_shape(number, box, self.media.formula(picture, width, height), parsed.speech)
        if self.native and expressible(parsed):
            yield _alternate(self._formula_shape(number, box, display, size), image, "a14", _A14)
        else:
            yield image
        if display.number:
            label = Para((Run(f"({display.number})"),))
            beside = Box(placed.left + placed.width - 84, placed.top, 84, placed.height)
            yield self._label(beside, label, placed.size)

    def _formula_shape(self, number: int, box: Box, display: Display, size: float) -> str:
        parsed = parsed_formula(display.formula, self.language, display=True)
        math = etree.tostring(omml_para(parsed), encoding="unicode")
        style = f'<a:lstStyle><a:lvl1pPr algn="ctr"><a:buNone/><a:defRPr sz="{round(size * 100)}"/></a:lvl1pPr></a:lstStyle>'
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
        yield self._picture_shape(self._id(), box, self.media.picture(picture, width, height), shown.alt)
        if shown.caption:
            yield self._caption(
                shown.caption, replace(box, left=placed.left, width=placed.width, top=box.top + height + 4)
            )

    def _caption(self, caption: Para, box: Box) -> str:
        size = self.theme.deck.caption_size
        height = self.sizer.caption_height(caption, box.width)
        inside = self._paragraphs((caption,), size, False).replace("<a:pPr", '<a:pPr algn="ctr"', 1)
        used, self.placeholder_used = self.placeholder_used, True
        shape = self._text_shape(self._id(), replace(box, height=height), inside, boxed=False, name="Caption")
        self.placeholder_used = used
        return shape

    def _picture_shape(self, number: int, box: Box, links: tuple[str, str], alt: str) -> str:
        raster, vector = links
        svg = (
            '<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip '
            'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" '
            f'r:embed="{vector}"/></a:ext></a:extLst>'
            if vector
            else ""
        )
        return (
            f'<p:pic><p:nvPicPr><p:cNvPr id="{number}" name="Picture {number}" descr={attribute(alt)}/><p:cNvPicPr>'
            '<a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:embed="{raster}">{svg}</a:blip><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
            f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
        )

    def _grid(self, placed: Placed, grid: Grid) -> Iterator[str]:
        yield table_frame(self._id(), placed, grid, self.sizer, self.theme, self.language, self.media)
        if grid.caption:
            height = self.sizer.caption_height(grid.caption, placed.width)
            yield self._caption(
                grid.caption, Box(placed.left, placed.top + placed.height - height, placed.width, height)
            )

    def _code(self, placed: Placed, code: Code) -> str:
        number, box = self._id(), Box(placed.left, placed.top, placed.width, placed.height)
        inside = code_paragraphs(code, self.sizer.code_size(code, placed.width, placed.size), self.theme)
        ground = "<a:noFill/>" if code.output else '<a:solidFill><a:schemeClr val="bg2"/></a:solidFill>'
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
        if self.slide.layout == "Title Slide":
            return
        look = f'lang={attribute(self.language)} sz="1200"'
        face = '<a:latin typeface="+mn-lt"/>'
        words = f'<a:pPr algn="l"/><a:r><a:rPr {look}>{face}</a:rPr><a:t>{text(self.slide.footer)}</a:t></a:r>'
        number = f'<a:fld id="{{7A1F3C52-0B64-4D0E-9C3E-5B0D6A4E8F10}}" type="slidenum"><a:rPr lang={attribute(self.language)}/><a:t>‹#›</a:t></a:fld>'
        for kind, index, name, inside in (("ftr", 11, "Footer", words), ("sldNum", 12, "Slide Number", number)):
            yield (
                f'<p:sp><p:nvSpPr><p:cNvPr id="{self._id()}" name="{name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
                f'<p:nvPr><p:ph type="{kind}" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
                f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{inside}</a:p></p:txBody></p:sp>"
            )


def _alternate(choice: str, fallback: str, requires: str, namespaces: str) -> str:
    """Return a shape for programs that know the namespaces, and one for all others (ECMA-376 part 3, 10)."""
    return (
        f'<mc:AlternateContent {_MC}><mc:Choice {namespaces} Requires="{requires}">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    )

"""The slide master, its layouts and its theme, from the design tokens. Colours and fonts are used by reference, so that
recolouring in PowerPoint works.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mathbook.deck.frame import Box, Frame
from mathbook.deck.xml import DECLARATION, NAMESPACES, attribute, emu, xfrm
from mathbook.document.theme import Theme

LAYOUTS = (
    "Title Slide",
    "Title and Content",
    "Section Header",
    "Two Content",
    "Comparison",
    "Title Only",
    "Blank",
    "Content with Caption",
    "Picture with Caption",
    "Title and Vertical Text",
    "Quote",
)
"""PowerPoint's own names (and Pandoc's), and one for quotations and takeaways."""

_TYPES = {
    "Title Slide": "title",
    "Title and Content": "obj",
    "Section Header": "secHead",
    "Two Content": "twoObj",
    "Comparison": "twoTxTwoObj",
    "Title Only": "titleOnly",
    "Blank": "blank",
    "Content with Caption": "objTx",
    "Picture with Caption": "picTx",
    "Title and Vertical Text": "vertTx",
}


@dataclass(frozen=True, slots=True)
class _Holder:
    """A layout's placeholder."""

    kind: str
    index: int
    box: Box
    name: str
    style: str = ""
    anchor: str = ""


def layout_xml(name: str, frame: Frame, theme: Theme) -> str:
    """Return one layout's part."""
    kind = f' type="{_TYPES[name]}"' if name in _TYPES else ' userDrawn="1"'
    shapes = "".join(_shape(number, holder) for number, holder in enumerate(_holders(name, frame, theme), start=2))
    return (
        f'{DECLARATION}<p:sldLayout {NAMESPACES}{kind} preserve="1"><p:cSld name={attribute(name)}>'
        f"{_ground(name)}<p:spTree>{_GROUP}{_decoration(name, frame)}{shapes}</p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)


def _ground(name: str) -> str:
    """Return the background of a layout that has its own."""
    colour = {"Title Slide": "accent1", "Section Header": "accent1", "Quote": "bg2"}.get(name)
    if colour is None:
        return ""
    return f'<p:bg><p:bgPr><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'


def _decoration(name: str, frame: Frame) -> str:
    """Return the one line that marks a title slide or a section."""
    if name in ("Title Slide", "Section Header"):
        return _bar(Box(frame.margin * 1.6, 150, 64, 4), "accent2")
    return _bar(Box(0, 0, 10, frame.height), "accent1") if name == "Quote" else ""


def _bar(box: Box, colour: str) -> str:
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="90" name="Rule"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="{colour}"/>'
        '</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/>'
        "</a:p></p:txBody></p:sp>"
    )


def _holders(name: str, frame: Frame, theme: Theme) -> Iterator[_Holder]:
    """Yield the layout's placeholders."""
    title, body, section = frame.title, frame.body, frame.section
    half = (body.width - 24) / 2
    left, right = Box(body.left, body.top, half, body.height), Box(body.left + half + 24, body.top, half, body.height)
    big = f'<a:lvl1pPr><a:defRPr sz="{round(theme.deck.title_size * 133)}" b="1">{{}}</a:defRPr></a:lvl1pPr>'
    light, dark = _colour("bg1"), _colour("accent1")
    plain = f'<a:lvl1pPr marL="0" indent="0"><a:buNone/><a:defRPr sz="{round(theme.deck.body_steps[0] * 100)}">{{}}</a:defRPr></a:lvl1pPr>'
    match name:
        case "Title Slide":
            yield _Holder("ctrTitle", 0, frame.title_of(name), "Title", big.format(light), "t")
            yield _Holder("subTitle", 1, frame.subtitle, "Subtitle", plain.format(light), "t")
        case "Section Header":
            yield _Holder("title", 0, frame.title_of(name), "Title", big.format(light), "t")
            yield _Holder("body", 1, section, "Text", plain.format(light), "t")
            yield from _feet(frame, light)
        case "Quote":
            yield _Holder("title", 0, frame.title_of(name), "Title", big.format(dark), "t")
            yield _Holder("body", 1, section, "Text", plain.format(""), "t")
            yield from _feet(frame, "")
        case "Blank":
            yield from _feet(frame, "")
        case "Title Only":
            yield _Holder("title", 0, title, "Title")
            yield from _feet(frame, "")
        case "Two Content" | "Comparison" | "Content with Caption" | "Picture with Caption":
            yield _Holder("title", 0, title, "Title")
            yield _Holder("", 1, left, "Content")
            yield _Holder("pic" if name == "Picture with Caption" else "", 2, right, "Content")
            yield from _feet(frame, "")
        case _:
            yield _Holder("title", 0, title, "Title")
            yield _Holder("", 1, body, "Content")
            yield from _feet(frame, "")


def _colour(name: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'


def _feet(frame: Frame, colour: str) -> Iterator[_Holder]:
    """Yield the places of footer and slide number."""
    foot = frame.foot
    style = '<a:lvl1pPr algn="{}"><a:defRPr sz="1200">{}<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    shade = colour or _colour("tx2")
    wide = Box(foot.left, foot.top, foot.width - 80, foot.height)
    yield _Holder("ftr", 11, wide, "Footer", style.format("l", shade), "ctr")
    number = Box(foot.left + foot.width - 70, foot.top, 70, foot.height)
    yield _Holder("sldNum", 12, number, "Slide Number", style.format("r", shade), "ctr")


def _shape(number: int, holder: _Holder) -> str:
    kind = f' type="{holder.kind}"' if holder.kind else ""
    size = ' sz="quarter"' if holder.kind in ("ftr", "sldNum") else ""
    index = f' idx="{holder.index}"' if holder.index else ""
    anchor = f' anchor="{holder.anchor}"' if holder.anchor else ""
    words = {
        "sldNum": '<a:fld id="{7A1F3C52-0B64-4D0E-9C3E-5B0D6A4E8F10}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>',
        "ftr": '<a:endParaRPr lang="en-US"/>',
    }.get(holder.kind, f'<a:r><a:rPr lang="en-US"/><a:t>{holder.name}</a:t></a:r>')
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{holder.name} {number}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph{kind}{size}{index}/></p:nvPr></p:nvSpPr><p:spPr>{xfrm(holder.box)}</p:spPr>"
        f"<p:txBody><a:bodyPr{anchor}/><a:lstStyle>{holder.style}</a:lstStyle><a:p>{words}</a:p></p:txBody></p:sp>"
    )


def master_xml(frame: Frame, theme: Theme) -> str:
    """Return the slide master; relationship i of its layouts is rIdi."""
    holders = [
        _Holder("title", 0, frame.title, "Title"),
        _Holder("body", 1, frame.body, "Text"),
        *_feet(frame, ""),
    ]
    shapes = "".join(_shape(number, holder) for number, holder in enumerate(holders, start=2))
    shapes = shapes.replace(
        "<a:bodyPr/>", '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:normAutofit/></a:bodyPr>', 1
    )
    shapes = shapes.replace(
        "<a:bodyPr/>", '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0"><a:normAutofit/></a:bodyPr>', 1
    )
    shapes = shapes.replace('<a:bodyPr anchor="ctr"/>', '<a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"/>')
    layouts = "".join(f'<p:sldLayoutId id="{2147483649 + at}" r:id="rId{at + 1}"/>' for at in range(len(LAYOUTS)))
    mapping = (
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
    )
    return (
        f'{DECLARATION}<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f"<p:spTree>{_GROUP}{shapes}</p:spTree></p:cSld>{mapping}<p:sldLayoutIdLst>{layouts}</p:sldLayoutIdLst>"
        f"{_text_styles(theme)}</p:sldMaster>"
    )


def _text_styles(theme: Theme) -> str:
    deck = theme.deck
    title = (
        f'<p:titleStyle><a:lvl1pPr algn="l"><a:lnSpc><a:spcPct val="95000"/></a:lnSpc><a:spcBef><a:spcPct val="0"/></a:spcBef>'
        f'<a:buNone/><a:defRPr sz="{round(deck.title_size * 100)}" b="1">{_colour("accent1")}<a:latin typeface="+mj-lt"/>'
        '<a:ea typeface="+mj-ea"/><a:cs typeface="+mj-cs"/></a:defRPr></a:lvl1pPr></p:titleStyle>'
    )
    levels = "".join(_body_level(level, deck.body_steps[0]) for level in range(1, 6))
    other = f'<p:otherStyle><a:lvl1pPr><a:defRPr sz="1800">{_colour("tx1")}<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr></p:otherStyle>'
    return f"<p:txStyles>{title}<p:bodyStyle>{levels}</p:bodyStyle>{other}</p:txStyles>"


def _body_level(level: int, size: float) -> str:
    left = emu(20 * level)
    return (
        f'<a:lvl{level}pPr marL="{left}" indent="-{emu(20)}" algn="l"><a:spcBef><a:spcPts val="0"/></a:spcBef>'
        f'<a:spcAft><a:spcPts val="{round(size * 45)}"/></a:spcAft>'
        '<a:buClr><a:schemeClr val="accent1"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>'
        f'<a:defRPr sz="{round(max(size - 2 * (level - 1), 18) * 100)}">{_colour("tx1")}<a:latin typeface="+mn-lt"/>'
        f'<a:ea typeface="+mn-ea"/><a:cs typeface="+mn-cs"/></a:defRPr></a:lvl{level}pPr>'
    )


def theme_xml(theme: Theme) -> str:
    """Return the theme's part: colour scheme, font scheme, and the plainest format scheme."""
    c = theme.colours
    slots = {
        "dk1": c.text,
        "lt1": c.background,
        "dk2": c.muted,
        "lt2": c.surface,
        "accent1": c.accent,
        "accent2": c.accent2,
        "accent3": c.link,
        "accent4": c.rule,
        "accent5": c.warning,
        "accent6": c.code_keyword,
        "hlink": c.link,
        "folHlink": c.muted,
    }
    colours = "".join(f'<a:{name}><a:srgbClr val="{value[1:].upper()}"/></a:{name}>' for name, value in slots.items())
    fonts = "".join(
        f'<a:{kind}Font><a:latin typeface={attribute(family.name)}/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}Font>'
        for kind, family in (("major", theme.deck.heading), ("minor", theme.deck.body))
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="9525">{fill}</a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{DECLARATION}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name={attribute(theme.title)}>'
        f"<a:themeElements><a:clrScheme name={attribute(theme.title)}>{colours}</a:clrScheme>"
        f'<a:fontScheme name={attribute(theme.title)}>{fonts}</a:fontScheme><a:fmtScheme name="Plain">'
        f"<a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst>"
        "</a:fmtScheme></a:themeElements></a:theme>"
    )

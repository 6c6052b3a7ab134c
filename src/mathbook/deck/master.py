"""The slide master, its layouts and its theme, from the design tokens. Colours and fonts are used by reference, so that
recolouring in PowerPoint works.
"""

from __future__ import annotations

from mathbook.deck.frame import Box, Frame
from mathbook.deck.layouts import DARK, KINDS, LAYOUTS, VERTICAL, Holder, feet, holders_of
from mathbook.deck.xml import DECLARATION, LEVELS, NAMESPACES, attribute, emu, plain_levels, xfrm
from mathbook.document.theme import Theme


def layout_xml(name: str, frame: Frame, theme: Theme) -> str:
    """Return one layout's part."""
    kind = f' type="{KINDS[name]}"' if KINDS[name] else ' userDrawn="1"'
    shapes = "".join(
        _shape(number, holder, _style(holder, name, theme), _body(holder, name))
        for number, holder in enumerate(holders_of(name, frame), start=2)
    )
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
    """Return the one mark of colour that a layout has; others have none."""
    if name in ("Title Slide", "Section Header"):
        return _bar(bar_of(frame, name), "accent2")
    return _bar(Box(0, 0, 10, frame.height), "accent1") if name == "Quote" else ""


def bar_of(frame: Frame, name: str) -> Box:
    """Return the bar at the left of a title on the accent colour."""
    title = frame.title_of(name)
    return Box(title.left - 26, title.top, 6, title.height)


def _bar(box: Box, colour: str) -> str:
    """Return a rectangle that is marked as decoration, so that no screen reader speaks of it (MS-ODRAWXML 2.28)."""
    decorative = (
        '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
        'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="90" name="Rule">{decorative}</p:cNvPr><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr>{xfrm(box)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="{colour}"/>'
        '</a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr lang="en-US"/>'
        "</a:p></p:txBody></p:sp>"
    )


def _style(holder: Holder, name: str, theme: Theme) -> str:
    """Return the list style of a layout's placeholder where it isn't the master's."""
    light = _colour("bg1") if name in DARK else ""
    match holder.kind:
        case "ftr" | "sldNum":
            side = "l" if holder.kind == "ftr" else "r"
            look = f'{light or _colour("tx2")}<a:latin typeface="+mn-lt"/>'
            return f'<a:lvl1pPr algn="{side}"><a:defRPr sz="1200">{look}</a:defRPr></a:lvl1pPr>'
        case "title" | "ctrTitle" if name in (*DARK, "Quote"):
            size = round(theme.deck.title_size * 133)
            return f'<a:lvl1pPr><a:defRPr sz="{size}" b="1">{light or _colour("accent1")}</a:defRPr></a:lvl1pPr>'
        case "subTitle" | "body" if name not in VERTICAL:
            bold = ' b="1"' if holder.name == "Heading" else ""
            size = round(theme.deck.body_steps[0] * 100)
            return (
                f'<a:lvl1pPr marL="0" indent="0"><a:buNone/><a:defRPr sz="{size}"{bold}>{light}</a:defRPr></a:lvl1pPr>'
            )
    return ""


def _body(holder: Holder, name: str) -> str:
    """Return the attributes of a:bodyPr where they aren't the master's."""
    if name in VERTICAL and (holder.kind == "body" or name.startswith("Vertical")) and holder.index < 11:
        return ' vert="eaVert"'
    if holder.kind in ("ftr", "sldNum"):
        return ' anchor="ctr"'
    if holder.kind in ("title", "ctrTitle") and name in (*DARK, "Quote"):
        return ' anchor="b"'
    return ' anchor="t"' if name in (*DARK, "Quote") else ""


def _colour(name: str) -> str:
    return f'<a:solidFill><a:schemeClr val="{name}"/></a:solidFill>'


def _shape(number: int, holder: Holder, style: str, body: str) -> str:
    words = {
        "sldNum": '<a:fld id="{7A1F3C52-0B64-4D0E-9C3E-5B0D6A4E8F10}" type="slidenum"><a:rPr lang="en-US"/><a:t>‹#›</a:t></a:fld>',
        "ftr": '<a:endParaRPr lang="en-US"/>',
        "pic": '<a:endParaRPr lang="en-US"/>',
    }.get(holder.kind, f'<a:r><a:rPr lang="en-US"/><a:t>{holder.name}</a:t></a:r>')
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="{holder.name} {number}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        f"<p:nvPr><p:ph{holder.role}/></p:nvPr></p:nvSpPr><p:spPr>{xfrm(holder.box)}</p:spPr>"
        f"<p:txBody><a:bodyPr{body}/><a:lstStyle>{style}</a:lstStyle><a:p>{words}</a:p></p:txBody></p:sp>"
    )


def master_xml(frame: Frame, theme: Theme) -> str:
    """Return the slide master; relationship i of its layouts is rIdi."""
    inside = ' lIns="0" tIns="0" rIns="0" bIns="0"'
    holders = (
        (Holder("title", 0, frame.title, "Title"), f'{inside} anchor="b"'),
        (Holder("body", 1, frame.body, "Text"), inside),
        *((foot, f'{inside} anchor="ctr"') for foot in feet(frame)),
    )
    shapes = "".join(
        _shape(number, holder, _style(holder, "", theme) if holder.index > 1 else "", body)
        for number, (holder, body) in enumerate(holders, start=2)
    )
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
    levels = "".join(_body_level(level, deck.body_steps[0]) for level in LEVELS)
    other = f"<p:otherStyle>{plain_levels()}</p:otherStyle>"
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

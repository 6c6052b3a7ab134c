"""Speaker notes as parts: the notes master, and a page a slide."""

from __future__ import annotations

from mathbook.deck.notes import NoteHeading
from mathbook.deck.xml import DECLARATION, NAMESPACES, attribute, text

_GROUP = (
    '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
)
_IMAGE = (
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Slide Image"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/>'
    '</p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr>{}</p:spPr></p:sp>'
)
_PLACE = (
    '<a:xfrm><a:off x="{}" y="{}"/><a:ext cx="{}" cy="{}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
)


def notes_master_xml() -> str:
    """Return the notes master."""
    image = _IMAGE.format(
        _PLACE.format(685800, 1143000, 5486400, 3086100)
        + '<a:ln w="12700"><a:solidFill><a:prstClr val="black"/></a:solidFill></a:ln>'
    )
    body = (
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" sz="quarter" idx="1"/></p:nvPr></p:nvSpPr>'
        f"<p:spPr>{_PLACE.format(685800, 4400550, 5486400, 3600450)}</p:spPr>"
        '<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang="en-US"/><a:t>Notes</a:t></a:r></a:p></p:txBody></p:sp>'
    )
    mapping = (
        '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" '
        'accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>'
    )
    return (
        f'{DECLARATION}<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001"><a:schemeClr val="bg1"/></p:bgRef></p:bg>'
        f"<p:spTree>{_GROUP}{image}{body}</p:spTree></p:cSld>{mapping}"
        '<p:notesStyle><a:lvl1pPr><a:defRPr sz="1200"/></a:lvl1pPr></p:notesStyle></p:notesMaster>'
    )


def notes_xml(lines: tuple[str, ...], language: str) -> str:
    """Return a slide's notes page, a paragraph a line."""
    said = "".join(_line(line, language) for line in lines if line.strip())
    return (
        f"{DECLARATION}<p:notes {NAMESPACES}><p:cSld><p:spTree>{_GROUP}{_IMAGE.format('')}"
        '<p:sp><p:nvSpPr><p:cNvPr id="3" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
        '<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/>{said}</p:txBody></p:sp></p:spTree></p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
    )


def _line(line: str, language: str) -> str:
    """Return a paragraph of the notes; headings are bold, with space above them."""
    heading = isinstance(line, NoteHeading)
    above = '<a:pPr><a:spcBef><a:spcPts val="600"/></a:spcBef></a:pPr>' if heading else ""
    bold = ' b="1"' if heading else ""
    return f"<a:p>{above}<a:r><a:rPr lang={attribute(language)}{bold}/><a:t>{text(line)}</a:t></a:r></a:p>"

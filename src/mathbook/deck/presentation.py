"""The presentation part, its properties, and the sections of its slides."""

from __future__ import annotations

import uuid

from mathbook.deck.frame import Frame
from mathbook.deck.xml import DECLARATION, NAMESPACES, attribute, emu, plain_levels, text
from mathbook.document.book import Example
from mathbook.document.edition import Edition
from mathbook.document.words import say
from mathbook.frozen import frozen

FIRST_SLIDE_ID = 256
FIRST_SLIDE = 100
"""The number in the first slide's relationship."""


@frozen
class Section:
    """A section: its name and its slides' numbers from 0."""

    name: str
    slides: tuple[int, ...]


OUR_MASTER = ((2147483648, 1),)
"""The id and number of our own slide master."""


def presentation_xml(
    frame: Frame, slides: int, sections: list[Section], masters: tuple[tuple[int, int], ...] = OUR_MASTER
) -> str:
    """Return ppt/presentation.xml; slide i is related as rId(FIRST_SLIDE+i), the notes master as rId2, master n as rIdMn."""
    listed = "".join(f'<p:sldMasterId id="{number}" r:id="rIdM{at}"/>' for number, at in masters)
    ids = "".join(f'<p:sldId id="{FIRST_SLIDE_ID + at}" r:id="rId{FIRST_SLIDE + at}"/>' for at in range(slides))
    size = ' type="screen4x3"' if (frame.width, frame.height) == (720, 540) else ""
    return (
        f'{DECLARATION}<p:presentation {NAMESPACES} saveSubsetFonts="1">'
        f"<p:sldMasterIdLst>{listed}</p:sldMasterIdLst>"
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f'<p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="{emu(frame.width)}" cy="{emu(frame.height)}"{size}/>'
        '<p:notesSz cx="6858000" cy="9144000"/>'
        f'<p:defaultTextStyle><a:defPPr><a:defRPr lang="en-US"/></a:defPPr>{plain_levels()}</p:defaultTextStyle>'
        f"{_sections(sections)}</p:presentation>"
    )


def _sections(sections: list[Section]) -> str:
    """Return the section list (MS-PPTX 2.6.3). A section's id is made of its name and place, so that it stays the same."""
    listed = []
    for at, section in enumerate(sections):
        identifier = str(uuid.uuid5(uuid.NAMESPACE_URL, f"mathbook:section:{at}:{section.name}")).upper()
        slides = "".join(f'<p14:sldId id="{FIRST_SLIDE_ID + number}"/>' for number in section.slides)
        listed.append(
            f'<p14:section name={attribute(section.name)} id="{{{identifier}}}"><p14:sldIdLst>{slides}</p14:sldIdLst></p14:section>'
        )
    return (
        '<p:extLst><p:ext uri="{521415D9-36F7-43E2-AB2F-B90AF26B5E84}">'
        '<p14:sectionLst xmlns:p14="http://schemas.microsoft.com/office/powerpoint/2010/main">'
        f"{''.join(listed)}</p14:sectionLst></p:ext></p:extLst>"
    )


def _topics(edition: Edition) -> tuple[str, ...]:
    return tuple(dict.fromkeys(topic for unit in edition.units if isinstance(unit, Example) for topic in unit.topics))


def core_xml(edition: Edition, title: str) -> str:
    """Return docProps/core.xml, dated with the edition."""
    meta = edition.meta
    stamp = f"{meta.date}T00:00:00Z"
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{text(title)}</dc:title><dc:creator>{text(', '.join(meta.authors))}</dc:creator>"
        f"<dc:subject>{text(meta.subtitle)}</dc:subject><cp:keywords>{text(', '.join(_topics(edition)))}</cp:keywords>"
        f"<dc:description>{text(say('Edition {0}, {1}', meta.language, meta.edition, meta.date))}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        f"<dc:language>{text(meta.language)}</dc:language></cp:coreProperties>"
    )


def app_xml(frame: Frame, slides: int, notes: int) -> str:
    """Return docProps/app.xml."""
    named = {(960.0, 540.0): "Widescreen", (720.0, 540.0): "On-screen Show (4:3)"}
    shape = named.get((frame.width, frame.height), "Custom")
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>mathbook</Application><PresentationFormat>{shape}</PresentationFormat><Slides>{slides}</Slides>"
        f"<Notes>{notes}</Notes><HiddenSlides>0</HiddenSlides></Properties>"
    )


PROPERTIES_XML = f"{DECLARATION}<p:presentationPr {NAMESPACES}/>"
VIEW_XML = f"{DECLARATION}<p:viewPr {NAMESPACES}/>"

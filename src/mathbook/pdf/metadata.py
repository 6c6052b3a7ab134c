"""What the file says of itself: document information, and XMP with the PDF/UA declaration (ISO 14289-1, 5)."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pikepdf import String

from mathbook.document.edition import Edition
from mathbook.document.identifiers import print_identifier
from mathbook.formula.plain_line import plain_line

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
  xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:identifier>{identifier}</dc:identifier>{creator}
<xmp:CreateDate>{stamp}</xmp:CreateDate>
<xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<xmp:MetadataDate>{stamp}</xmp:MetadataDate>
<xmp:CreatorTool>mathbook</xmp:CreatorTool>
<pdf:Producer>mathbook</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def metadata(edition: Edition) -> bytes:
    """Return the XMP packet (ISO 16684-1)."""
    meta = edition.meta
    creators = "".join(f"<rdf:li>{escape(author)}</rdf:li>" for author in meta.authors)
    values = {
        "title": escape(title_of(edition)),
        "language": escape(meta.language),
        "identifier": escape(print_identifier(edition)),
        "creator": f"\n<dc:creator><rdf:Seq>{creators}</rdf:Seq></dc:creator>" if creators else "",
        "stamp": f"{meta.date}T00:00:00+00:00",
    }
    return _XMP.format(**values).encode("utf-8")


def information(edition: Edition) -> bytes:
    """Return the document information dictionary: the same, for programs that read no XMP."""
    meta = edition.meta
    day = f"D:{meta.date.replace('-', '')}000000Z"
    told = {
        "Title": title_of(edition),
        "Author": ", ".join(meta.authors),
        "Creator": "mathbook",
        "Producer": "mathbook",
        "CreationDate": day,
        "ModDate": day,
    }
    entries = (b"/%b %b" % (key.encode("ascii"), String(value).unparse()) for key, value in told.items() if value)
    return b"<< %b >>" % b" ".join(entries)


def title_of(edition: Edition) -> str:
    """Return the file's title: the book's, or a handout's own with the book's behind it."""
    meta = edition.meta
    return (
        meta.title if edition.scope == "book" else f"{plain_line(edition.units[0].title, meta.language)} ({meta.title})"
    )

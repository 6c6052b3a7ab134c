"""PDF/A-3a: what an archive asks for beside PDF/UA-1 (ISO 19005-3): colours and schemas that are explained."""

from __future__ import annotations

from pathlib import Path

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Pdf, String
from PIL import ImageCms

_SCHEMAS = """<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
  xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
  xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""
"""The declaration, and the schema of the one other declaration that isn't predefined (ISO 19005-3, 6.6.2.3)."""

_DATE = slice(24, 36)
"""Where a profile says when it was made (ICC.1, 7.2): taken out, so that same input gives same bytes."""


def put_a3a(path: Path) -> None:
    """Declare PDF/A-3a in a finished file, and say that its colours are those of sRGB."""
    with Pdf.open(path, allow_overwriting_input=True) as pdf:
        _declare(pdf)
        pdf.save(path, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)


def _declare(pdf: Pdf) -> None:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATE] = bytes(12)
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=pdf.make_stream(bytes(profile), N=3),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    told = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(told.replace(b"</rdf:RDF>", _SCHEMAS.encode("ascii"), 1))

"""What the file says of itself: title, language, identification, page labels, outline."""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from mathbook.document.edition import Edition
from mathbook.document.fragment import Bookmark
from mathbook.document.identifiers import print_identifier
from mathbook.document.plain import plain


def put_metadata(pdf: pikepdf.Pdf, edition: Edition) -> None:
    """Write document information, XMP with the PDF/UA declaration (ISO 14289-1, 5), and viewer preferences."""
    meta = edition.meta
    title = meta.title
    if edition.scope == "unit":
        title = f"{plain(edition.units[0].title, meta.language)} ({meta.title})"
    author = ", ".join(meta.authors)
    stamp = f"{meta.date}T00:00:00+00:00"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
        xmp["dc:title"] = title
        xmp["dc:language"] = {meta.language}
        xmp["dc:identifier"] = print_identifier(edition)
        if meta.authors:
            xmp["dc:creator"] = list(meta.authors)
        xmp["xmp:CreateDate"] = xmp["xmp:ModifyDate"] = xmp["xmp:MetadataDate"] = stamp
        xmp["xmp:CreatorTool"] = "mathbook"
        xmp["pdf:Producer"] = "mathbook"
        xmp["pdfuaid:part"] = "1"
    day = f"D:{meta.date.replace('-', '')}000000Z"
    info = {"/Title": title, "/Author": author, "/Creator": "mathbook", "/Producer": "mathbook"}
    for key, value in {**info, "/CreationDate": day, "/ModDate": day}.items():
        if value:
            pdf.docinfo[key] = String(value)
    pdf.Root.Lang = String(meta.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.Root.PageMode = Name.UseOutlines if edition.scope == "book" else Name.UseNone


def put_page_labels(pdf: pikepdf.Pdf, front: int) -> None:
    """Number the first `front` pages i, ii, …, and the rest 1, 2, … (ISO 32000-1, 12.4.2)."""
    decimal = Dictionary(S=Name.D)
    ranges = [0, Dictionary(S=Name.r), front, decimal] if front else [0, decimal]
    pdf.Root.PageLabels = Dictionary(Nums=Array(ranges))


def put_outline(pdf: pikepdf.Pdf, bookmarks: Sequence[Bookmark]) -> None:
    """Write the bookmarks as a tree."""
    pages = [page.obj for page in pdf.pages]
    with pdf.open_outline() as outline:
        path: list[OutlineItem] = []
        for mark in bookmarks:
            item = OutlineItem(mark.title, Array([pages[mark.page], Name.XYZ, 0, mark.y, 0]))
            item.is_closed = True
            level = min(mark.level, len(path) + 1)
            del path[level - 1 :]
            (path[-1].children if path else outline.root).append(item)
            path.append(item)

"""manuscript/book.yaml: what the book is, and how it is made."""

from __future__ import annotations

import uuid

from mathbook import records
from mathbook.diagnostics import Collector
from mathbook.document.book import DeckMeta, EpubMeta, Meta, PdfMeta
from mathbook.project import Project
from mathbook.source.forms import BookForm
from mathbook.source.text_file import read_text_file


def read_meta(project: Project, collector: Collector) -> Meta | None:
    """Return what book.yaml says (what is sound of it, after telling what isn't), or None if it can't be read."""
    file = project.name_of(project.book_file)
    text = read_text_file(project.book_file, project, collector)
    loaded = records.load_yaml(text, file, collector) if text is not None else None
    form = records.check(*loaded, BookForm, file, collector) if loaded else None
    if form is None and loaded:
        form = records.salvaged(*loaded, BookForm)
    if form is None:
        return None
    plain = form.model_dump(exclude={"deck", "epub", "pdf", "macros", "identifier"})
    return Meta(
        **plain,
        identifier=form.identifier or _identifier(form),
        macros=tuple((name.removeprefix("\\"), body) for name, body in form.macros.items()),
        deck=DeckMeta(ratio=form.deck.aspect, math=form.deck.math),
        epub=EpubMeta(**form.epub.model_dump()),
        pdf=PdfMeta(**form.pdf.model_dump()),
    )


def _identifier(form: BookForm) -> str:
    """Return a name-based UUID (RFC 9562, version 5): the same for the same title and authors."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"mathbook:{form.title}:{','.join(form.authors)}").urn

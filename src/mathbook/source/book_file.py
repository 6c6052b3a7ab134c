"""manuscript/book.yaml: what the book is, and how it is made."""

from __future__ import annotations

import uuid
from hashlib import blake2b

from mathbook import records
from mathbook.diagnostics import Code, Collector
from mathbook.document.book import DeckMeta, EpubMeta, Meta, PdfMeta, TemplateFile
from mathbook.project import Project, read_bytes
from mathbook.source.bibliography import named_file
from mathbook.source.forms import BookForm
from mathbook.source.place_in_book import place_in_book
from mathbook.source.text_file import read_text_file

LARGEST_TEMPLATE = 100_000_000


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
        deck=DeckMeta(form.deck.aspect, form.deck.math, _template(form.deck.template, project, collector)),
        epub=EpubMeta(**form.epub.model_dump()),
        pdf=PdfMeta(**form.pdf.model_dump()),
    )


def _template(written: str, project: Project, collector: Collector) -> TemplateFile | None:
    """Return the deck's template, or None if there is none, after telling why it isn't read."""
    path = named_file(project, written, "deck.template", collector) if written else None
    if path is None:
        return None
    data = read_bytes(path, LARGEST_TEMPLATE)
    if len(data) > LARGEST_TEMPLATE:
        span = place_in_book(project, "deck.template")
        message = f"deck.template: {written!r} is larger than {LARGEST_TEMPLATE // 1_000_000} MB"
        collector.error(Code.FILE_TOO_LARGE, span, message, "delete its slides and make its pictures smaller")
        return None
    return TemplateFile(written, blake2b(data, digest_size=16).hexdigest(), path)


def _identifier(form: BookForm) -> str:
    """Return a name-based UUID (RFC 9562, version 5): the same for the same title and authors."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"mathbook:{form.title}:{','.join(form.authors)}").urn

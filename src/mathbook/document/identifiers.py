"""Identifiers of an edition's publications: each that says something else, or says it elsewhere, has one of its own."""

from __future__ import annotations

import uuid

from mathbook.document.edition import Edition


def edition_identifier(edition: Edition) -> str:
    """Return the identifier of what the edition says. The student's book has the one that book.yaml gives."""
    meta = edition.meta
    identifier = meta.identifier
    if edition.scope == "unit":
        identifier = derived(f"{meta.title}\n{identifier}\n{edition.units[0].id}")
    elif not identifier:
        identifier = derived("\n".join((meta.title, meta.subtitle, *meta.authors, meta.language)))
    return identifier if edition.audience == "student" else derived(f"{identifier}\n{edition.audience}")


def print_identifier(edition: Edition) -> str:
    """Return the identifier of the edition in print, which is another publication than the e-book."""
    return derived(f"{edition_identifier(edition)}\nprint\n{edition.meta.edition}\n{edition.meta.date}")


def derived(name: str) -> str:
    """Return the identifier that belongs to this name for ever (RFC 9562, version 5)."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn

"""Cross-references: `@eq:normal` becomes a link that reads "Equation 4.2"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from mathbook.diagnostics import Code, Collector, did_you_mean
from mathbook.document.book import Unit
from mathbook.document.edition import Label
from mathbook.document.nodes import Link, Ref, Text
from mathbook.document.walk import Spread, map_tree

SCHEMES = ("https", "http", "mailto", "tel", "doi", "urn", "ftp")
"""What a link may begin with that leads out of the book."""
_ANYWHERE = ("ex", "sec", "exr", "fig", "tbl", "lst", "eq")


def resolve_references(unit: Unit, labels: Mapping[str, Label], collector: Collector) -> Unit:
    """Return the unit with references and internal links pointing at units; missing ones are told to the collector."""

    def resolve(node: object) -> object:
        match node:
            case Ref():
                return _resolve_ref(node, labels, collector)
            case Link(target=target) if target.startswith("#"):
                return _resolve_link(node, labels, collector)
            case Link():
                return _usable(node, collector)
            case _:
                return node

    return replace(unit, title=map_tree(unit.title, resolve), blocks=map_tree(unit.blocks, resolve))


def _resolve_ref(ref: Ref, labels: Mapping[str, Label], collector: Collector) -> Link | Text:
    label = labels.get(ref.label)
    if label is None:
        hint = did_you_mean(ref.label, labels, "give the thing that is meant this id, as in {#" + ref.label + "}")
        collector.error(Code.REF_MISSING, ref.span, f"there is nothing with the id {ref.label!r} to refer to", hint)
        return Text(f"@{ref.label}", ref.span)
    text = label.number if ref.bare and label.number else label.text
    return Link((Text(text, ref.span),), f"#{label.anchor}", unit=label.unit, span=ref.span)


def _resolve_link(link: Link, labels: Mapping[str, Label], collector: Collector) -> Link:
    written = link.target.removeprefix("#")
    names = (written, *(f"{kind}:{written}" for kind in _ANYWHERE))
    label = next((labels[name] for name in names if name in labels), None)
    if label is None:
        message = f"the link leads to {link.target!r}, which is not there"
        collector.error(Code.REF_MISSING, link.span, message, did_you_mean(written, labels))
        return link
    return replace(link, target=f"#{label.anchor}", unit=label.unit)


def _usable(link: Link, collector: Collector) -> Link | Spread:
    """Return a link that leads out of the book; of others only the words stay, and that is told."""
    scheme = re.match(r"[A-Za-z][A-Za-z0-9+.-]*(?=:)", link.target)
    if scheme and scheme[0].lower() in SCHEMES:
        return link
    hint = "write an address that begins with https://, or #label for a place in the book"
    if link.target.startswith(("www.", "//")):
        hint = f"write https://{link.target.removeprefix('//')}"
    if scheme:
        message = f"the link leads to {link.target!r}, which is no address that readers should follow"
        collector.error(Code.LINK_UNUSABLE, link.span, message, hint)
    else:
        message = f"the link leads to a file, {link.target!r}, which readers don't have; its words stay"
        collector.warning(Code.LINK_UNUSABLE, link.span, message, hint)
    return Spread(link.children)

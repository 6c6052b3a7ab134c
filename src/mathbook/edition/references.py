"""Cross-references: `@eq:normal` becomes a link that reads "Equation 4.2"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from mathbook.diagnostics import Code, Collector, did_you_mean
from mathbook.document.book import Unit
from mathbook.document.edition import Label
from mathbook.document.nodes import Link, Ref, Text
from mathbook.document.walk import Spread, found_in, map_tree
from mathbook.edition.withheld import Withheld

SCHEMES = ("https", "http", "mailto", "tel", "doi", "urn", "ftp")
"""What a link may begin with that leads out of the book."""
_ANYWHERE = ("ex", "sec", "exr", "fig", "tbl", "lst", "eq")


def asked_labels(unit: Unit) -> tuple[str, ...]:
    """Return what the unit asks for by references (`eq:normal`) and by links (`#normal`), each once."""
    asked = (_asked(node) for node in found_in((unit.title, unit.blocks), Ref, Link))
    return tuple(dict.fromkeys(name for name in asked if name))


def _asked(node: Ref | Link) -> str:
    if isinstance(node, Ref):
        return node.label
    return node.target if node.target.startswith("#") else ""


def label_for(asked: str, labels: Mapping[str, Label]) -> Label | None:
    """Return the label that is asked for by a reference, or by a link, which may leave out its kind."""
    return next((labels[name] for name in _names(asked) if name in labels), None)


def _names(asked: str) -> tuple[str, ...]:
    written = asked.removeprefix("#")
    return (asked,) if written == asked else (written, *(f"{kind}:{written}" for kind in _ANYWHERE))


def resolve_references(unit: Unit, labels: Mapping[str, Label], withheld: Withheld, collector: Collector) -> Unit:
    """Return the unit with references and internal links pointing at units; missing ones are told to the collector."""
    if not found_in((unit.title, unit.blocks), Ref, Link):
        return unit

    def resolve(node: object) -> object:
        match node:
            case Ref():
                return _resolve_ref(node, labels, withheld, collector)
            case Link(target=target) if target.startswith("#"):
                return _resolve_link(node, labels, withheld, collector)
            case Link():
                return _usable(node, collector)
            case _:
                return node

    return replace(unit, title=map_tree(unit.title, resolve), blocks=map_tree(unit.blocks, resolve))


def _resolve_ref(ref: Ref, labels: Mapping[str, Label], withheld: Withheld, collector: Collector) -> Link | Text:
    label = label_for(ref.label, labels)
    if label is None:
        hint = did_you_mean(ref.label, labels, "give the thing that is meant this id, as in {#" + ref.label + "}")
        message = f"there is nothing with the id {ref.label!r} to refer to"
        if told := withheld.told(_names(ref.label)):
            message, hint = f"{ref.label!r} {told[0]}", told[1]
        collector.error(Code.REF_MISSING, ref.span, message, hint)
        return Text(f"@{ref.label}", ref.span)
    text = label.number if ref.bare and label.number else label.text
    return Link((Text(text, ref.span),), f"#{label.anchor}", unit=label.unit, span=ref.span)


def _resolve_link(link: Link, labels: Mapping[str, Label], withheld: Withheld, collector: Collector) -> Link:
    label = label_for(link.target, labels)
    if label is None:
        message = f"the link leads to {link.target!r}, which is not there"
        hint = did_you_mean(link.target.removeprefix("#"), labels)
        if told := withheld.told(_names(link.target)):
            message, hint = f"{link.target!r} {told[0]}", told[1]
        collector.error(Code.REF_MISSING, link.span, message, hint)
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

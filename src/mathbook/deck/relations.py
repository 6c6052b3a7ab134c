"""Relationships between a package's parts, as XML (ECMA-376 part 2, 9.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from mathbook.deck.xml import DECLARATION, attribute

Relation: TypeAlias = tuple[str, str, str]
"""Its id, its kind, and its target relative to the part."""

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = {
    "core": f"{PACKAGE}/relationships/metadata/core-properties",
    **{
        kind: f"{_OFFICE}/{name}"
        for kind, name in {
            "app": "extended-properties",
            "custom-properties": "custom-properties",
            "custom-xml": "customXml",
            "document": "officeDocument",
            "master": "slideMaster",
            "layout": "slideLayout",
            "theme": "theme",
            "slide": "slide",
            "notes": "notesSlide",
            "notes-master": "notesMaster",
            "properties": "presProps",
            "view": "viewProps",
            "table-styles": "tableStyles",
            "image": "image",
            "hyperlink": "hyperlink",
        }.items()
    },
}


def relations_of(part: str) -> str:
    """Return the name of the part's relationships; the package's own for no part."""
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"


def relations_xml(relations: Iterable[Relation]) -> str:
    """Return the relationships as a part."""
    return wrapped(items_xml(relations))


def items_xml(relations: Iterable[Relation]) -> str:
    """Return the relationships as XML."""
    return "".join(_relation(*relation) for relation in relations)


def slides_xml(slides: int, first: int) -> str:
    """Return the relationships to so many slides, numbered from `first`: nothing in them is to be escaped."""
    kind = KINDS["slide"]
    return "".join(
        f'<Relationship Id="rId{first + at}" Type="{kind}" Target="slides/slide{at + 1}.xml"/>' for at in range(slides)
    )


def wrapped(items: str) -> str:
    """Return the part that holds relationships which are XML already."""
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def _relation(identifier: str, kind: str, target: str) -> str:
    mode = ' TargetMode="External"' if kind == "hyperlink" else ""
    return f'<Relationship Id="{identifier}" Type="{KINDS[kind]}" Target={attribute(target)}{mode}/>'

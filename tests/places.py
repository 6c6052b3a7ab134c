"""Trees compared with the places where their nodes were written, which the equality of nodes leaves out."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

from mathbook.document.picture_file import PictureFile


def with_places(value: Any) -> Any:
    """Return the value in a form that shows spans, too. Nodes that are kept are as good as a plain tuple of them, and a
    picture's file as its bytes.
    """
    if isinstance(value, tuple):
        return ["tuple", *map(with_places, value)]
    if isinstance(value, list):
        return ["list", *map(with_places, value)]
    if isinstance(value, PictureFile):
        return with_places(value.read())
    if is_dataclass(value):
        return [type(value).__name__, *(with_places(getattr(value, one.name)) for one in fields(value))]
    return (type(value).__name__, value)

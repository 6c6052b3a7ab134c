"""JSON Schemas for editors, from the very models that check the files."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from mathbook.source.forms import BookForm, FrontMatterForm, SeedForm

_FORMS: dict[str, type[BaseModel]] = {"book": BookForm, "front-matter": FrontMatterForm, "seed": SeedForm}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas of what an author writes in YAML, by name. (A theme's is the theme room's.)"""
    return {
        name: {"$schema": "https://json-schema.org/draft/2020-12/schema", **form.model_json_schema()}
        for name, form in _FORMS.items()
    }

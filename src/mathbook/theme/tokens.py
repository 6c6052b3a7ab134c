"""What a theme.yaml may say: the design tokens, as pydantic models (their JSON Schema is `mathbook schema`'s)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$", description="A colour as #rrggbb.")]


class _Tokens(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColourTokens(_Tokens):
    """The colours; text colours are checked against their grounds."""

    text: Colour
    background: Colour
    muted: Colour
    accent: Colour
    on_accent: Colour
    accent2: Colour
    surface: Colour
    rule: Colour
    link: Colour
    warning: Colour
    code_keyword: Colour
    code_string: Colour
    code_comment: Colour
    code_number: Colour
    code_name: Colour


class FaceTokens(_Tokens):
    """One font file, in the theme's own folder or among the fonts that come with mathbook."""

    file: str
    weight: Annotated[int, Field(ge=100, le=900)] = 400
    style: Literal["normal", "italic"] = "normal"


class FamilyTokens(_Tokens):
    """A font family: its name, what stands in for it, its files and their licence."""

    name: str
    fallback: tuple[str, ...] = ()
    faces: Annotated[tuple[FaceTokens, ...], Field(min_length=1)]
    licence: str = ""


class FontTokens(_Tokens):
    """The families of print and e-book."""

    body: FamilyTokens
    heading: FamilyTokens
    code: FamilyTokens
    math: FamilyTokens


class DeckSizes(_Tokens):
    """The deck's families and sizes in points. Body text is never under 18, captions and notes never under 12."""

    heading: FamilyTokens
    body: FamilyTokens
    code: FamilyTokens
    title_size: Annotated[float, Field(ge=20, le=60)] = 30
    body_steps: Annotated[tuple[Annotated[float, Field(ge=18, le=40)], ...], Field(min_length=1, max_length=3)] = (
        22,
        20,
        18,
    )
    caption_size: Annotated[float, Field(ge=12, le=24)] = 14
    notes_size: Annotated[float, Field(ge=12, le=24)] = 12


class ThemeFile(_Tokens):
    """A theme.yaml."""

    title: str
    colours: ColourTokens
    fonts: FontTokens
    deck: DeckSizes
    body_size: Annotated[float, Field(ge=7, le=24, description="Size of the body text in points.")] = 10.5
    line_height: Annotated[float, Field(ge=1, le=2.5, description="Line height, in body sizes.")] = 1.4

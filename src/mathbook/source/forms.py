"""What may stand in book.yaml, in an example's front matter and in a seed record, as pydantic models."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from mathbook.document.book import Audience, OutputName


class Record(BaseModel):
    """A record: no key but those named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _iso_date(text: str) -> str:
    try:
        if date.fromisoformat(text).isoformat() != text:
            raise ValueError
    except ValueError:
        raise ValueError(f"must be a date such as 2026-11-23, not {text!r}") from None
    return text


def _language(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise ValueError(f"must be a language tag such as en or pt-BR, not {text!r}")
    return text


def _name(text: str) -> str:
    if not re.fullmatch(r"[^\W_][\w.-]*", text):
        raise ValueError("must begin with a letter or digit and go on with letters, digits, '-', '_' and '.'")
    return text


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _seconds(value: Any) -> Any:
    """Return seconds of `5610` or `1:33:30`."""
    if not isinstance(value, str):
        return value
    if not re.fullmatch(r"\d{1,7}(:[0-5]?\d){0,2}", value):
        raise ValueError("must be seconds, or a time such as 1:33:30")
    total = 0
    for part in value.split(":"):
        total = total * 60 + int(part)
    return total


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise ValueError("must be a web address that begins with https:// or http://")
    return text


def _macros(macros: dict[str, str]) -> dict[str, str]:
    for name in macros:
        if not re.fullmatch(r"\\?[A-Za-z]+", name):
            raise ValueError(f"must have names of letters only, such as R or \\R, not {name!r}")
    return macros


Date = Annotated[str, AfterValidator(_iso_date)]
Name = Annotated[str, AfterValidator(_name)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list)]


class DeckForm(Record):
    """`deck:` in book.yaml."""

    aspect: Literal["16:9", "4:3"] = "16:9"
    math: Literal["native", "compatible"] = "native"
    template: Annotated[str, Field(description="A .pptx or .potx in manuscript/: its layouts are used.")] = ""


class EpubForm(Record):
    """`epub:` in book.yaml."""

    math: Literal["mathml", "svg", "both"] = "mathml"


class PdfForm(Record):
    """`pdf:` in book.yaml."""

    sides: Annotated[
        Literal["single", "double"],
        Field(description="`double` mirrors margins and running heads, for sheets that are printed on both sides."),
    ] = "single"
    standard: Annotated[
        Literal["ua-1", "ua-2", "a-3a"],
        Field(
            description="`ua-2` is PDF 2.0, with the MathML of each formula; `a-3a` is PDF/A-3a, for archives: it is "
            "PDF/UA-1 too."
        ),
    ] = "ua-1"


class BookForm(Record):
    """manuscript/book.yaml."""

    title: Annotated[str, Field(min_length=1, description="The book's title.")]
    subtitle: str = ""
    authors: Texts = ()
    language: Annotated[str, AfterValidator(_language)] = "en"
    edition: str = "1"
    date: Date = "1980-01-01"
    licence: str = ""
    identifier: str = Field("", description="An URN, ISBN or DOI; made from title and authors if it isn't given.")
    theme: str = "lecture"
    paper: Literal["A4", "Letter"] = "A4"
    outputs: tuple[OutputName, ...] = ("pdf", "epub", "deck")
    audiences: tuple[Audience, ...] = ("student", "instructor")
    solutions: Literal["instructor", "everyone"] = "instructor"
    numbering: Literal["identity", "position"] = "identity"
    bibliography: Texts = ()
    csl: str = Field("", description="A citation style in the project.")
    macros: Annotated[dict[str, str], AfterValidator(_macros), Field(description="LaTeX macros: name to body.")] = {}
    deck: DeckForm = DeckForm()
    epub: EpubForm = EpubForm()
    pdf: PdfForm = PdfForm()


class FrontMatterForm(Record):
    """What stands between --- and --- at the head of a file of the manuscript."""

    id: Name | None = None
    title: str = ""
    number: Annotated[int, Field(ge=0)] | None = None
    seed: str = ""
    topics: Texts = ()
    prerequisites: Texts = ()
    added: Date = ""
    revised: Date = ""
    revision: str = ""
    minutes: Annotated[int, Field(ge=0, le=600)] = 0
    summary: str = ""


class SeedForm(Record):
    """A record in seeds/: what an example rests on."""

    id: Name | None = Field(None, description="What examples name; the file's name without its number if not given.")
    title: str
    who: str
    where: str
    claims: str = Field(description="What is claimed, in the book's own words.")
    when: str = ""
    link: Annotated[str, AfterValidator(_web_address)] = ""
    start: Annotated[int, BeforeValidator(_seconds), Field(ge=0, description="Seconds, or 1:33:30.")] = 0
    rights: str = ""
    provenance: str = ""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas of what an author writes in YAML, by name. (A theme's is the theme room's.)"""
    forms: dict[str, type[BaseModel]] = {"book": BookForm, "front-matter": FrontMatterForm, "seed": SeedForm}
    return {name: form.model_json_schema() for name, form in forms.items()}

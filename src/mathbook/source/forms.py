"""What may stand in book.yaml, in an example's front matter and in a seed record, as pydantic models."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from mathbook.document.addresses import as_uri
from mathbook.document.book import Audience, OutputName

T = TypeVar("T")

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Record(BaseModel):
    """A record: no key but those named. What checks it is made when the first one is checked."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


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
    text = unicodedata.normalize("NFC", text)
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
    return as_uri(text)


def _each_once(names: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(names))


def _macros(macros: dict[str, str]) -> dict[str, str]:
    for name in macros:
        if not re.fullmatch(r"\\?[A-Za-z]+", name):
            raise ValueError(f"must have names of letters only, such as R or \\R, not {name!r}")
    return macros


def _written(pattern: str) -> Any:
    """Return what a schema says of text that must look like this."""
    return WithJsonSchema({"type": "string", "pattern": pattern})


Date = Annotated[str, AfterValidator(_iso_date), _written(r"^\d{4}-\d{2}-\d{2}$")]
Language = Annotated[str, AfterValidator(_language), _written(r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Address = Annotated[str, AfterValidator(_web_address), _written(r"^https?://\S+$")]
Name = Annotated[str, AfterValidator(_name)]
Texts = Annotated[tuple[str, ...], BeforeValidator(_as_list, json_schema_input_type=str | tuple[str, ...])]
Seconds = Annotated[int, Field(ge=0), BeforeValidator(_seconds, json_schema_input_type=int | str)]


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

    title: str = Field(min_length=1, description="The book's title.")
    subtitle: str = Field(default="", description="What stands below the title.")
    authors: Texts = Field(default=(), description="A list of names, or one name.")
    language: Language = Field(default="en", description="A language tag such as de or pt-BR.")
    edition: str = Field(default="1", description="The edition's name; it is text: 2.10 stays 2.10.")
    date: Date = Field(default="1980-01-01", description="The edition's date, as 2026-11-23.")
    licence: str = Field(default="", description="The licence, as it is to be printed.")
    identifier: str = Field(
        default="", description="An URN, ISBN or DOI; made from title and authors if it isn't given."
    )
    theme: str = Field(default="lecture", description="One of `mathbook themes`, or a folder in themes/.")
    paper: Literal["A4", "Letter"] = Field(default="A4", description="The PDF's paper.")
    outputs: Annotated[tuple[OutputName, ...], AfterValidator(_each_once)] = Field(
        default=("pdf", "epub", "deck"), min_length=1, description="Which formats are made."
    )
    audiences: Annotated[tuple[Audience, ...], AfterValidator(_each_once)] = Field(
        default=("student", "instructor"), min_length=1, description="For whom they are made."
    )
    solutions: Literal["instructor", "everyone"] = Field(default="instructor", description="Who is shown solutions.")
    numbering: Literal["identity", "position"] = Field(
        default="identity",
        description="`identity`: an example keeps its number for ever. `position`: they are counted anew.",
    )
    bibliography: Texts = Field(default=(), description="BibTeX, CSL-JSON or CSL's records in YAML, in manuscript/.")
    csl: str = Field(default="", description="A citation style in the project.")
    macros: Annotated[dict[str, str], AfterValidator(_macros)] = Field(
        default={}, description="LaTeX macros: name to body."
    )
    deck: DeckForm = DeckForm()
    epub: EpubForm = EpubForm()
    pdf: PdfForm = PdfForm()


class FrontMatterForm(Record):
    """What stands between --- and --- at the head of a file of the manuscript."""

    id: Name | None = Field(
        default=None, description="The name that never changes; the file's without its number if not given."
    )
    title: str = Field(default="", description="The title, in Markdown; a `# ` heading in the text wins over it.")
    number: Annotated[int, Field(ge=0)] | None = Field(default=None, description="The example's number, for ever.")
    seed: str = Field(default="", description="The id of the record in seeds/.")
    topics: Texts = Field(default=(), description="What it is about.")
    prerequisites: Texts = Field(default=(), description="What readers should know.")
    added: Date = Field(default="", description="When it came into the book, as 2026-11-23.")
    revised: Date = Field(default="", description="When it was last revised, as 2026-11-23.")
    revision: str = Field(default="", description="What the last revision changed, in a sentence for readers.")
    minutes: Annotated[int, Field(ge=0, le=600)] = Field(default=0, description="Talk time in minutes.")
    summary: str = Field(default="", description="One or two sentences.")


class SeedForm(Record):
    """A record in seeds/: what an example rests on."""

    id: Name | None = Field(
        default=None, description="What examples name; the file's name without its number if not given."
    )
    title: str = Field(description="What it is called.")
    who: str = Field(description="Who says it.")
    where: str = Field(description="Where it is said: the talk, the thread, the paper.")
    claims: str = Field(description="What is claimed, in the book's own words.")
    when: str = Field(default="", description="When it was said.")
    link: Address = Field(default="", description="Where it can be heard or read.")
    start: Seconds = Field(default=0, description="Where in the recording: seconds, or 1:33:30.")
    rights: str = Field(default="", description="Whose it is, and what may be done with it.")
    provenance: str = Field(default="", description="How it came to us.")


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schemas of what an author writes in YAML, by name. (A theme's is the theme room's.)"""
    forms: dict[str, type[BaseModel]] = {"book": BookForm, "front-matter": FrontMatterForm, "seed": SeedForm}
    return {name: {"$schema": DIALECT, **_as_read(form.model_json_schema())} for name, form in forms.items()}


def _as_read(schema: Any) -> Any:
    """Return the schema with numbers and truth values allowed where text is wanted: `edition: 2` is read as text."""
    if isinstance(schema, list):
        return [_as_read(member) for member in schema]
    if not isinstance(schema, dict):
        return schema
    free = schema.get("type") == "string" and not schema.keys() & {"enum", "const", "pattern"}
    inner = {key: value if key == "default" else _as_read(value) for key, value in schema.items()}
    return {**inner, "type": ["string", "number", "boolean"]} if free else inner

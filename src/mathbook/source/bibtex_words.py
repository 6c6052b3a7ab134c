"""What BibTeX's fields say: LaTeX's accents as letters, names in their parts, types and fields as CSL calls them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    '"': "\u0308",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "k": "\u0328",
    "r": "\u030a",
    "d": "\u0323",
}
_LETTERS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "i",
    "j": "j",
    "dh": "ð",
    "th": "þ",
    "dj": "đ",
    "DJ": "Đ",
    "textendash": "–",
    "textemdash": "—",
}
_ACCENT = re.compile(
    r"""\\(?:(?P<sign>['`^"~=.])\s*|(?P<word>[uvHckrd])(?:\s+|(?=\{)))(?:\{(?P<in>\\?\w)\}|(?P<one>\\?\w))"""
)
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?![A-Za-z])(?:\{{\}}|\s+(?=\w))?\s?")
_ITALIC = re.compile(r"\\(?:emph|textit|textsl)\{([^{}]*)\}")
_TYPES = {
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "booklet": "pamphlet",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "manual": "book",
    "conference": "paper-conference",
    "proceedings": "book",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "unpublished": "manuscript",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "misc": "document",
    "dataset": "dataset",
    "software": "software",
    "video": "motion_picture",
    "patent": "patent",
}
_FIELDS = {
    "title": "title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "volume": "volume",
    "booktitle": "container-title",
    "series": "collection-title",
    "publisher": "publisher",
    "pages": "page",
    "institution": "publisher",
    "organization": "publisher",
    "school": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "edition": "edition",
    "chapter": "chapter-number",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "note": "note",
    "howpublished": "note",
    "type": "genre",
    "version": "version",
}
_THESES = {"mastersthesis": "Master’s thesis", "phdthesis": "PhD thesis"}


def csl_record(kind: str, key: str, fields: dict[str, str]) -> dict[str, Any]:
    """Return the entry as a record of CSL's data model."""
    record: dict[str, Any] = {"id": key, "type": _TYPES.get(kind, "document")}
    if kind in _THESES:
        record["genre"] = _THESES[kind]
    for name, value in fields.items():
        if name in _FIELDS:
            record[_FIELDS[name]] = value if name in ("url", "doi") else words(value)
    if number := fields.get("number"):
        record["issue" if "journal" in fields or "journaltitle" in fields else "number"] = words(number)
    for role in ("author", "editor", "translator"):
        if role in fields:
            record[role] = [_person(name) for name in _names(fields[role]) if name != "others"]
    if "page" in record:
        record["page"] = re.sub(r"[-–]+", "-", record["page"])
    if date := _date(fields):
        record["issued"] = date
    if accessed := fields.get("urldate"):
        record["accessed"] = accessed
    return record


def words(value: str) -> str:
    """Return the words of a field: accents and dashes as letters, groups without their braces, emphasis as <i>.

    What stands between dollars stays as it is.
    """
    parts = re.split(r"(?<!\\)(\$[^$]*\$)", value)
    return "".join(part if at % 2 else _plain(part) for at, part in enumerate(parts))


def _plain(text: str) -> str:
    text = _ACCENT.sub(_accented, text)
    text = _LETTER.sub(lambda match: _LETTERS[match[1]], text)
    text = _ITALIC.sub(r"<i>\1</i>", text)
    text = text.replace("---", "—").replace("--", "–").replace("``", "“").replace("''", "”").replace("~", "\u00a0")
    text = re.sub(r"\\([&%_#$ ])", r"\1", text)
    return re.sub(r"\\[A-Za-z]+\s*|[{}]", "", text)


def _accented(match: re.Match[str]) -> str:
    letter = (match["in"] or match["one"]).removeprefix("\\")
    return unicodedata.normalize("NFC", letter + _ACCENTS[match["sign"] or match["word"]])


def _names(value: str) -> list[str]:
    """Return the names, parted by `and` outside of braces."""
    return [name.strip() for name in _split(value, r"\s+and\s+") if name.strip()]


def _split(value: str, separator: str) -> list[str]:
    """Return the parts of the value between separators that stand in no braces."""
    parts, last, depth = [], 0, 0
    for match in re.finditer(rf"[{{}}]|{separator}", value):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            parts.append(value[last : match.start()])
            last = match.end()
    return [*parts, value[last:]]


def _person(name: str) -> dict[str, str]:
    """Return a name's parts (BibTeXing, section 4): "First von Last", "von Last, First", "von Last, Jr, First"."""
    if name.startswith("{") and name.endswith("}") and "{" not in name[1:]:
        return {"literal": words(name)}
    parts = [part.strip() for part in _split(name, ",")]
    if len(parts) == 1:
        given, last = _first_and_last(_split(parts[0], r"\s+"))
    else:
        given, last = parts[-1], parts[0]
    particle, family = _von(_split(last, r"\s+"))
    suffix = parts[1] if len(parts) > 2 else ""
    return {
        "family": words(family),
        "given": words(given),
        "non-dropping-particle": words(particle),
        "suffix": words(suffix),
    }


def _first_and_last(tokens: list[str]) -> tuple[str, str]:
    """Return the given names, and the rest from the first word in small letters on, or the last word alone."""
    small = next((at for at, word in enumerate(tokens[:-1]) if word[:1].islower()), len(tokens) - 1)
    return " ".join(tokens[:small]), " ".join(tokens[small:])


def _von(tokens: list[str]) -> tuple[str, str]:
    last_small = max((at for at, word in enumerate(tokens[:-1]) if word[:1].islower()), default=-1)
    return " ".join(tokens[: last_small + 1]), " ".join(tokens[last_small + 1 :])


def _date(fields: dict[str, str]) -> str:
    if date := fields.get("date"):
        return date
    year, month = fields.get("year", ""), fields.get("month", "")
    return f"{year}-{int(month):02}" if year.isdigit() and month.isdigit() else words(year)

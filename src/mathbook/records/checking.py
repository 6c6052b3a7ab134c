"""A record against its model: every fault told, in the author's words, where it stands."""

from __future__ import annotations

import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mathbook.diagnostics import Code, Collector, did_you_mean
from mathbook.records.marks import Marks, Path

M = TypeVar("M", bound=BaseModel)

_MOST_SHOWN = 60
_WANTED = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be keys with values",
    "model_type": "must be keys with values",
    "model_attributes_type": "must be keys with values",
    "string_pattern_mismatch": "is not written as it must be",
}
"""What pydantic's kinds of errors are called here."""


def check(data: Any, marks: Marks, model: type[M], file: str, collector: Collector) -> M | None:
    """Return the record as the model, or None after each fault was told at its place."""
    if not isinstance(data, dict):
        message = f"{file} must hold keys with values, as in `title: …`, not {_kind_of(data)}"
        collector.error(Code.YAML_WRONG_TYPE, marks.of_value(()), message)
        return None
    try:
        return model.model_validate(_as_text_where_wanted(_without_nothings(data), marks, model))
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            _tell(fault, marks, model, collector)
        return None


def salvaged(data: Any, marks: Marks, model: type[M]) -> M | None:
    """Return the model of the keys that are sound, so that one wrong key has no other mistakes in its wake.

    None if a key that is needed is not among them.
    """
    if not isinstance(data, dict):
        return None
    wanted = _as_text_where_wanted(_without_nothings(data), marks, model)
    try:
        return model.model_validate(wanted)
    except ValidationError as error:
        faulty = {fault["loc"][0] for fault in error.errors(include_url=False)}
    try:
        return model.model_validate({key: value for key, value in wanted.items() if key not in faulty})
    except ValidationError:
        return None


def _without_nothings(data: Any) -> Any:
    """Return the data without the keys that have no value: `seed:` says no more than nothing."""
    if isinstance(data, dict):
        return {key: _without_nothings(value) for key, value in data.items() if value is not None}
    return [_without_nothings(member) for member in data] if isinstance(data, list) else data


def _as_text_where_wanted(data: Any, marks: Marks, model: type[BaseModel]) -> Any:
    """Return the data with scalars as they were written where the model asks for text: `edition: 2.10` is "2.10"."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            path = marks.known(tuple(fault["loc"]))
            if fault["type"] == "string_type" and path in marks.written and fault["input"] is not None:
                data = _replaced(data, path, marks.written[path])
    return data


def _replaced(data: Any, path: Path, text: str) -> Any:
    """Return the data with the text at the path."""
    if not path:
        return text
    if isinstance(data, dict):
        return {key: _replaced(value, path[1:], text) if key == path[0] else value for key, value in data.items()}
    if isinstance(data, list):
        return [_replaced(member, path[1:], text) if at == path[0] else member for at, member in enumerate(data)]
    return text


def _tell(fault: Any, marks: Marks, model: type[BaseModel], collector: Collector) -> None:
    path: Path = tuple(fault["loc"])
    match fault["type"]:
        case "extra_forbidden":
            known = _keys_of(model, path[:-1])
            hint = did_you_mean(str(path[-1]), known, f"known here: {', '.join(known)}")
            collector.error(Code.YAML_UNKNOWN_KEY, marks.of_key(path), f"unknown key {path[-1]!r}", hint)
        case "missing":
            collector.error(Code.YAML_MISSING_KEY, marks.of_value(path[:-1]), f"the key {_named(path)!r} is missing")
        case _:
            place = marks.known(path)
            message = f"{_named(place)} {_complaint(fault)}"
            collector.error(Code.YAML_WRONG_TYPE, marks.of_value(place), message, _hint(fault))


def _named(path: Path) -> str:
    """Return the path in words: `topics, item 2`, `deck.aspect`."""
    name = ""
    for part in path:
        name += f", item {part + 1}" if isinstance(part, int) else f".{part}" if name else part
    return name


def _complaint(fault: Any) -> str:
    """Return what is wrong with a value, as the rest of a sentence that its name begins."""
    kind, context, given = fault["type"], fault.get("ctx", {}), fault.get("input")
    match kind:
        case "value_error":
            return str(context["error"])
        case "string_too_short" | "too_short":
            return "must not be empty"
        case "literal_error":
            return f"must be {context['expected']}, not {_shown(given)}"
        case "greater_than_equal":
            return f"must be {context['ge']} or more, not {_shown(given)}"
        case "less_than_equal":
            return f"must be {context['le']} or less, not {_shown(given)}"
        case _:
            return f"{_WANTED.get(kind, 'is wrong: ' + fault['msg'].lower())}, not {_shown(given)}"


def _hint(fault: Any) -> str:
    """Return the allowed value nearest to what was given, for what has allowed values."""
    allowed = str(fault.get("ctx", {}).get("expected", "")).replace(" or ", ", ")
    return did_you_mean(str(fault.get("input")), [word.strip("'") for word in allowed.split(", ")]) if allowed else ""


def _shown(given: Any) -> str:
    if isinstance(given, str | int | float) and not isinstance(given, bool) and given != "":
        return repr(given) if len(repr(given)) <= _MOST_SHOWN else "what is there"
    return _kind_of(given)


def _kind_of(given: Any) -> str:
    match given:
        case None | "":
            return "nothing"
        case bool():
            return "true" if given else "false"
        case list() | tuple():
            return "a list"
        case dict():
            return "keys with values"
        case str():
            return "text"
        case _:
            return "a number"


def _keys_of(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that are known at the path."""
    found: Any = model
    for part in path:
        fields = getattr(found, "model_fields", {})
        if isinstance(part, str):
            found = _model_in(fields[part].annotation) if part in fields else None
    return list(getattr(found, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    """Return the model in an annotation such as `Deck | None` or `tuple[Face, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)

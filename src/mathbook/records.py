"""YAML records: read without surprises, checked against a model, every fault at its line and column."""

from __future__ import annotations

import typing
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from mathbook.diagnostics import Code, Collector, Span, did_you_mean

LARGEST = 1_000_000
"""Characters of YAML that are read."""

Path = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Marks:
    """Where each key and each value stands: their paths with their spans."""

    file: str
    keys: dict[Path, Span]
    values: dict[Path, Span]

    def of_key(self, path: Path) -> Span:
        """Return the span of a key, or of what holds it if the key isn't there."""
        return self.keys.get(path) or self.of_value(path)

    def of_value(self, path: Path) -> Span:
        """Return the span of a value, or of what holds it if it isn't there."""
        while path not in self.values and path:
            path = path[:-1]
        return self.values.get(path, Span(self.file))


class _Fault(Exception):
    """The YAML has something that isn't read."""

    def __init__(self, mark: yaml.Mark, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.message, self.hint = mark, message, hint


def load_yaml(text: str, file: str, collector: Collector, line_offset: int = 0) -> tuple[Any, Marks] | None:
    """Return plain data (mappings, lists, text, numbers, true and false) and its marks, or None after telling why.

    Only `true` and `false` are truth values, only plain decimal numbers are numbers; `no`, `1:30`, `010` and dates stay
    text. Aliases, anchors, tags, merges and duplicate keys are refused. `line_offset` is added to each line.
    """
    marks = Marks(file, {}, {})
    try:
        if len(text) > LARGEST:
            raise _Fault(yaml.Mark(file, 0, 0, 0, None, 0), f"the record has more than {LARGEST} characters", "")
        return _Reader(marks, line_offset).read(text), marks
    except _Fault as fault:
        collector.error(Code.YAML_SYNTAX, _span(file, fault.mark, line_offset), fault.message, fault.hint)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        collector.error(Code.YAML_SYNTAX, Span(file, line + line_offset), f"the YAML can't be read: {error.reason}")
    except yaml.MarkedYAMLError as error:
        _tell_syntax(error, text, file, collector, line_offset)
    except RecursionError:
        collector.error(Code.YAML_SYNTAX, Span(file, 1 + line_offset), "the YAML is nested too deep")
    return None


def _tell_syntax(error: yaml.MarkedYAMLError, text: str, file: str, collector: Collector, offset: int) -> None:
    mark = error.problem_mark or error.context_mark
    span = _span(file, mark, offset) if mark else Span(file, 1 + offset)
    if (
        mark
        and "\t" in (text.splitlines() or [""])[min(mark.line, max(len(text.splitlines()) - 1, 0))][: mark.column + 1]
    ):
        collector.error(Code.YAML_SYNTAX, span, "a tab stands where YAML wants spaces", "put spaces in its place")
        return
    words = " ".join(part for part in (error.context, error.problem) if part)
    collector.error(
        Code.YAML_SYNTAX, span, f"the YAML can't be read: {words}", "look at the indents, colons and quotes"
    )


def _span(file: str, mark: yaml.Mark, offset: int) -> Span:
    return Span(file, mark.line + 1 + offset, mark.column + 1)


class _Reader:
    """Goes through YAML's nodes, and notes where each thing stands."""

    def __init__(self, marks: Marks, offset: int) -> None:
        self._marks = marks
        self._offset = offset

    def read(self, text: str) -> Any:
        """Return the data of the only document (an empty text is an empty mapping)."""
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                raise _Fault(token.start_mark, "anchors, aliases and tags are not read", "write the value out")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        return {} if node is None else self._value(node, ())

    def _value(self, node: yaml.Node, path: Path) -> Any:
        self._marks.values[path] = _span(self._marks.file, node.start_mark, self._offset)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(member, (*path, at)) for at, member in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                raise _Fault(key_node.start_mark, "a key must be a word", "merges (<<) are not read")
            key = str(key_node.value)
            if key in made:
                first = self._marks.keys[(*path, key)].line
                raise _Fault(key_node.start_mark, f"the key {key!r} is there twice", f"the first is in line {first}")
            self._marks.keys[(*path, key)] = _span(self._marks.file, key_node.start_mark, self._offset)
            made[key] = self._value(value_node, (*path, key))
        return made


def _scalar(node: yaml.Node) -> str | int | float | bool | None:
    """Return a plain scalar's value; what is in quotes is text."""
    text = str(node.value)
    if getattr(node, "style", None) is not None:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    digits = text.removeprefix("-")
    if digits.isascii() and digits.isdigit() and (digits == "0" or digits[0] != "0") and len(digits) < 19:
        return int(text)
    whole, point, part = digits.partition(".")
    if point and whole.isdigit() and part.isdigit() and digits.isascii():
        return float(text)
    return text


def check(data: Any, marks: Marks, model: type[M], file: str, collector: Collector) -> M | None:
    """Return the record as the model, or None after each fault was told at its place."""
    if not isinstance(data, dict):
        collector.error(
            Code.YAML_WRONG_TYPE, marks.of_value(()), "the record must be keys with values, as in `title: …`"
        )
        return None
    try:
        return model.model_validate(_as_wanted(data, model))
    except ValidationError as error:
        for fault in error.errors(include_url=False, include_context=True):
            _tell(fault, marks, model, collector)
        return None


def _tell(fault: Any, marks: Marks, model: type[BaseModel], collector: Collector) -> None:
    path: Path = tuple(fault["loc"])
    name = ".".join(str(part) for part in path)
    match fault["type"]:
        case "extra_forbidden":
            hint = did_you_mean(str(path[-1]), _keys_of(model, path[:-1]), _known(model, path[:-1]))
            collector.error(Code.YAML_UNKNOWN_KEY, marks.of_key(path), f"unknown key {path[-1]!r}", hint)
        case "missing":
            collector.error(Code.YAML_MISSING_KEY, marks.of_value(path[:-1]), f"the key {name!r} is missing")
        case _:
            said = _plain_words(fault)
            collector.error(Code.YAML_WRONG_TYPE, marks.of_value(path), f"{name} {said}", _given(fault))


def _plain_words(fault: Any) -> str:
    """Return pydantic's complaint in an author's words."""
    kind, context = fault["type"], fault.get("ctx", {})
    match kind:
        case "string_type":
            return "must be text"
        case "int_type" | "int_parsing" | "int_from_float":
            return "must be a whole number"
        case "float_type" | "float_parsing":
            return "must be a number"
        case "bool_type" | "bool_parsing":
            return "must be true or false"
        case "list_type" | "tuple_type":
            return "must be a list"
        case "dict_type" | "model_type" | "model_attributes_type":
            return "must be keys with values"
        case "literal_error":
            return f"must be {context.get('expected', 'one of the allowed values')}"
        case "string_pattern_mismatch":
            return "is not written as it must be"
        case "value_error":
            return str(context.get("error", fault["msg"]))
        case _:
            return f"is wrong: {fault['msg'].lower()}"


def _given(fault: Any) -> str:
    given = fault.get("input")
    shown = repr(given) if isinstance(given, str | int | float | bool) else type(given).__name__.replace("dict", "keys")
    return f"it is {shown}" if len(shown) < 60 else ""


def _keys_of(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys that are known at the path."""
    found: Any = model
    for part in path:
        fields = getattr(found, "model_fields", {})
        found = _model_in(fields[part].annotation) if part in fields else None
    return list(getattr(found, "model_fields", {}))


def _known(model: type[BaseModel], path: Path) -> str:
    keys = _keys_of(model, path)
    return f"known here: {', '.join(keys)}" if keys else ""


def _model_in(annotation: Any) -> Any:
    """Return the model in an annotation such as `Deck | None` or `tuple[Face, ...]`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)


def _as_wanted(data: Any, model: type[BaseModel]) -> Any:
    """Return the data with numbers as text where the model wants text: `edition: 2` and `date: 2026` are text."""
    made = dict(data)
    for name, field in model.model_fields.items():
        value = made.get(name)
        if value is None and name in made:
            del made[name]
        elif field.annotation is str and isinstance(value, int | float) and not isinstance(value, bool):
            made[name] = str(value)
        elif isinstance(value, dict) and (inner := _model_in(field.annotation)):
            made[name] = _as_wanted(value, inner)
    return made

"""YAML to plain data, with no more of YAML than an author expects."""

from __future__ import annotations

import re
from typing import Any

import yaml

from mathbook.diagnostics import Code, Collector, Span
from mathbook.records.marks import Marks, Path

LARGEST = 1_000_000
"""Characters of YAML that are read."""

DEEPEST = 20
"""Levels of lists and mappings that are read."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")


class _Fault(Exception):
    """The YAML has something that isn't read."""

    def __init__(self, mark: Any, message: str, hint: str) -> None:
        super().__init__(message)
        self.mark, self.message, self.hint = mark, message, hint


class _Loader(yaml.SafeLoader):
    """Composes nodes; refuses what makes one thing stand in two places, or more than it shows."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node. Raises _Fault for aliases, anchors, tags and what is nested too deep."""
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if isinstance(event, yaml.AliasEvent) or event.anchor or event.tag:
            raise _Fault(event.start_mark, "anchors (&), aliases (*) and tags (!) are not read", "write the value out")
        if self.depth >= DEEPEST:
            raise _Fault(event.start_mark, f"the YAML is nested deeper than {DEEPEST} levels", "")
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def load_yaml(text: str, file: str, collector: Collector, line_offset: int = 0) -> tuple[Any, Marks] | None:
    """Return plain data (mappings, lists, text, numbers, true and false) and its marks, or None after telling why.

    Only `true` and `false` are truth values, only plain decimal numbers are numbers; `no`, `1:30`, `010` and dates stay
    text. Aliases, anchors, tags, merges and duplicate keys are refused. `line_offset` is added to each line.
    """
    marks = Marks(file, line_offset + 1)
    if len(text) > LARGEST:
        collector.error(Code.YAML_SYNTAX, Span(file, line_offset + 1), f"the record has more than {LARGEST} characters")
        return None
    try:
        return _Reader(marks, line_offset, collector).read(text), marks
    except _Fault as fault:
        collector.error(Code.YAML_SYNTAX, _span(file, fault.mark, line_offset), fault.message, fault.hint)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        collector.error(Code.YAML_SYNTAX, Span(file, line + line_offset), f"the YAML can't be read: {error.reason}")
    except yaml.MarkedYAMLError as error:
        _tell_syntax(error, text, file, collector, line_offset)
    except ValueError as error:  # PyYAML's scanner: a \U escape beyond Unicode
        collector.error(Code.YAML_SYNTAX, Span(file, line_offset + 1), f"the YAML can't be read: {error}")
    return None


def _tell_syntax(error: yaml.MarkedYAMLError, text: str, file: str, collector: Collector, offset: int) -> None:
    mark = error.problem_mark or error.context_mark
    span = _span(file, mark, offset) if mark else Span(file, 1 + offset)
    tab = re.search(r"^ *\t", _line(text, span.line - offset))
    if tab:
        span = Span(file, span.line, tab.end())
        message, hint = "a tab stands where YAML wants spaces", "put spaces in its place"
    else:
        begun = error.context_mark.line if error.context_mark else mark.line if mark else 0
        since = (
            f" that begins in line {begun + 1 + offset}" if error.context and begun + 1 + offset != span.line else ""
        )
        words = ", ".join(part for part in (f"{error.context or ''}{since}", error.problem) if part)
        message, hint = f"the YAML can't be read: {words}", "look at the indents, colons and quotes"
    collector.error(Code.YAML_SYNTAX, span, message, hint)


def _line(text: str, number: int) -> str:
    """Return a line of the text, counted from 1; nothing behind the last."""
    lines = text.split("\n")
    return lines[number - 1] if number <= len(lines) else ""


def _span(file: str, mark: Any, offset: int) -> Span:
    return Span(file, mark.line + 1 + offset, mark.column + 1)


class _Reader:
    """Goes through YAML's nodes, and notes where each thing stands."""

    def __init__(self, marks: Marks, offset: int, collector: Collector) -> None:
        self._marks = marks
        self._offset = offset
        self._collector = collector

    def read(self, text: str) -> Any:
        """Return the data of the only document (an empty text is an empty mapping)."""
        node = yaml.compose(text, Loader=_Loader)
        return {} if node is None else self._value(node, ())

    def _value(self, node: yaml.Node, path: Path) -> Any:
        self._marks.values[path] = _span(self._marks.file, node.start_mark, self._offset)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(member, (*path, at)) for at, member in enumerate(node.value)]
        if getattr(node, "style", None) is not None:  # in quotes, or a block: text, whatever it looks like
            return str(node.value)
        self._marks.written[path] = str(node.value)
        return _plain_scalar(str(node.value))

    def _mapping(self, node: yaml.MappingNode, path: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                raise _Fault(key_node.start_mark, "a key must be a word", "merges (<<) are not read")
            key = str(key_node.value)
            here = _span(self._marks.file, key_node.start_mark, self._offset)
            if key in made:
                first = self._marks.keys[(*path, key)].line
                hint = f"the first is in line {first}"
                self._collector.error(Code.YAML_SYNTAX, here, f"the key {key!r} is there twice", hint)
                continue
            self._marks.keys[(*path, key)] = here
            made[key] = self._value(value_node, (*path, key))
        return made


def _plain_scalar(text: str) -> str | int | float | bool | None:
    """Return the value of a scalar without quotes."""
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text

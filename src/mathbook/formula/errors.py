"""What is wrong with a formula, at its column."""

from __future__ import annotations


class FormulaError(ValueError):
    """A formula that can't be parsed. `column` counts from 1 in the LaTeX as written."""

    def __init__(self, message: str, column: int = 1, command: str = "", hint: str = "", *, large: bool = False):
        super().__init__(message)
        self.message = message
        self.column = column
        self.command = command
        self.hint = hint
        self.large = large

"""YAML records: read without surprises, checked against a model, every fault at its line and column."""

from mathbook.records.checking import check, salvaged
from mathbook.records.loading import load_yaml
from mathbook.records.marks import Marks

__all__ = ["Marks", "check", "load_yaml", "salvaged"]

"""mathbook: one manuscript, three formats, provably in sync."""

__version__ = "0.1.0"

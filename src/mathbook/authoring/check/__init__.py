"""Checks: one file a family; each goes through a book and tells what it finds."""

"""From a Book to an Edition: audience, numbers, labels, references.

Law of this room: it is pure, knows no format and no page, and every number that a reader sees is given here. Both
audiences see the same numbers. Citations, glossary, index and what's new are resolved here too, each in its module.
"""

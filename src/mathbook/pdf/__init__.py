"""The PDF: a unit is laid out by WeasyPrint into a fragment that is a small PDF; the linker makes the book of them.

Law of this room: no fragment knows where it will stand. Page numbers, running heads and all that depends on position
are put on by the linker, as artifacts.
"""

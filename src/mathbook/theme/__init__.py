"""Themes: design tokens become everything that decides looks.

Law of this room: a writer finds every colour, size and font here, and says none itself.
"""

"""From a project to its finished files: the whole line, its cache, and the one moment of publishing.

Law of this room: `make.py` is the line, in its order; nothing calls back; nothing in `dist/` is ever half written.
"""

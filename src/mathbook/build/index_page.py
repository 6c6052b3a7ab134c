"""dist/index.html: a page that leads to all files."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from mathbook.document.book import Meta
from mathbook.document.words import say

_LOOKS = """\
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
:root { color-scheme: light dark }
h1 { line-height: 1.15; margin-bottom: 0 }
h2 { font-size: 1rem; margin: 2rem 0 .25rem }
ul { list-style: none; padding: 0; margin: 0 }
li { border-top: 1px solid #8884; padding: .35rem 0 }
"""


def index_page(meta: Meta, files: Sequence[str]) -> str:
    """Return the page as HTML: the books first, then the handouts, then the decks of single examples."""
    title, edition = escape(meta.title), escape(say("Edition {0}, {1}", meta.language, meta.edition, meta.date))
    groups = (
        ("The book", [file for file in files if "/" not in file]),
        ("Handouts", [file for file in files if file.startswith("handouts/")]),
        ("Decks of single examples", [file for file in files if file.startswith("decks/")]),
    )
    lists = "".join(_group(say(name, meta.language), group) for name, group in groups if group)
    return f"""\
<!DOCTYPE html>
<html lang="{escape(meta.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
{_LOOKS}</style>
</head>
<body>
<h1>{title}</h1>
<p>{escape(meta.subtitle)}</p>
<p>{edition}</p>
{lists}</body>
</html>
"""


def _group(name: str, files: Sequence[str]) -> str:
    items = "".join(f'<li><a href="{escape(file)}">{escape(file)}</a></li>\n' for file in files)
    return f"<h2>{escape(name)}</h2>\n<ul>\n{items}</ul>\n"

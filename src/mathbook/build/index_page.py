"""dist/index.html: a page that leads to all files."""

from __future__ import annotations

from jinja2 import Environment

from mathbook.document.book import Meta
from mathbook.document.words import say

_PAGE = Environment(autoescape=True).from_string("""\
<!DOCTYPE html>
<html lang="{{ meta.language }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ meta.title }}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }
:root { color-scheme: light dark }
h1 { line-height: 1.15; margin-bottom: 0 }
h2 { font-size: 1rem; margin: 2rem 0 .25rem }
ul { list-style: none; padding: 0; margin: 0 }
li { border-top: 1px solid #8884; padding: .35rem 0 }
</style>
</head>
<body>
<h1>{{ meta.title }}</h1>
<p>{{ meta.subtitle }}</p>
<p>{{ edition }}</p>
{% for name, group in groups if group %}<h2>{{ name }}</h2>
<ul>
{% for file in group %}<li><a href="{{ file }}">{{ file }}</a></li>
{% endfor %}</ul>
{% endfor %}</body>
</html>
""")


def index_page(meta: Meta, files: list[str]) -> str:
    """Return the page as HTML: the books first, then the handouts, then the decks of single examples."""
    groups = (
        (say("The book", meta.language), [file for file in files if "/" not in file]),
        (say("Handouts", meta.language), [file for file in files if file.startswith("handouts/")]),
        (say("Decks of single examples", meta.language), [file for file in files if file.startswith("decks/")]),
    )
    return _PAGE.render(
        meta=meta, groups=groups, edition=say("Edition {0}, {1}", meta.language, meta.edition, meta.date)
    )

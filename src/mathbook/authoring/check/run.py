"""All checks."""

from __future__ import annotations

from functools import partial

from mathbook.authoring.check.addresses import addresses, check_addresses
from mathbook.authoring.check.formulas import check_formulas
from mathbook.authoring.check.seeds import check_seeds
from mathbook.authoring.check.spelling import check_spelling
from mathbook.diagnostics import Collector
from mathbook.edition.resolve import resolve
from mathbook.project import Project
from mathbook.source.editions import read_editions
from mathbook.source.place_in_book import place_in_book
from mathbook.source.read import read_book
from mathbook.source.seed_file import read_seeds
from mathbook.theme.load import load_theme


def run_checks(project: Project, collector: Collector, *, links: bool = False, spell: bool = False) -> int:
    """Tell the collector everything that can be known without building; return how many units were looked at.

    With `links` each address of the web is asked for; with `spell` words are looked up, and NoDictionary is raised if
    that can't be done.
    """
    book = read_book(project, collector)
    if book is None:
        return 0
    load_theme(book.meta.theme, project.themes, collector, partial(place_in_book, project, "theme"))
    for audience in book.meta.audiences:
        resolve(book, audience, collector)
    check_formulas(book, collector)
    kept = read_editions(project, Collector())  # the book's reading told what is wrong with them
    check_seeds(book, kept[-1] if kept else None, collector)
    if spell:
        check_spelling(book, project, collector)
    if links:
        places = {name: file.span for name, file in read_seeds(project, Collector()).items()}
        check_addresses(addresses(book, places), collector)
    return len(book.units)

"""The glossary and the index: links there and back, one entry a word."""

from __future__ import annotations

from dataclasses import replace

from mathbook.diagnostics import Collector, Span
from mathbook.document.book import Book, Example, Matter, Meta, Unit
from mathbook.document.edition import Edition
from mathbook.document.nodes import (
    Anchor,
    Block,
    Conditional,
    DefinitionItem,
    DefinitionList,
    Exercise,
    Footnote,
    Link,
    Paragraph,
    SpeakerNotes,
    Term,
    Text,
)
from mathbook.document.plain import plain
from mathbook.document.select import edition_for, for_format
from mathbook.document.walk import walk
from mathbook.edition.resolve import resolve


def index(word: str, entry: str = "") -> Paragraph:
    return Paragraph((Term("index", (Text(word),), entry or word),))


def term(word: str, entry: str = "") -> Paragraph:
    return Paragraph((Term("glossary", (Text(word),), entry or word, Span("a.md", 2, 3)),))


def example(number: str, *blocks: Block) -> Example:
    return Example(f"e{number}", number, f"e{number}", (Text(f"Title {number}"),), blocks, Span("a.md"))


def glossary(*terms: str) -> Matter:
    items = tuple(DefinitionItem((Text(word),), ((Paragraph((Text(f"What {word} is."),)),),)) for word in terms)
    return Matter("gloss", "glossary", "back", (Text("Glossary"),), (DefinitionList(items),), Span("g.md"))


def resolved(*units: Unit, told: int = 0) -> Edition:
    collector = Collector()
    edition = resolve(Book(Meta("B"), units, ()), "student", collector)
    assert len(collector.diagnostics) == told
    return edition


def lines(edition: Edition, format_name: str = "epub") -> list[str]:
    unit = for_format(edition.units[-1], format_name)  # type: ignore[arg-type]
    return [plain(node.children) for node in walk(unit.blocks) if isinstance(node, Paragraph)]


def test_a_word_has_one_entry_with_each_unit_once_in_the_e_book_and_each_place_in_print():
    edition = resolved(example("1", index("matrix"), index("Matrix")), example("2", index("matrix")))
    assert lines(edition) == ["matrix, Example\u00a01, Example\u00a02"]
    assert lines(edition, "pdf") == ["matrix, Example\u00a01, Example\u00a01, Example\u00a02"]


def test_entries_are_sorted_by_letters_without_accents_and_case():
    words = ("zeta", "Éclair", "eclipse", "Abel", "σ-algebra")
    edition = resolved(example("1", *map(index, words)))
    assert [line.partition(",")[0] for line in lines(edition)] == ["Abel", "Éclair", "eclipse", "zeta", "σ-algebra"]


def test_an_entry_can_stand_below_another():
    edition = resolved(example("1", index("Toeplitz matrices", "matrix!Toeplitz"), index("matrix")))
    assert lines(edition) == ["matrix, Example\u00a01", "Toeplitz, Example\u00a01"]


def test_what_not_every_reader_can_find_is_in_no_index():
    hidden = (SpeakerNotes((index("a"),)), Conditional(True, ("pdf",), (), (index("b"),)))
    assert len(resolved(example("1", *hidden, Exercise((), solution=(index("c"),)))).units) == 1


def test_every_link_of_the_index_leads_to_a_place_that_is_there():
    edition = resolved(example("1", index("a"), index("b")), example("2", index("a")))
    targets = {(node.unit, node.target) for node in walk(edition.units[-1].blocks) if isinstance(node, Link)}
    places = {
        (unit.id, f"#{node.id}") for unit in edition.units for node in walk(unit.blocks) if isinstance(node, Anchor)
    }
    assert targets == places


def test_a_long_index_is_divided_by_letters():
    edition = resolved(example("1", *(index(f"{letter}{at}") for letter in "abc" for at in range(10))))
    unit = for_format(edition.units[-1], "epub")
    assert [plain(item.term) for item in unit.blocks[0].items] == ["A", "B", "C"]


def test_a_deck_has_no_index():
    edition = resolved(example("1", index("a")))
    assert [unit.id for unit in edition_for(edition, "deck").units] == ["e1"]
    assert [unit.id for unit in edition_for(edition, "epub").units] == ["e1", "index"]


def test_the_index_is_behind_all_others_wherever_its_author_put_it():
    own = Matter("register", "index", "front", (Text("Register"),), (), Span("i.md"))
    assert [unit.id for unit in resolved(own, example("1", index("a"))).units] == ["e1", "register"]


def test_a_word_put_into_the_index_changes_only_its_own_unit_and_the_index():
    one, two = example("1", index("a")), example("2", index("b"))
    before = resolved(one, two)
    after = resolved(replace(one, blocks=(index("c"), *one.blocks)), two)
    assert before.units[1] == after.units[1]
    assert before.units[0] != after.units[0]


def test_a_term_leads_to_its_entry_and_the_entry_leads_back_once_a_unit():
    edition = resolved(example("1", term("logit"), term("Logits", "logit")), example("2"), glossary("logit", "odds"))
    (link, _) = (node for node in walk(edition.units[0].blocks) if isinstance(node, Link))
    assert (link.target, link.unit, plain(link.children)) == ("#term:logit", "gloss", "logit")
    back = [node for node in walk(edition.units[2].blocks) if isinstance(node, Link)]
    assert [(node.unit, plain(node.children)) for node in back] == [("e1", "Example\u00a01")]
    places = {f"#{node.id}" for node in walk(edition.units[0].blocks) if isinstance(node, Anchor)}
    assert {node.target for node in back} <= places


def test_a_unit_is_told_the_entries_of_its_terms_where_they_can_be_told_elsewhere():
    note = DefinitionItem((Text("odds"),), ((Paragraph((Footnote((Paragraph((Text("A note."),)),)),)),),))
    entries = glossary("logit", "odds", "rate")
    entries = replace(entries, blocks=(DefinitionList((*entries.blocks[0].items, note)),))  # type: ignore[attr-defined]
    edition = resolved(example("1", term("Rate", "rate"), term("logit")), example("2"), entries, told=1)
    told = edition.units[0].terms
    assert [(plain(item.term), plain(item.definitions[0][0].children)) for item in told] == [  # type: ignore[attr-defined]
        ("rate", "What rate is."),
        ("logit", "What logit is."),
    ]
    assert edition.units[1].terms == () and for_format(edition.units[0], "pdf").terms == ()
    (home,) = (node for node in walk(told[0].term) if isinstance(node, Link))
    assert (home.target, home.unit) == ("#term:rate", "gloss")


def test_a_term_that_is_not_defined_is_told():
    collector = Collector()
    resolve(Book(Meta("B"), (example("1", term("logits")), glossary("logit")), ()), "student", collector)
    assert [str(diagnostic) for diagnostic in collector.diagnostics] == [
        "a.md:2:3: error[term.missing]: the glossary has no entry 'logits'; did you mean logit?"
    ]


def test_a_term_that_is_defined_twice_is_told():
    resolved(example("1"), glossary("logit", "Logit"), told=1)


def test_without_a_glossary_a_term_is_a_word_as_it_was():
    assert resolved(example("1", term("logit"))).units[0].blocks == (term("logit"),)

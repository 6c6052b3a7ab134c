"""The nouns: walking, changing, dumping and fingerprinting a tree."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mathbook.diagnostics import Span
from mathbook.document.book import Example, Picture
from mathbook.document.dump import dump_tree
from mathbook.document.fingerprint import fingerprint, identities
from mathbook.document.labels import id_of
from mathbook.document.nodes import (
    Block,
    BulletList,
    Cell,
    Conditional,
    Emph,
    Figure,
    Formula,
    Image,
    Paragraph,
    Quoted,
    Table,
    Text,
)
from mathbook.document.plain import plain
from mathbook.document.select import for_format
from mathbook.document.walk import Spread, map_tree, walk


def para(text: str, line: int = 1) -> Paragraph:
    return Paragraph((Text(text),), Span("a.md", line))


def example(*blocks: Block, pictures: tuple[Picture, ...] = ()) -> Example:
    return Example("e", "1", "e", (Text("T"),), blocks, Span("a.md"), pictures=pictures)


def test_walking_meets_every_node_in_reading_order():
    table = Table(((Cell((Text("head"),)),),), ((Cell((Text("body"),)),),), ("left",), caption=(Text("caption"),))
    tree = (para("one"), BulletList(((para("two"),), (para("three"),))), table)
    assert [n.text for n in walk(tree) if isinstance(n, Text)] == ["one", "two", "three", "head", "body", "caption"]


def test_changing_nothing_returns_the_very_same_tree():
    tree = (para("one"), BulletList(((para("two"),),)))
    assert map_tree(tree, lambda node: node) is tree


def test_a_node_can_be_taken_out_or_replaced_by_several():
    def change(node: object) -> object:
        match node:
            case Text(text="gone"):
                return Spread(())
            case Text(text="twice"):
                return Spread((node, node))
            case _:
                return node

    tree = Paragraph((Text("gone"), Text("twice"), Text("kept")))
    assert map_tree(tree, change) == Paragraph((Text("twice"), Text("twice"), Text("kept")))


def test_rows_and_items_keep_their_places_when_something_in_them_changes():
    tree = BulletList(((para("a"), para("b")), (para("c"),)))
    changed = map_tree(tree, lambda node: Text("x") if isinstance(node, Text) else node)
    assert [len(item) for item in changed.items] == [2, 1]


def test_a_fingerprint_leaves_out_where_something_was_written():
    assert fingerprint(para("same", 1)) == fingerprint(para("same", 99))


@given(st.lists(st.text(max_size=3), max_size=4), st.lists(st.text(max_size=3), max_size=4))
def test_different_texts_have_different_fingerprints(one: list[str], other: list[str]):
    trees = [tuple(Text(text) for text in texts) for texts in (one, other)]
    assert (fingerprint(trees[0]) == fingerprint(trees[1])) == (one == other)


def test_a_block_keeps_its_identity_when_another_is_put_before_it():
    before = dict(identities(example(para("a"), para("b"))))
    after = dict(identities(example(para("new"), para("a"), para("b"))))
    assert before.items() <= after.items()


def test_equal_blocks_have_identities_of_their_own():
    assert len({name for name, _ in identities(example(para("a"), para("a")))}) == 2


def test_a_dump_shows_a_node_a_line_with_what_is_not_default():
    tree = (Paragraph((Text("Let "), Emph((Formula("x"),)))), Paragraph((Quoted("double", (Text("q"),)),)))
    assert dump_tree(tree) == (
        'Paragraph\n  Text "Let "\n  Emph\n    Formula "x"\nParagraph\n  Quoted "double"\n    Text "q"'
    )


def test_a_format_gets_the_blocks_that_are_for_it_and_only_the_pictures_in_them():
    picture = Picture("a.png", "d", "image/png", 1, 1, b"x")
    figure = Figure(Image("a.png", "d", "alt"), ())
    unit = example(Conditional(True, ("deck",), (), (figure,)), para("all"), pictures=(picture,))
    assert for_format(unit, "deck").blocks == (figure, para("all"))
    assert for_format(unit, "deck").pictures == (picture,)
    assert for_format(unit, "pdf").blocks == (para("all"),)
    assert for_format(unit, "pdf").pictures == ()


def test_hidden_blocks_are_left_out_only_where_they_are_hidden():
    unit = example(Conditional(False, ("deck",), (), (para("secret"),)))
    assert for_format(unit, "deck").blocks == ()
    assert for_format(unit, "epub").blocks == (para("secret"),)


def test_plain_words_use_the_language_s_quotation_marks():
    assert plain((Quoted("double", (Text("Ja"),)),), "de") == "„Ja“"


def test_ids_are_names_that_xml_allows():
    assert [id_of(label) for label in ("eq:normal", "3d", "größe", "a b")] == ["eq-normal", "id-3d", "größe", "a-b"]

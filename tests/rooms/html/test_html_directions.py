"""Which way words run is said only where a letter runs the other way: such letters are looked for first."""

from __future__ import annotations

import sys
import unicodedata

from lxml import etree

from mathbook.html.directions import FROM_RIGHT_LETTER, say_directions


def test_every_letter_that_runs_from_the_right_is_found():
    letters = map(chr, range(sys.maxunicode + 1))
    from_right = [letter for letter in letters if unicodedata.bidirectional(letter) in ("R", "AL")]
    assert [letter for letter in from_right if not FROM_RIGHT_LETTER.match(letter)] == []
    assert not FROM_RIGHT_LETTER.search("Words, “quotes” – and ∑ 漢字 Ωж é 😀")


def test_a_block_that_runs_the_other_way_says_so():
    section = etree.fromstring("<section><p>one <code>שלום</code></p><p>שלום one</p><td>مرحبا</td></section>")
    say_directions(section, "ltr")
    assert [block.get("dir") for block in section] == [None, "rtl", "rtl"]
    say_directions(section, "rtl")
    assert section[0].get("dir") == "ltr"

"""Stories of speakers' decks that get what is new in the manuscript."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from speaker import Deck, notes_of, said, saved_by_libreoffice, titled
from tale import Story

from mathbook.build.make import Request, make
from mathbook.document.talk import MARK
from mathbook.project import Project
from mathbook.talk.align import normal
from mathbook.talk.deck_file import open_deck
from mathbook.talk.pull import apply, pull
from mathbook.talk.save import save
from mathbook.talk.update import Updated, update

FIRST, SECOND = "manuscript/examples/01-odd-numbers.md", "manuscript/examples/02-birthdays.md"
THIRD = """---
title: A third example
topics: [sums]
---

## One more

It is $1 + 2 + 3 = 6$.

![The stones again.](../figures/squares.svg){#fig:again width=40%}

::: takeaway
Three is enough.
:::
"""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P14 = "{http://schemas.microsoft.com/office/powerpoint/2010/main}"
TRANSITION = (
    '<p:transition xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:fade/></p:transition>'
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Story.of_a_new_book(tmp_path_factory.mktemp("built")).build("deck").root


@pytest.fixture
def book(built: Path, tmp_path: Path) -> Story:
    shutil.copytree(built, tmp_path / "book")
    return Story(tmp_path / "book")


def deck_of(book: Story) -> Deck:
    return Deck(book.root / "dist/deck.pptx")


def revised(book: Story) -> Story:
    """Change something of every kind in the manuscript."""
    book.write("manuscript/examples/03-third.md", THIRD)
    book.change(FIRST, "- The $k$-th corner has", "- Corner number $k$ has")
    book.change(FIRST, "corners hold", "corners hold\n- A bullet with $\\frac{1}{2}$ in it")
    book.change(FIRST, "2 \\cdot \\frac{n(n+1)}{2} - n", "n(n+1) - n")
    book.change(
        FIRST, "## The picture", "## A new section\n\nSomething new is said here.\n\n$$\na = b\n$$\n\n## The picture"
    )
    book.change(SECOND, "50.7%", "50.73%")
    book.change(SECOND, "It is easier", "It is simpler")
    return book.change(SECOND, "Ask the room for its birthdays", "Ask everybody for their birthdays")


def updated(book: Story, talk: Path) -> tuple[Updated, Path]:
    """Update the talk into another file."""
    made = update(Project(book.root), talk)
    target = talk.with_name("updated.pptx")
    save(made.data, target)
    return made, target


def rebuilt(book: Story) -> Path:
    list(make(Project(book.root), Request(formats=("deck",), audiences=("student",))))
    return book.root / "dist/deck.pptx"


def titles(deck: Path) -> list[str]:
    return [lines[0] for lines in said(deck)]


def test_an_updated_deck_that_nobody_edited_is_a_new_deck_slide_by_slide(book: Story):
    talk = shutil.copy(book.root / "dist/deck.pptx", book.root / "talk.pptx")
    made, target = updated(revised(book), talk)
    assert made.conflicts == ()
    assert said(target) == said(rebuilt(book))
    assert sections(target) == sections(book.root / "dist/deck.pptx")


def sections(deck: Path) -> list[tuple[str, int]]:
    with zipfile.ZipFile(deck) as archive:
        root = etree.fromstring(archive.read("ppt/presentation.xml"))
    return [(one.get("name", ""), len(list(one.iter(f"{P14}sldId")))) for one in root.iter(f"{P14}section")]


def test_a_slide_that_the_manuscript_withdrew_leaves_a_deck_that_nobody_edited(book: Story):
    talk = shutil.copy(book.root / "dist/deck.pptx", book.root / "talk.pptx")
    text = book.read(FIRST)
    start, end = text.index("## The picture"), text.index("## The proof")
    book.write(FIRST, text[:start] + text[end:])
    made, target = updated(book, talk)
    assert said(target) == said(rebuilt(book))
    assert "“The picture”: taken out, as in the manuscript" in [told.what for told in made.news]


def leads(deck: Path, at: int) -> dict[str, str]:
    """Return the words of the slide's links to other slides, and the title of the slide that each leads to."""
    with zipfile.ZipFile(deck) as archive:
        names = set(archive.namelist())
        presentation = Presentation(str(deck))
        slide = presentation.slides[at - 1]
        titles = {str(one.part.partname)[1:]: one.shapes.title.text for one in presentation.slides}
        for name in names:
            if name.startswith("ppt/slides/_rels/"):
                for one in etree.fromstring(archive.read(name)):
                    inside = one.get("TargetMode") != "External"
                    assert not inside or f"ppt/slides/{one.get('Target')}" in names or one.get("Target", "")[:2] == ".."
    found = {}
    for run in slide.element.iter("{*}r"):
        for click in run.iter("{*}hlinkClick"):
            part = slide.part.related_part(click.get(f"{{{OFFICE}}}id", ""))
            found["".join(text.text or "" for text in run.iter("{*}t"))] = titles[str(part.partname)[1:]]
    return found


def test_the_agenda_leads_to_the_examples_that_are_still_there(book: Story):
    talk = Path(shutil.copy(book.root / "dist/deck.pptx", book.root / "talk.pptx"))
    before = leads(talk, 2)
    assert len(before) == 2 and all(words == title for words, title in before.items())
    shutil.rmtree(book.root / "dist")
    (book.root / SECOND).unlink()
    _, target = updated(book.write("manuscript/examples/03-third.md", THIRD), talk)
    first, third = next(iter(before)), "A third example"
    assert leads(target, 2) == leads(rebuilt(book), 2) == {first: first, third: third}


def test_the_agenda_of_a_speaker_who_edited_it_leads_to_what_is_new(book: Story):
    talk = deck_of(book).say("Examples", "Odd numbers", "The odd numbers").save()
    _, target = updated(book.write("manuscript/examples/03-third.md", THIRD), talk)
    found = leads(target, 2)
    assert found["A third example"] == "A third example" and len(found) == 3
    words, title = next(iter(found.items()))
    assert title == "Odd numbers make squares" != words


def test_slides_that_changed_places_in_the_manuscript_do_so_in_a_deck_that_keeps_its_order(book: Story):
    talk = deck_of(book).add_slide("Thank you", "Questions?", at=16).save()
    text = book.read(FIRST)
    picture, proof, exercise = (text.index(one) for one in ("## The picture", "## The proof", "::: {.exercise"))
    book.write(FIRST, text[:picture] + text[proof:exercise] + text[picture:proof] + text[exercise:])
    _, target = updated(book, talk)
    assert titles(target) == [*titles(rebuilt(book)), "Thank you"]


def test_nothing_new_writes_nothing(book: Story):
    talk = deck_of(book).say("Takeaway", "you can see", "all can see").save()
    told = book.run("update", str(talk))
    assert (told.code, told.lines) == (0, ["nothing is new; nothing was written"])
    assert not talk.with_name("talk-updated.pptx").exists()


def test_the_speakers_words_slides_order_and_animations_stay_and_what_is_new_arrives(book: Story):
    deck = deck_of(book).say("Count what doesn’t happen", "the rooms where", "all the rooms where")
    deck.say("Takeaway", "A sum that you can see", "What you can see").add_slide(
        "My story", "First\nSecond", at=8, notes="Slowly."
    )
    deck.add_bullet("The proof", "corners hold", "A bullet of mine")
    deck.slide("The proof")._element.append(etree.fromstring(TRANSITION))
    talk = deck.save()
    made, target = updated(revised(book), talk)
    assert made.conflicts == ()
    slides = {lines[0]: lines for lines in said(target)}
    assert "It is simpler to count all the rooms where nobody shares a birthday." in slides["Count what doesn’t happen"]
    assert "50.73%" in slides["Count what doesn’t happen"]
    assert slides["My story"] == ["My story", "First", "Second", "notes: Slowly."]
    assert [line for line in slides["The proof"] if "ulle" in line or "orner" in line] == [
        "Corner number k has 2k\u2009−\u20091 stones.",
        "So the first n corners hold",
        "A bullet with 1/2 in it",
        "A bullet of mine",
    ]
    order = titles(target)
    assert order.index("A new section") + 1 == order.index("The picture")
    assert order.index("The proof") + 1 == order.index("My story")
    assert order[-4:] == ["A third example", "One more", "Takeaway: A third example", "Questions?"]
    assert "What you can see is a sum that you won’t forget." in next(
        lines[1] for lines in said(target) if lines[0].startswith("Takeaway: Odd")
    )
    proof = Deck(target).slide("The proof")._element
    assert [node.tag.rsplit("}")[-1] for node in proof.iter("{*}fade")] == ["fade"]


def test_what_arrives_names_the_pages_of_the_handout_that_was_built_with_it(book: Story):
    book.build("pdf", "deck")
    deck = deck_of(book).save()
    book.write("manuscript/examples/03-third.md", THIRD).build("pdf", "deck")
    _, target = updated(book, deck)
    found = [footer for footer in footers(target) if "Example 3" in footer]
    assert len(found) >= 3
    assert all("handout p. " in footer for footer in found)


def test_the_speakers_order_stays(book: Story):
    talk = deck_of(book).move(12, 5).save()
    _, target = updated(revised(book), talk)
    mine = titles(talk)
    known = set(mine)
    assert [title for title in titles(target) if title in known] == [title for title in mine if title in known]
    assert "A new section" in titles(target)


def test_what_the_speaker_took_out_stays_out(book: Story):
    talk = deck_of(book).remove_slide("The proof").save()
    _, target = updated(revised(book), talk)
    assert "The proof" not in titles(target)
    assert "A new section" in titles(target)


def test_a_conflict_keeps_the_speakers_words_and_is_marked_in_the_notes(book: Story):
    talk = deck_of(book).say("Takeaway", "A sum that you can see", "A sum that you can draw").save()
    book.change(FIRST, "A sum that you can see", "A sum that you can touch")
    told = book.run("update", str(talk))
    assert told.code == 1
    assert told.lines[0].startswith("conflict: slide 10: “Takeaway: Odd numbers make squares”: “A sum that you can see")
    slide = Deck(talk.with_name("talk-updated.pptx")).slide("Takeaway")
    assert "A sum that you can draw is a sum that you won’t forget." in [s.text_frame.text for s in slide.placeholders]
    (mark,) = (one.text for one in notes_of(slide))
    assert mark == (
        "[mathbook] “A sum that you can see is a sum that you won’t forget.” is now "
        "“A sum that you can touch is a sum that you won’t forget.”"
    )
    again = book.run("update", str(talk.with_name("talk-updated.pptx")))
    assert again.lines == ["nothing is new; nothing was written"], "a conflict is told once"
    brought = book.run("pull", str(talk.with_name("talk-updated.pptx")))
    assert not [line for line in brought.lines if "[mathbook]" in line], "its mark is no edit of the speaker's"


def test_an_edited_slide_that_the_manuscript_withdrew_stays_and_is_told(book: Story):
    talk = deck_of(book).say("The picture", "Lay one stone.", "Lay one small stone.").save()
    text = book.read(FIRST)
    start, end = text.index("## The picture"), text.index("## The proof")
    book.write(FIRST, text[:start] + text[end:])
    made, target = updated(book, talk)
    assert [(told.what, told.reason) for told in made.conflicts] == [
        ("“The picture”", "the manuscript no longer has this slide")
    ]
    assert "Lay one small stone." in next(lines for lines in said(target) if lines[0] == "The picture")


@pytest.mark.parametrize("at", [0, 2, 6, 9, 15])
def test_a_slide_of_the_speakers_own_always_survives(book: Story, at: int):
    talk = deck_of(book).add_slide("My own", "Words of mine", at=at).save()
    _, target = updated(revised(book), talk)
    assert ["My own", "Words of mine"] in said(target)


def test_an_updated_deck_is_the_base_of_the_next_update(book: Story):
    talk = deck_of(book).say("Takeaway", "you can see", "all can see").save()
    _, target = updated(revised(book), talk)
    assert update(Project(book.root), target).news == ()
    book.change(FIRST, "Something new", "Something newer")
    news = [told.what for told in update(Project(book.root), target).news]
    assert len(news) == 2, "on the slide and in its notes"
    assert all("Something newer is said here." in what for what in news)


def test_what_came_home_from_a_deck_is_not_new_to_it(book: Story):
    deck = deck_of(book).say("Count what doesn’t happen", "It is easier", "It is much easier")
    deck.add_bullet("The proof", "corners hold", "Nobody has to count").change_formula("The proof", "1", "0")
    deck.note("The picture", "Bring pebbles.").fill_cell("Count what doesn’t happen", 2, 1, "49.27%")
    talk = deck.add_slide("A party trick", "Ask first\nBet then", at=8, notes="With thirty people.").save()
    project = Project(book.root)
    apply(project, pull(project, talk))
    block = book.read("proposals/talk.md").split("-->\n\n")[1]
    book.change(FIRST, "::: {.exercise", f"{block}\n::: {{.exercise")
    made, target = updated(book, talk)
    assert made.conflicts == ()
    fresh = rebuilt(book)
    assert titles(target) == titles(fresh)
    assert sorted(slide_of(target, "The proof")) == sorted(slide_of(fresh, "The proof"))
    assert slide_of(target, "The picture") == slide_of(fresh, "The picture")


def slide_of(deck: Path, title: str) -> list[str]:
    file = open_deck(deck)
    return next(list(slide.words) for part in file.slide_parts() if (slide := file.slide(part)).title == title)


def test_a_file_is_never_overwritten_unasked_and_in_place_keeps_a_copy(book: Story):
    talk = deck_of(revised(book)).say("Takeaway", "you can see", "all can see").save()
    before = talk.read_bytes()
    taken = talk.with_name("talk-updated.pptx")
    taken.write_bytes(b"mine")
    refused = book.run("update", str(talk))
    assert (refused.code, taken.read_bytes(), talk.read_bytes()) == (2, b"mine", before)
    done = json.loads("\n".join(book.run("update", str(talk), "--in-place", "--json").lines))
    assert done["written"].endswith("talk-before.pptx")
    assert talk.with_name("talk-before.pptx").read_bytes() == before
    assert "A third example" in titles(talk)


def test_the_same_update_gives_the_same_bytes_and_powerpoint_has_nothing_to_repair(book: Story):
    talk = (
        deck_of(revised(book)).say("Takeaway", "you can see", "all can see").add_slide("My own", "Words", at=7).save()
    )
    made, target = updated(book, talk)
    assert update(Project(book.root), talk).data == made.data
    command = [Path(sys.executable).parent / "openxml-audit", "-f", "microsoft365", "-m", "0", "-o", "json", target]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    told = {line.split('"')[3] for line in done.stdout.splitlines() if '"description"' in line}
    assert told <= {"Unexpected element 'rPr' found"}, "which PowerPoint itself writes in formulas"


def test_a_deck_that_libreoffice_saved_is_brought_up_to_date_too(book: Story):
    deck = deck_of(book).say("Takeaway", "you can see", "all can see").add_slide("My own", "Words of mine", at=7)
    talk = saved_by_libreoffice(deck.save())
    made, target = updated(revised(book), talk)
    assert made.conflicts == ()
    mine = [words for words in words_of(target) if words[0] != "My own"]
    for fresh, words in zip(words_of(rebuilt(book)), mine, strict=True):
        if "you can see" not in " ".join(fresh):
            assert words == fresh
    assert ["My own", "Words of mine"] in said(target)
    assert titled(Presentation(str(saved_by_libreoffice(target))).slides[-1]) == "Questions?"


def words_of(deck: Path) -> list[list[str]]:
    """Return what each slide says, without lines that hold a formula: LibreOffice writes those in its own way."""
    file = open_deck(deck)
    slides = [file.slide(part) for part in file.slide_parts()]
    return [[normal(line) for line in slide.words if MARK not in line and "1/2" not in line] for slide in slides]


def test_verify_tells_of_an_updated_deck_only_what_the_speaker_did(book: Story):
    talk = deck_of(book).fill_cell("Count what doesn’t happen", 1, 1, "88%").save()
    _, target = updated(revised(book), talk)
    lines = book.run("verify", str(target)).lines
    assert not any("older" in line or "not in this file" in line for line in lines)
    assert any("cell differs" in line and "88%" in line for line in lines)
    assert book.run("changes", "--since", str(target)).lines[1:] == ["4 as they were"]


def test_verify_tells_nothing_of_an_agenda_and_footers_that_only_mathbook_wrote(book: Story):
    talk = deck_of(book.build("pdf", "deck")).add_slide("My own", "Words of mine", at=8, notes="Slowly.").save()
    book.write("manuscript/examples/03-third.md", THIRD)
    _, unedited = updated(book, book.root / "dist/deck.pptx")
    assert any("handout p. " in line for line in footers(unedited)), "of the pages that were built with it"
    assert book.run("verify", str(unedited)).lines[0].startswith("in sync")
    _, mine = updated(book, talk)
    assert [line.strip() for line in book.run("verify", str(mine)).lines[2:]] == [
        "slide 9 was not there when the file was made",
        "slide 9, notes was not there when the file was made",
    ]


def test_verify_tells_of_an_edited_footer_in_an_updated_deck(book: Story):
    deck = deck_of(book)
    next(one for one in deck.slide("The proof").placeholders if "Edition 1" in one.text_frame.text).text = "My footer"
    book.write("manuscript/examples/03-third.md", THIRD)
    _, target = updated(book, deck.save())
    assert [line.strip() for line in book.run("verify", str(target)).lines[2:]] == [
        "slide 8 says something else than when the file was made"
    ]


def footers(deck: Path) -> list[str]:
    shapes = (shape for slide in Presentation(str(deck)).slides for shape in slide.placeholders)
    return [one.text_frame.text for one in shapes if one.placeholder_format.type == PP_PLACEHOLDER.FOOTER]

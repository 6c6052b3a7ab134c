"""Footnotes, figures, formulas and addresses as authors rarely write them: an honest build of them verifies."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest
from pptx import Presentation

from mathbook.authoring.new import create
from mathbook.authoring.prove import manuscript_of
from mathbook.build.make import Request, make
from mathbook.pdf.elements import structure_elements
from mathbook.project import Project
from mathbook.verify.examine import examine

ARTIFACT = b"/Artifact\n<</Type /Layout>>\nBDC"

FOOTNOTES = r"""# A title^[Of the title.] {#ex:odd}

## Two^[Of level two.]

### Three^[Of level three.]

Words.

#### Four^[Of level four.] {.no-slide}

| head^[Of a head.] | b |
|----|----|
| cell^[Of a cell.] | c |

: Caption^[Of a table.] {#tbl:x}

::: {.note title="Note^[Of a callout.]"}
Called out.
:::

## Shown

::: {.theorem title="Theorem^[Of a theorem.]"}
It holds.
:::

::: {.exercise title="Find^[Of an exercise.]"}
Do it.

::: solution
Sol^[Of a solution.]
:::
:::

::: {.slide title="Slide^[Of a slide.]"}
On the slide.
:::

```{.python caption="Listing^[Of a listing.]" #lst:x}
print(1)
```

> Said.
>
> — Somebody^[Of somebody.], *Book*

## A heading and nothing^[Of nothing.]

## Left and right^[Of both.]

:::: columns
::: column
### Left^[Of the left.]
a
:::
::: column
b
:::
::::

::: {.takeaway title="Take^[Of a takeaway.]"}
Away.
:::

::: notes
| x^[Of a cell in notes.] | y |
|--|--|
| 1 | 2 |

::: {.theorem title="In notes^[Of a theorem in notes.]"}
abc
:::
:::
"""

FIGURES = r"""# Figures

## Shown

- An item

  ![In an item.](figures/squares.svg)

::: notes
![In the notes.](figures/squares.svg){alt="Stones in the notes"}

![In the notes again.](figures/squares.svg)
:::

::: exercise
Do.

::: hint
![In a hint.](figures/squares.svg)
:::
:::

## Not shown {.no-slide}

![Under no slide.](figures/squares.svg){alt="Hidden stones" description="There are sixteen."}

::: theorem
![In a theorem.](figures/squares.svg)
:::

## Shown again

A word.[^a]

[^a]: A note

    ![In a footnote.](figures/squares.svg)
"""

FORMULAS = r"""# The meaning of $\operatorname{corr}(A, C)$ {#ex:meaning}

## Why $\max(a, b)$ is so {#sec:why}

See @sec:why.

![The $\operatorname{corr}(A, C)$ of two.](figures/squares.svg){#fig:two}
"""


def _built(root: Path, example: str) -> Path:
    create(root, "Odd")
    (root / "manuscript/examples/03-odd.md").write_text(example, encoding="utf-8")
    list(make(Project(root), Request()))
    return root / "dist"


def _notes(deck: Path) -> str:
    slides = Presentation(str(deck)).slides
    return "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides if slide.has_notes_slide)


def test_a_footnote_may_hang_on_any_title_caption_or_cell(tmp_path: Path):
    notes = _notes(_built(tmp_path / "book", FOOTNOTES) / "deck-instructor.pptx")
    places = ("the title", "level two", "level three", "level four", "a head", "a cell", "a table", "a callout")
    places += ("a theorem", "an exercise", "a solution", "a slide", "a listing", "somebody", "nothing", "both")
    places += ("the left", "a takeaway", "a cell in notes", "a theorem in notes")
    assert [place for place in places if notes.count(f"] Of {place}.") != 1] == []


def test_a_figure_may_stand_where_a_deck_shows_none(tmp_path: Path):
    notes = _notes(_built(tmp_path / "book", FIGURES) / "deck-instructor.pptx").splitlines()
    assert "Stones in the notes" in notes
    assert "Hidden stones There are sixteen." in notes
    assert notes.count("In the notes again.") == 1


@pytest.fixture(scope="module")
def formulas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _built(tmp_path_factory.mktemp("formulas") / "book", FORMULAS)


def test_a_formula_in_a_title_is_text_in_the_outline_and_in_the_contents(formulas: Path):
    with pikepdf.open(formulas / "book.pdf") as pdf, pdf.open_outline() as outline:
        example = outline.root[-1]
        assert example.title == "Example 3: The meaning of corr(A, C)"
        assert [section.title for section in example.children] == ["Why max(a, b) is so"]


def test_a_formula_in_a_caption_is_text_where_it_is_read_aloud(formulas: Path):
    with pikepdf.open(formulas / "book.pdf") as pdf:
        told = {str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one}
    assert "The corr(A, C) of two." in told


def test_a_formula_in_a_title_is_text_in_the_e_book_s_contents_and_references(formulas: Path):
    with zipfile.ZipFile(formulas / "book.epub") as book:
        nav = book.read("OEBPS/nav.xhtml").decode()
        page = book.read("OEBPS/text/meaning.xhtml").decode()
    assert "Figure\N{NO-BREAK SPACE}3.1: The corr(A, C) of two." in nav
    assert "Why max(a, b) is so</a>" in nav
    assert "“Why max(a, b) is so”</a>" in page
    assert 'alt="The corr(A, C) of two."' in page


LINKS = r"""# Addresses {#ex:addresses}

[Gauß](https://de.wikipedia.org/wiki/Gauß_(Begriffsklärung)), [a host](https://münchen.de/?q=ä#ö),
[signs](https://example.org/a|b{c}^"d"), <https://example.org/漢字>, [a space](<https://example.org/a b>).

A picture ![](figures/squares.svg){alt="" width=5%} that nobody has to hear of.

![](figures/squares.svg){alt=""}
"""


def test_an_address_may_have_letters_that_uris_have_not_and_a_picture_no_words(tmp_path: Path):
    root = tmp_path / "book"
    dist = _built(root, LINKS)
    with zipfile.ZipFile(dist / "book.epub") as book:
        page = book.read("OEBPS/text/addresses.xhtml").decode()
    assert "https://de.wikipedia.org/wiki/Gau%C3%9F_(Begriffskl%C3%A4rung)" in page
    assert "https://xn--mnchen-3ya.de/?q=%C3%A4#%C3%B6" in page
    assert 'alt=""' in page


BLANKS = r"""# Blanks

It is 5$\,$km long${}$, and$\quad$so.

| a head | and nothing below |
|--------|-------------------|

| $\,$ | b |
|------|---|
| 1    | 2 |
"""


def test_a_formula_may_be_a_space_and_a_table_a_head(tmp_path: Path):
    with zipfile.ZipFile(_built(tmp_path / "book", BLANKS) / "book.epub") as book:
        page = book.read("OEBPS/text/odd.xhtml").decode()
    assert "5\N{NARROW NO-BREAK SPACE}km long, and\N{NO-BREAK SPACE}so" in page


DECORATED = r"""# Decorated

A picture ![](figures/squares.svg){alt="" width=5%} that nobody has to hear of.

![](figures/squares.svg){alt="" width=30%}

| a | b |
|---|---|
| ![](figures/squares.svg){alt="" width=5%} | c |

[![](figures/squares.svg){alt="" width=5%}](https://example.org/)

![A said one.](figures/squares.svg)
"""


def test_a_decorative_picture_is_an_artifact_and_missed_if_it_is_gone(tmp_path: Path):
    dist = _built(tmp_path / "book", DECORATED)
    handout = dist / "handouts/03-odd.pdf"
    with pikepdf.open(handout) as pdf:
        figures = [one for one in structure_elements(pdf.Root.StructTreeRoot) if one.get("/S") == "/Figure"]
        assert [str(one.Alt) for one in figures] == ["Picture", "A said one."], "what is all of a link is said"
        pdf.pages[0].contents_coalesce()
        content = pdf.pages[0].Contents.read_bytes()
        assert content.count(ARTIFACT) == 3
        pdf.pages[0].Contents = pdf.make_stream(content.replace(ARTIFACT, b"/Artifact BMC", 1))
        pdf.save(tmp_path / "spoilt.pdf")
    editions = manuscript_of(Project(tmp_path / "book")).editions
    assert examine(handout, "handout", editions).verdict == "in sync"
    found = examine(tmp_path / "spoilt.pdf", "spoilt", editions).findings
    assert ("missing", "figure", "picture without words") in [(one.fault, one.what, one.wanted) for one in found]

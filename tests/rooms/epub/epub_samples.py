"""A small edition that has every node in it, and a theme, made by hand."""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path

from mathbook.diagnostics import NOWHERE
from mathbook.document.book import Audience, EpubMeta, Example, Matter, Meta, Picture
from mathbook.document.edition import Edition, Label, Options
from mathbook.document.fragment import Fragment
from mathbook.document.nodes import (
    Box,
    BulletList,
    Cell,
    Code,
    Column,
    Columns,
    DefinitionItem,
    DefinitionList,
    Emph,
    Equation,
    Exercise,
    Figure,
    Footnote,
    Formula,
    Heading,
    Image,
    Incremental,
    LineBreak,
    Link,
    Listing,
    OrderedList,
    Paragraph,
    Quotation,
    Quoted,
    Rule,
    Slide,
    SourceNote,
    SpeakerNotes,
    Strong,
    Styled,
    Sub,
    Sup,
    Table,
    Term,
    Text,
)
from mathbook.document.seeds import Seed
from mathbook.document.theme import Colours, DeckTokens, FontFace, FontFamily, Fonts, Theme
from mathbook.epub.compile import compile
from mathbook.epub.link import link

FONTS = Path(__file__).parents[3] / "themes" / "fonts"


def picture(name: str, svg: str) -> Picture:
    data = svg.encode()
    return Picture(name, blake2b(data, digest_size=16).hexdigest(), "image/svg+xml", 400, 160, data)


VALLEY = picture(
    "figures/valley.svg",
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160" viewBox="0 0 400 160">'
    '<path d="M20 20 Q200 260 380 20" fill="none" stroke="#14505c" stroke-width="3"/>'
    '<circle cx="200" cy="140" r="6" fill="#a8481a"/></svg>',
)


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def paragraph(*parts: object) -> Paragraph:
    return Paragraph(tuple(Text(part) if isinstance(part, str) else part for part in parts))  # type: ignore[misc]


def row(*cells: str) -> tuple[Cell, ...]:
    return tuple(Cell(words(cell) if cell else ()) for cell in cells)


BAYES = Equation(
    Formula(r"\mathrm{P}(A \mid B) = \frac{\mathrm{P}(B \mid A)\,\mathrm{P}(A)}{\mathrm{P}(B)}"), "eq:bayes", "1.1"
)
LONG = Equation(Formula("+".join(rf"\frac{{x_{{{n}}}^2}}{{{n}!}}" for n in range(1, 25))), "eq:long", "1.2")
SEED = Seed(
    "talk",
    "A talk on base rates",
    "Ann Example",
    "a podcast",
    "Most people forget the base rate.",
    "2020-03-01",
    "https://www.youtube.com/watch?v=abcdefg",
    754,
)


def first(solution: bool) -> Example:
    """The example that has everything in it."""
    answer = (paragraph("Secret: the answer is ", Formula(r"\tfrac{90}{585}"), "."),) if solution else ()
    return Example(
        id="base-rates",
        number="1",
        slug="base-rates",
        title=words("Mistakes that you can’t see"),
        span=NOWHERE,
        seed="talk",
        topics=("accuracy", "Bayes’ rule"),
        prerequisites=("conditional probability",),
        minutes=14,
        summary="A model that never looks at its input is right 99 times in 100. Bayes’ rule says what that is worth.",
        pictures=(VALLEY,),
        blocks=(
            SourceNote(SEED, (paragraph("She said it in her second hour."),)),
            Heading(2, words("A model that never looks")),
            paragraph(
                "Take 10,000 people, of whom 100 are ill. Write ",
                Formula(r"\pi"),
                " for the ",
                Term("index", words("base rate"), "base rate"),
                Footnote((paragraph("The share of the ill."),), "1"),
                ". ",
                Emph(words("Accuracy")),
                " mixes ",
                Strong(words("two groups")),
                ": ",
                Quoted("double", words("healthy")),
                " or not, see ",
                Link(words("Equation 1.1"), "#eq:bayes", unit="base-rates"),
                " and ",
                Link(words("Figure 2.1"), "#fig:valley", unit="descent"),
                " or ",
                Link(words("a page"), "https://example.org/bayes"),
                ".",
            ),
            BAYES,
            LONG,
            Box(
                "definition",
                (paragraph("The share ", Formula("s"), " of the ill who are found."),),
                words("Sensitivity"),
                "def:s",
                "1.1",
            ),
            Box(
                "theorem",
                (paragraph("If ", Formula(r"\pi s > 0"), ", then the precision is positive."), BAYES_UNNUMBERED),
                words("Precision"),
                "thm:p",
                "1.2",
            ),
            Box("proof", (paragraph("By definition."),)),
            Box("takeaway", (paragraph("Ask for the base rate first."),)),
            Box("tip", (paragraph("Draw the table."),)),
            Box("warning", (paragraph("Accuracy says little here."),), words("Don’t be fooled")),
            BulletList(
                (((paragraph("one"),)), (paragraph("two"), OrderedList(((paragraph("inner"),),), 3, "lower-alpha")))
            ),
            OrderedList(((paragraph("loose"), paragraph("more")), (paragraph("second"),)), tight=False),
            DefinitionList(
                (DefinitionItem(words("Specificity"), ((paragraph("The share of the healthy who are cleared."),),)),)
            ),
            Quotation((paragraph("All models are wrong."),), words("George Box")),
            Table(
                (row("", "ill", "healthy", "all"),),
                (
                    row("reported", "90", "495", "585"),
                    row("cleared", "10", "9405", "9415"),
                    row("all", "100", "9900", "10000"),
                ),
                ("left", "right", "right", "right"),
                (),
                words("The test’s four outcomes among 10,000 people."),
                "tbl:c",
                "1.1",
            ),
            Heading(2, (Text("Code, and what "), Formula("x^2"), Text(" it prints"))),
            Listing(
                'def rate(s: float) -> float:\n    """Say it."""\n    return 0.9 * s  # a comment\n',
                "python",
                words("The rate."),
                "lst:r",
                "1.1",
            ),
            Listing("0.1538\n", classes=("output",)),
            paragraph(
                "H",
                Sub(words("2")),
                "O, 1",
                Sup(words("st")),
                ", ",
                Code("x = 1", "python"),
                ", ",
                Styled("kbd", words("Esc")),
                ", ",
                Styled("strikeout", words("no")),
                ", ",
                Styled("smallcaps", words("Small")),
                ", ",
                Styled("mark", words("marked")),
                ", ",
                Styled("underline", words("under")),
                LineBreak(),
                Term("glossary", words("logit"), "logit"),
                " ",
                Image("figures/valley.svg", VALLEY.digest, "a little valley", "2em"),
            ),
            Columns((Column((paragraph("Left words."),), 0.4), Column((paragraph("Right words."),), 0.6))),
            Incremental((paragraph("Then this."), paragraph("Then that."))),
            Slide(words("Only on the slide"), (paragraph("Deck words."),), id="sec:slide"),
            Slide(words("Also in print"), (paragraph("Printed slide words."),), in_handout=True),
            SpeakerNotes((paragraph("Say slowly."),)),
            Rule(),
            Exercise(
                (paragraph("How many reports are right?"),),
                (paragraph("Use ", Formula("90/585"), "."),),
                answer,
                (),
                "exr:p",
                "1.1",
            ),
        ),
    )


BAYES_UNNUMBERED = Equation(Formula(r"\frac{\pi s}{\pi s + (1-\pi)(1-t)}"))


def second() -> Example:
    valley = Image("figures/valley.svg", VALLEY.digest, "A valley", description="Two slopes & a <floor> between them.")
    figure = Figure(valley, words("The way down."), "fig:valley", "2.1")
    back = Link(words("Example 1"), "#base-rates", unit="base-rates")
    slide = Link(words("the slide"), "#sec:slide", unit="base-rates")
    blocks = (paragraph("As in ", back, " and on ", slide, "."), figure)
    return Example("descent", "2", "descent", words("Down the valley"), blocks, NOWHERE, pictures=(VALLEY,))


def edition(audience: Audience = "student", math: str = "mathml") -> Edition:
    meta = Meta(
        title="Why Machine Learning Needs Math",
        subtitle="Seven examples, worked out in full",
        authors=("Ann Example", "Bo Beispiel"),
        date="2026-11-23",
        licence="CC BY 4.0",
        identifier="urn:uuid:6f1c2b9e-3d47-4e0a-9a55-8c1d7e42b0f6",
        epub=EpubMeta(math),  # type: ignore[arg-type]
    )
    preface = Matter("preface", "preface", "front", words("Preface"), (paragraph("To the reader."),), NOWHERE)
    labels = (
        Label("fig:valley", "descent", "fig", "2.1", "Figure\xa02.1", "The way down."),
        Label("tbl:c", "base-rates", "tbl", "1.1", "Table\xa01.1", "The test’s four outcomes among 10,000 people."),
        Label("fig:gone", "descent", "fig", "2.2", "Figure\xa02.2", "On a slide."),
    )
    return Edition(audience, meta, (preface, first(audience == "instructor"), second()), labels)


def family(name: str, folder: str, *faces: str) -> FontFamily:
    made = tuple(
        FontFace(
            FONTS / folder / face,
            face,
            int(next((weight for weight in ("400", "600", "700") if weight in face), "400")),
            "italic" if "Italic" in face else "normal",
        )
        for face in faces
    )
    return FontFamily(name, ("serif",), made, FONTS / folder / "OFL.txt")


def theme() -> Theme:
    stix = [f"STIXTwoText_{face}.ttf" for face in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")]
    sans = [f"SourceSans3_{face}.ttf" for face in ("400Regular", "400Regular_Italic", "600SemiBold", "700Bold")]
    body = family("STIX Two Text", "stix-two-text", *stix)
    heading = family("Source Sans 3", "source-sans-3", *sans)
    code = family("Source Code Pro", "source-code-pro", "SourceCodePro_400Regular.ttf", "SourceCodePro_700Bold.ttf")
    math = family("STIX Two Math", "stix-two-math", "STIXTwoMath-Regular.ttf")
    colours = Colours(
        text="#1d1f24",
        background="#ffffff",
        muted="#565c68",
        accent="#14505c",
        on_accent="#ffffff",
        accent2="#a8481a",
        surface="#f5f4ef",
        rule="#cfccc2",
        link="#0b5a86",
        warning="#96310f",
        code_keyword="#7a2a52",
        code_string="#2a632a",
        code_comment="#5c616b",
        code_number="#7d4508",
        code_name="#1f4e9e",
    )
    return Theme(
        name="sample",
        title="Sample",
        colours=colours,
        fonts=Fonts(body, heading, code, math),
        deck=DeckTokens(heading, body, code, 30, (22, 20, 18), 14, 12),
        body_size=10.5,
        line_height=1.42,
        print_css="",
        epub_css=".own { margin: 0 }",
        digest=json.dumps("sample"),
    )


def compiled(edition: Edition) -> list[Fragment]:
    return [compile(unit, theme(), Options(edition.audience, edition.meta)) for unit in edition.units]


def built(edition: Edition, folder: Path) -> Path:
    """Return the finished e-book."""
    file = folder / f"{edition.audience}.epub"
    link(edition, compiled(edition), theme(), file)
    return file

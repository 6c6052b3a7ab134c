"""A manuscript that is hard to set: every block, many languages, whatever is too long, too deep or too many."""

from __future__ import annotations

from pathlib import Path

LANGUAGES = {
    "Deutsch": "Die Geschwindigkeitsbegrenzung der Donaudampfschifffahrtsgesellschaft überrascht Außenstehende.",
    "Français": "L’hétéroscédasticité conditionnelle déçoit l’œil : « c’est-à-dire », voilà, où ça ?",
    "Español": "¿Cuántos años tendría el jurisconsulto antihiperestático? ¡Qué pregunta!",
    "Italiano": "Perché la probabilità condizionata precipitevolissimevolmente sfugge a chiunque?",
    "Português": "A inconstitucionalidade das proposições não-lineares põe à prova a atenção.",
    "Nederlands": "De arbeidsongeschiktheidsverzekering en hottentottententententoonstelling: coördinatie, ijs.",
    "Polski": "Zażółć gęślą jaźń; konstantynopolitańczykowianeczka źdźbło trawy.",
    "Čeština": "Nejneobhospodařovávatelnější příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Magyar": "Megszentségteleníthetetlenségeskedéseitekért, árvíztűrő tükörfúrógép.",
    "Svenska": "Nordvästersjökustartilleriflygspaningssimulatoranläggningsmateriel räcker.",
    "Suomi": "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas ääntelee.",
    "Русский": "Превысокомногорассмотрительствующий съешь ещё этих мягких французских булок.",
    "Ελληνικά": "Ταχίστη αλώπηξ βαφής ψημένη γη, δρασκελίζει υπέρ νωθρού κυνός.",
    "Türkçe": "Çekoslovakyalılaştıramadıklarımızdan mısınız, İstanbul’un ığdır ılıca.",
    "Tiếng Việt": "Ổn định xác suất có điều kiện của những quyết định.",
    "العربية": "هذا نص عربي طويل بما يكفي ليملأ سطرين على الهاتف، وفيه أرقام ١٢٣ وكلمة Bayes في وسطه.",
    "עברית": "זהו משפט בעברית עם המילה model בתוכו ומספר 42 בסופו.",
    "中文": "条件概率与贝叶斯定理:一个很长的句子,没有空格,因此可以在任何字之间换行。",
    "日本語": "ベイズの定理は、条件付き確率を結びつける。長い文でも空白はない。",
    "한국어": "베이즈 정리는 조건부 확률을 서로 이어 준다.",
    "हिन्दी": "सशर्त प्रायिकता और बेज़ का प्रमेय।",
    "Emoji": "👩‍🏫 👨🏽‍💻 🏳️‍🌈 🇩🇪 😀 ✅ and a flag",
}

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300" viewBox="0 0 900 300">'
    '<path d="M20 280 Q450 -200 880 280" fill="none" stroke="#123456" stroke-width="4"/></svg>'
)

BLOCKS = r"""---
id: all
title: "Every *block* & $x<y$, “all of them” <at once>"
topics: [a & b, "c < d"]
prerequisites: [nothing]
summary: "What is hard to set: <all> of it."
minutes: 99
---

## Boxes {#sec:boxes}

Words *emphasised*, **strong**, ~~struck~~, H~2~O, x^2^, `code_in_a_line = 1`{.python}, [Small]{.smallcaps},
[under]{.underline}, [marked]{.mark}, [Esc]{.kbd}, "quoted 'twice'", [eigenvalue]{.index}, a [logit]{.term}, the
[odds]{.term}, again a [Logit]{.term}, a\
break, &copy; and https://example.org/a/very/long/address/without/any/place/to/break/it/in/the/whole/of/it/at/all.

::: {.definition #def:a title="A *name* with $\sqrt{x}$"}
What it is.
:::

::: {.theorem #thm:a title="Theirs"}
If $a < b$, then
$$
\int_a^b f(x)\,\mathrm{d}x = F(b) - F(a)
$$ {#eq:fund}
:::

::: proof
By @def:a and @eq:fund.
$$
a = b
$$
:::

::: lemma
A.
:::

::: corollary
B.
:::

::: proposition
C.
:::

::: remark
D.
:::

::: worked
E.
:::

::: algorithm
1. F.
2. G.
:::

::: {.note title="Named"}
A note.
:::

::: tip
A tip.
:::

::: warning
A warning.
:::

::: important
Important.
:::

::: caution
Caution.
:::

:::: {.exercise #exr:a title="Try"}
What is $1+1$?

::: hint
Count.
:::

::: solution
It is the answer two.
:::
::::

> Quoted words.
>
> - a list in them
>
> — Somebody, *Somewhere*

| A line of verse
|   and another

::: columns
::: {.column width=40%}
Left.
:::
::: column
Right.
:::
:::

::: incremental
- one
- two
:::

::: {.slide title="Also here" also=handout}
In print too.
:::

::: notes
Say it slowly.
:::

Term
:   its meaning

Other
:   first meaning

    more of it

:   second meaning

---

```{.python #lst:loop caption="The loop, with $n$ steps"}
def a_function_with_a_very_long_name(first_argument, second_argument, third_argument, fourth_argument, fifth_argument):
    return "a string that is so long that no phone on earth will ever show it on one line without wrapping it somewhere"
```

```{.output}
1.0
```

![What it shows, with $\pi$ and [a link](https://example.org).](figures/wide.svg){#fig:wide width=60% alt="An arch from below left to below right."
description="It begins at the lower left, rises to twice its height & falls again to the <lower> right."}

A picture ![an arch](figures/wide.svg){width=2em} in a line.

::: takeaway
That was all.
:::
"""

GLOSSARY = r"""---
title: Glossary
---

logit
:   The number $\ln\frac{p}{1-p}$, and its *spread*.

    $$
    p \mapsto \ln p - \ln (1 - p)
    $$

odds
:   The ratio $p : (1-p)$.[^odds]

[^odds]: Bookmakers turn it round.
"""

WIDE = r"""---
id: wide
title: Too wide, too deep, too many
---

## A wide table

| a | b | c | d | e | f | g | h | i | j | k | l | m | n |
|:--|--:|:-:|---|---|---|---|---|---|---|---|---|---|---|
{rows}

: Fourteen columns, in a caption that is itself long enough to need two lines on any phone that is held upright. {{#tbl:wide}}

| $\kappa$ | |
|---:|---|
| $\frac{{1}}{{2}}$ | a |

## Long formulas

$$
{sum}
$$ {{#eq:long}}

In a line: ${inline}$, and {{{{braces}}}}.

$$
\begin{{pmatrix}} {matrix} \end{{pmatrix}}
$$

## Deep lists

{lists}

## Sixty notes

{marks}

{notes}
"""


def wide() -> str:
    cells = " | ".join(["12345.678"] * 14)
    sums = " + ".join(rf"\frac{{x_{{{n}}}^2}}{{{n}!}}" for n in range(1, 40))
    return WIDE.format(
        rows="\n".join([f"| {cells} |"] * 6),
        sum=sums,
        inline="+".join(f"a_{{{n}}}" for n in range(1, 30)),
        matrix=r" \\ ".join(" & ".join(rf"a_{{{row}{column}}}" for column in range(12)) for row in range(4)),
        lists="\n".join(f"{'    ' * depth}{'-' if depth % 2 else '1.'} level {depth}\n" for depth in range(8)),
        marks=" ".join(f"Word{number}[^n{number}]" for number in range(1, 61)),
        notes="\n\n".join(f"[^n{number}]: Note {number} says $x_{{{number}}}$." for number in range(1, 61)),
    )


def languages() -> str:
    parts = [f"## {name}\n\n{words} {words}\n\n- {words}\n\n> {words}" for name, words in LANGUAGES.items()]
    return "---\nid: tongues\ntitle: All tongues, اللغة العربية\n---\n\n" + "\n\n".join(parts) + "\n"


def write(root: Path, *, language: str = "en", math: str = "mathml") -> Path:
    """Write the manuscript into a folder and return it."""
    book = f"""title: "Torture & <more>"
subtitle: "One “of” each"
authors: ["A & B", "Жанна Ω"]
language: {language}
licence: CC BY 4.0
date: 2026-11-23
epub: {{math: {math}}}
"""
    files = {
        "book.yaml": book,
        "examples/01-all.md": BLOCKS,
        "examples/02-wide.md": wide(),
        "examples/03-tongues.md": languages(),
        "back/01-glossary.md": GLOSSARY,
        "figures/wide.svg": PICTURE,
    }
    for name, text in files.items():
        path = root / "manuscript" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root

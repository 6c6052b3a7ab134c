"""Makes manuscripts of any size for the benchmarks: python benchmarks/gen.py OUT -n 100 [--seed 1]; --add 1; --touch 3.

Example i depends on the seed and on i alone: adding one leaves all others byte for byte as they were. The Markdown goes
through Pandoc too. Nothing but the standard library is needed.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

NOUNS = [
    "space",
    "norm",
    "basis",
    "vector",
    "matrix",
    "kernel",
    "image",
    "measure",
    "limit",
    "series",
    "bound",
    "field",
    "ring",
    "ideal",
    "map",
    "graph",
    "path",
    "tree",
    "flow",
    "cut",
    "plane",
    "curve",
    "surface",
    "gradient",
    "energy",
    "entropy",
    "sample",
    "mean",
    "variance",
    "moment",
    "signal",
    "filter",
    "phase",
    "wave",
    "market",
    "choice",
    "game",
]
ADJECTIVES = [
    "small",
    "large",
    "open",
    "closed",
    "finite",
    "infinite",
    "simple",
    "smooth",
    "linear",
    "convex",
    "compact",
    "dense",
    "sparse",
    "stable",
    "naïve",
]
VERBS = [
    "gives",
    "shows",
    "bounds",
    "controls",
    "determines",
    "suggests",
    "preserves",
    "breaks",
    "moves",
    "fixes",
    "splits",
    "joins",
    "measures",
    "counts",
]
LINKS = ("because", "although", "while", "so that", "whenever", "as soon as", "unless", "since", "until", "where")
INLINE = (
    r"f(x) = {a}x^{{2}} + {b}x - {c}",
    r"\sqrt{{{a}^2 + {b}^2}}",
    r"\frac{{{a}}}{{{b}}} < {c}",
    r"x_{{{a}}} \in \mathbb{{R}}^{{{b}}}",
    r"\lVert \mathbf{{v}} \rVert_{{{a}}} \leq {c}",
    r"\sum_{{k=1}}^{{n}} k^{{{a}}}",
    r"\alpha_{{{a}}} + \beta^{{{b}}} \approx \gamma",
    r"P(X > {a}) \le e^{{-{b}t}}",
    r"n \equiv {a} \pmod{{{c}}}",
)
DISPLAY = (
    r"\int_{{0}}^{{{a}}} x^{{{b}}}\,e^{{-{c}x}}\,\mathrm{{d}}x = \frac{{{b}!}}{{{c}^{{{b}+1}}}} + O(e^{{-{a}}})",
    r"\begin{{pmatrix}} {a} & {b} \\ {c} & {d} \end{{pmatrix}} \begin{{pmatrix}} x \\ y \end{{pmatrix}} = 0",
    r"\begin{{aligned}} (x + {a})^2 &= x^2 + {b}x + {c} \\ &\ge {d} \end{{aligned}}",
    r"f(x) = \begin{{cases}} x^{{{a}}} & \text{{if }} x \ge {b}, \\ -{c}x & \text{{otherwise.}} \end{{cases}}",
    r"\sum_{{k=0}}^{{{a}}} \binom{{{a}}}{{k}} p^k (1-p)^{{{a}-k}} = 1, \qquad p = \frac{{{b}}}{{{c}}}",
    r"\frac{{\partial u}}{{\partial t}} = {a}\,\frac{{\partial^2 u}}{{\partial x^2}} - {b} u^{{{c}}}",
)


class Writer:
    """Writes one example; the same seed and number give the same words."""

    def __init__(self, seed: str, number: int) -> None:
        self.random = random.Random(f"{seed}:{number}")
        self.number = number
        self.key = f"{number:04d}"

    def numbers(self) -> dict[str, int]:
        return {name: self.random.randint(2, 97) for name in "abcd"}

    def inline(self) -> str:
        return f"${self.random.choice(INLINE).format(**self.numbers())}$"

    def display(self, label: str) -> str:
        return f"$$\n{self.random.choice(DISPLAY).format(**self.numbers())}\n$$ {{#eq:{label}-{self.key}}}"

    def sentence(self) -> str:
        pick = self.random.choice
        clause = f"the {pick(ADJECTIVES)} {pick(NOUNS)} {pick(VERBS)} every {pick(NOUNS)}"
        if self.random.random() < 0.6:
            clause += f" {pick(LINKS)} the {pick(ADJECTIVES)} {pick(NOUNS)} {pick(VERBS)} the {pick(ADJECTIVES)} {pick(NOUNS)}"
        return f"{clause[0].upper()}{clause[1:]}."

    def paragraph(self, *extra: str) -> str:
        sentences = [self.sentence() for _ in range(self.random.randint(3, 6))]
        for one in extra:
            sentences.insert(self.random.randint(1, len(sentences)), one)
        return " ".join(sentences)

    def picture(self) -> tuple[str, bytes]:
        """Return the file's name and its bytes: SVG for odd numbers, PNG for even ones."""
        if self.number % 2:
            return f"ex-{self.key}.svg", svg(self.random)
        return f"ex-{self.key}.png", png(self.random)

    def text(self) -> str:
        return "\n\n".join(self.blocks(self.picture()[0])) + "\n"

    def blocks(self, picture: str) -> Iterator[str]:
        key, pick = self.key, self.random.choice
        title = f"{pick(ADJECTIVES).capitalize()} {pick(NOUNS)} and {pick(ADJECTIVES)} {pick(NOUNS)}"
        yield f"---\nid: ex-{key}\ntitle: {title}\n---"
        yield "## Setting"
        note = f"We write {self.inline()} for short.[^fn-{key}]"
        yield self.paragraph(f"Here {self.inline()} is fixed.", note)
        yield f"> {self.sentence()}\n>\n> --- A. Nobody, *{pick(NOUNS).capitalize()}*"
        yield self.paragraph(f"See [the *{pick(NOUNS)}* page](https://example.org/topic/{key}) for more.")
        yield "\n".join(f"- {self.sentence()}" for _ in range(self.random.randint(3, 5)))
        yield "## Computation"
        yield self.paragraph(f"Assume {self.inline()} throughout.")
        yield self.display("one")
        rows = [f"| {pick(NOUNS)} | {self.random.randint(1, 999)} | {self.random.random():.3f} |" for _ in range(5)]
        yield "\n".join(["| case | value | bound |", "|:-----|------:|------:|", *rows])
        yield f": Values for example {self.number}. {{#tbl:values-{key}}}"
        yield self.display("two")
        yield f"```python\ndef step(x, n={self.random.randint(3, 20)}):\n    for k in range(n):\n        x = (x * 7 + k) % 101\n    return x\n```"
        yield "## Picture"
        yield self.paragraph()
        yield f"![Plot of the {pick(ADJECTIVES)} {pick(NOUNS)}](figures/{picture}){{#fig:plot-{key} width=60%}}"
        yield "## Exercise"
        solution = f"::: solution\n{self.paragraph(f'Hence {self.inline()}.')}\n:::"
        yield f":::: {{.exercise #exr:{key}}}\n{self.sentence()} Show that {self.inline()}.\n\n{solution}\n::::"
        yield f"::: notes\nSay slowly: {self.sentence()}\n:::"
        yield f"[^fn-{key}]: {self.sentence()}"


def svg(chance: random.Random, width: int = 320, height: int = 200) -> bytes:
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
    ]
    lines.append(f'<path d="M20 {height - 20}H{width - 10}M20 {height - 20}V10" stroke="#333" fill="none"/>')
    for _ in range(chance.randint(3, 6)):
        points = " ".join(f"{20 + at * 14},{chance.randint(15, height - 25)}" for at in range(20))
        lines.append(f'<polyline points="{points}" fill="none" stroke="#{chance.randint(0, 0xAAAAAA):06x}"/>')
    return ("".join(lines) + "</svg>").encode()


def png(chance: random.Random, width: int = 320, height: int = 200) -> bytes:
    colour, waves = [chance.randint(0, 255) for _ in range(3)], chance.randint(2, 9)
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            near = abs(y - height / 2 - 60 * math.sin(waves * x / width * math.pi)) < 3
            rows += bytes(colour if near else (255, 255, 255))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, data) for name, data in parts)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def write(out: Path, seed: str, number: int) -> None:
    writer = Writer(seed, number)
    (out / "manuscript/examples" / f"{number:04d}-ex.md").write_text(writer.text(), "utf-8")
    name, data = Writer(seed, number).picture()
    (out / "manuscript/figures" / name).write_bytes(data)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("-n", type=int, default=100, help="how many examples")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--add", type=int, default=0, help="so many more examples")
    parser.add_argument("--touch", type=int, default=0, help="change a word of this example")
    asked = parser.parse_args()
    state = asked.out / ".gen.json"
    if asked.touch:
        path = asked.out / "manuscript/examples" / f"{asked.touch:04d}-ex.md"
        path.write_text(path.read_text("utf-8").replace("throughout.", "throughout this example.", 1), "utf-8")
        return
    known = json.loads(state.read_text()) if asked.add else {"n": 0, "seed": asked.seed}
    last = known["n"] + asked.add if asked.add else asked.n
    for folder in ("examples", "figures"):
        (asked.out / "manuscript" / folder).mkdir(parents=True, exist_ok=True)
    title = (
        f"title: A book of examples\nauthors: [Generator]\nlanguage: en\ndate: 2026-01-01\nedition: '{asked.seed}'\n"
    )
    (asked.out / "manuscript/book.yaml").write_text(title, "utf-8")
    for number in range(known["n"] + 1, last + 1):
        write(asked.out, known["seed"], number)
    state.write_text(json.dumps({"n": last, "seed": known["seed"]}))


if __name__ == "__main__":
    main()

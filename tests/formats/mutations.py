"""Single edits of finished files, by kind. `python benchmarks/mutations.py` prints how many of each are found."""

from __future__ import annotations

import random
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from lxml import etree

from mathbook.authoring.new import create
from mathbook.authoring.prove import Manuscript, manuscript_of
from mathbook.build.make import Request, make
from mathbook.document.ledger import from_json
from mathbook.formats import formats
from mathbook.project import Project
from mathbook.verify.examine import Examined, examine

XHTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
FILES = {"pdf": "book.pdf", "epub": "book.epub", "deck": "deck.pptx"}

EXAMPLE = """\
# Example {n}: Steps of size {n} {{#steps-{n}}}

Take {n}0,000 steps and write $x_{n}$ for the last of them, since $\\alpha^{n} + \\beta < {n}$ is all that is known.[^a]

[^a]: Known to number {n} at least.

## How number {n} goes down

$$
\\frac{{\\partial f}}{{\\partial x_{n}}} = \\sum_{{i=1}}^{{{n}}} a_i
$$ {{#eq:sum{n}}}

::: theorem {{#thm:t{n} title="Small steps of {n}"}}
If the step is smaller than $1/{n}$, every step goes down, by @eq:sum{n}.
:::

- first of number {n}
- second of number {n}, with [a page](https://example.org/number/{n})

| name {n} | value |
|:--|--:|
| alpha {n} | {n}1 |
| beta {n} | {n}2 |

: What number {n} counts. {{#tbl:c{n}}}

```python
def step_{n}(x):
    return x - {n}
```

![The valley of number {n}.](figures/valley{n}.svg){{#fig:v{n}}}

::: {{.exercise #exr:e{n}}}
How far does number {n} go?

::: solution
Exactly forty-two times as far as the secret number {n} says.
:::
:::
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="160" viewBox="0 0 400 160">'
    '<path d="M20 20 Q200 {0} 380 20" fill="none" stroke="#14505c" stroke-width="3"/></svg>'
)


def build(root: Path) -> Manuscript:
    """Build a book of four examples that have everything in them; return its manuscript."""
    create(root, "Steps")
    (root / "manuscript/figures").mkdir(exist_ok=True)
    for n in range(3, 7):
        (root / f"manuscript/examples/{n:02}-steps-{n}.md").write_text(EXAMPLE.format(n=n), "utf-8")
        (root / f"manuscript/figures/valley{n}.svg").write_text(PICTURE.format(200 + 9 * n), "utf-8")
    list(make(Project(root), Request(audiences=("student",))))
    return manuscript_of(Project(root))


# -- the kinds: each takes the file's members or pages, edits one thing, and returns the unit that it was in


def other(rng: random.Random, text: str) -> str:
    """Return the text with one of its letters or digits changed into another."""
    at = rng.choice([at for at, char in enumerate(text) if char.isalnum()])
    return text[:at] + rng.choice([c for c in "abcxyz0123456789" if c != text[at]]) + text[at + 1 :]


Members = dict[str, bytes]


def _texts(root: etree._Element, names: tuple[str, ...], within: str = "") -> list[etree._Element]:
    tops = list(root.iter(within)) if within else [root]
    found = [element for top in tops for name in names for element in top.iter(name)]
    return [element for element in found if any(char.isalnum() for char in element.text or "")]


def _page(rng: random.Random, members: Members) -> str:
    return rng.choice([name for name in members if re.search(r"steps-\d\.xhtml$", name)])


def _edit(rng: random.Random, members: Members, name: str, tags: tuple[str, ...], within: str = "") -> bool:
    root = etree.fromstring(members[name])
    found = _texts(root, tags, within)
    if not found:
        return False
    element = rng.choice(found)
    element.text = other(rng, element.text or "")
    members[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return True


def epub_text(rng: random.Random, members: Members, _: list[str]) -> str:
    name = _page(rng, members)
    tags = tuple(XHTML + tag for tag in ("p", "li", "h2", "strong", "em", "code", "span"))
    _edit(rng, members, name, tags, XHTML + "body")
    return Path(name).stem


def epub_cell(rng: random.Random, members: Members, _: list[str]) -> str:
    name = _page(rng, members)
    _edit(rng, members, name, (XHTML + "td", XHTML + "th"))
    return Path(name).stem


def epub_formula(rng: random.Random, members: Members, _: list[str]) -> str:
    name = _page(rng, members)
    _edit(rng, members, name, (MATHML + "mi", MATHML + "mn"))
    return Path(name).stem


def epub_link(rng: random.Random, members: Members, _: list[str]) -> str:
    name = _page(rng, members)
    members[name] = members[name].replace(b"https://example.org/number/", b"https://example.org/other/")
    return Path(name).stem


def epub_picture(rng: random.Random, members: Members, _: list[str]) -> str:
    name = _page(rng, members)
    source = re.search(rb'src="([^"]+\.svg)"', members[name])
    assert source
    picture = next(member for member in members if member.endswith(source[1].decode().rpartition("/")[2]))
    members[picture] = members[picture].replace(b"380", b"3%d" % rng.randrange(10, 70), 1)
    return Path(name).stem


def epub_paragraph_removed(rng: random.Random, members: Members, _: list[str]) -> str:
    name = _page(rng, members)
    root = etree.fromstring(members[name])
    gone = rng.choice([p for p in root.iter(XHTML + "p") if "".join(p.itertext()).strip()])
    gone.getparent().remove(gone)
    members[name] = etree.tostring(root)
    return Path(name).stem


def epub_row_removed(rng: random.Random, members: Members, _: list[str]) -> str:
    name = _page(rng, members)
    root = etree.fromstring(members[name])
    gone = rng.choice(list(root.iter(XHTML + "tr")))
    gone.getparent().remove(gone)
    members[name] = etree.tostring(root)
    return Path(name).stem


def epub_heading_level(rng: random.Random, members: Members, _: list[str]) -> str:
    name = _page(rng, members)
    root = etree.fromstring(members[name])
    rng.choice(list(root.iter(XHTML + "h2"))).tag = XHTML + "h3"
    members[name] = etree.tostring(root)
    return Path(name).stem


def epub_inner_link(rng: random.Random, members: Members, _: list[str]) -> str:
    name = _page(rng, members)
    members[name] = re.sub(rb'href="#eq[^"]+"', b'href="#h--1"', members[name], count=1)
    return Path(name).stem


def epub_spoken_words(rng: random.Random, members: Members, _: list[str]) -> str:
    """Change what is read aloud for a formula."""
    name = _page(rng, members)
    root = etree.fromstring(members[name])
    formula = rng.choice(list(root.iter(MATHML + "math")))
    formula.set("alttext", other(rng, formula.get("alttext", "")))
    members[name] = etree.tostring(root)
    return Path(name).stem


def epub_two_swapped(rng: random.Random, members: Members, _: list[str]) -> str:
    """Let two items of a list change places."""
    name = _page(rng, members)
    root = etree.fromstring(members[name])
    one, two = [li for li in root.iter(XHTML + "li") if "of number" in "".join(li.itertext())][:2]
    one.addprevious(two)
    members[name] = etree.tostring(root)
    return Path(name).stem


def epub_page_removed(rng: random.Random, members: Members, _: list[str]) -> str:
    name = next(member for member in members if member.endswith(".opf"))
    root = etree.fromstring(members[name])
    refs = [ref for ref in root.iter("{http://www.idpf.org/2007/opf}itemref") if "steps" in ref.get("idref", "")]
    gone = rng.choice(refs)
    gone.getparent().remove(gone)
    members[name] = etree.tostring(root)
    return gone.get("idref", "").replace("unit-", "")


def epub_hidden(rng: random.Random, members: Members, _: list[str]) -> str:
    """Let the style sheet hide something on every page."""
    name = next(member for member in members if member.endswith(".css"))
    hidden = rng.choice(["p", "li", "td", "h2", "figure", ".equation"])
    members[name] += f"{hidden} {{ display: none }}".encode()
    return ""


def epub_reordered(rng: random.Random, members: Members, _: list[str]) -> str:
    name = next(member for member in members if member.endswith(".opf"))
    root = etree.fromstring(members[name])
    refs = [ref for ref in root.iter("{http://www.idpf.org/2007/opf}itemref") if "steps" in ref.get("idref", "")]
    one, two = rng.sample(refs, 2)
    first, second = one.get("idref"), two.get("idref")
    one.set("idref", second)
    two.set("idref", first)
    members[name] = etree.tostring(root)
    return f"{first}|{second}".replace("unit-", "")


def _slide(rng: random.Random, members: Members, slides: list[str], tag: str, within: str = "") -> int:
    """Return the number of a slide of an example that has such an element."""
    known = [at for at, unit in enumerate(slides, start=1) if unit.startswith("steps")]
    having = [at for at in known if _texts(etree.fromstring(members[f"ppt/slides/slide{at}.xml"]), (tag,), within)]
    return rng.choice(having)


def deck_run(rng: random.Random, members: Members, slides: list[str]) -> str:
    at = _slide(rng, members, slides, A + "t")
    _edit(rng, members, f"ppt/slides/slide{at}.xml", (A + "t",))
    return slides[at - 1]


def deck_cell(rng: random.Random, members: Members, slides: list[str]) -> str:
    at = _slide(rng, members, slides, A + "t", A + "tbl")
    _edit(rng, members, f"ppt/slides/slide{at}.xml", (A + "t",), A + "tbl")
    return slides[at - 1]


def deck_formula(rng: random.Random, members: Members, slides: list[str]) -> str:
    at = _slide(rng, members, slides, M + "t")
    _edit(rng, members, f"ppt/slides/slide{at}.xml", (M + "t",))
    return slides[at - 1]


def deck_notes(rng: random.Random, members: Members, slides: list[str]) -> str:
    by_notes = {}
    for at, unit in enumerate(slides, start=1):
        notes = re.search(rb"notesSlides/(notesSlide\d+\.xml)", members[f"ppt/slides/_rels/slide{at}.xml.rels"])
        if notes and unit.startswith("steps"):
            by_notes[f"ppt/notesSlides/{notes[1].decode()}"] = unit
    name = rng.choice(sorted(by_notes))
    _edit(rng, members, name, (A + "t",))
    return by_notes[name]


def deck_link(rng: random.Random, members: Members, slides: list[str]) -> str:
    names = [f"ppt/slides/_rels/slide{at}.xml.rels" for at, unit in enumerate(slides, 1) if unit.startswith("steps")]
    name = rng.choice([name for name in names if b"https://example.org/number/" in members[name]])
    members[name] = members[name].replace(b"https://example.org/number/", b"https://example.org/other/")
    return slides[int(re.findall(r"\d+", name)[0]) - 1]


def deck_picture(rng: random.Random, members: Members, slides: list[str]) -> str:
    for at in rng.sample(range(1, len(slides) + 1), len(slides)):
        found = re.search(rb"media/([^\"]+\.svg)", members[f"ppt/slides/_rels/slide{at}.xml.rels"])
        if found and slides[at - 1].startswith("steps"):
            name = f"ppt/media/{found[1].decode()}"
            members[name] = members[name].replace(b"380", b"3%d" % rng.randrange(10, 70), 1)
            return slides[at - 1]
    raise AssertionError("no picture")


def deck_bitmap(rng: random.Random, members: Members, slides: list[str]) -> str:
    """Swap a picture that only other programs than PowerPoint show."""
    by_name = {}
    for at, unit in enumerate(slides, start=1):
        for found in re.findall(rb'media/([^"]+\.png)', members[f"ppt/slides/_rels/slide{at}.xml.rels"]):
            by_name[f"ppt/media/{found.decode()}"] = by_name.get(f"ppt/media/{found.decode()}", "") + f"|{unit}"
    name = rng.choice(sorted(name for name, units in by_name.items() if "steps" in units))
    members[name] = members[name][:-30] + bytes([members[name][-30] ^ 1]) + members[name][-29:]
    return by_name[name]


def deck_alternative(rng: random.Random, members: Members, slides: list[str]) -> str:
    """Change what is read aloud for a picture or a formula."""
    named = [
        at
        for at, unit in enumerate(slides, start=1)
        if unit.startswith("steps") and b' descr="' in members[f"ppt/slides/slide{at}.xml"]
    ]
    at = rng.choice(named)
    name = f"ppt/slides/slide{at}.xml"
    root = etree.fromstring(members[name])
    shape = rng.choice([one for one in root.iter(P + "cNvPr") if one.get("descr")])
    shape.set("descr", other(rng, shape.get("descr", "")))
    members[name] = etree.tostring(root)
    return slides[at - 1]


def deck_row_removed(rng: random.Random, members: Members, slides: list[str]) -> str:
    at = _slide(rng, members, slides, A + "t", A + "tbl")
    root = etree.fromstring(members[f"ppt/slides/slide{at}.xml"])
    gone = rng.choice(list(root.iter(A + "tr")))
    gone.getparent().remove(gone)
    members[f"ppt/slides/slide{at}.xml"] = etree.tostring(root)
    return slides[at - 1]


def deck_words_in_a_group(rng: random.Random, members: Members, slides: list[str]) -> str:
    """Add a text of one's own, in a group of shapes."""
    at = rng.choice([at for at, unit in enumerate(slides, start=1) if unit.startswith("steps")])
    name = f"ppt/slides/slide{at}.xml"
    root = etree.fromstring(members[name])
    tree = next(root.iter(P + "spTree"))
    group = etree.SubElement(tree, P + "grpSp")
    shape = etree.SubElement(group, P + "sp")
    body = etree.SubElement(shape, P + "txBody")
    etree.SubElement(etree.SubElement(etree.SubElement(body, A + "p"), A + "r"), A + "t").text = "Not so!"
    members[name] = etree.tostring(root)
    return slides[at - 1]


def deck_slide_hidden(rng: random.Random, members: Members, slides: list[str]) -> str:
    at = rng.choice([at for at, unit in enumerate(slides, start=1) if unit.startswith("steps")])
    name = f"ppt/slides/slide{at}.xml"
    root = etree.fromstring(members[name])
    root.set("show", "0")
    members[name] = etree.tostring(root)
    return slides[at - 1]


def deck_slide_twice(rng: random.Random, members: Members, slides: list[str]) -> str:
    root = etree.fromstring(members["ppt/presentation.xml"])
    (listed,) = root.iter(P + "sldIdLst")
    at = rng.choice([at for at, unit in enumerate(slides) if unit.startswith("steps")])
    again = etree.fromstring(etree.tostring(listed[at]))
    again.set("id", "9999")
    listed.insert(at + 1, again)
    members["ppt/presentation.xml"] = etree.tostring(root)
    return slides[at]


def deck_slide_removed(rng: random.Random, members: Members, slides: list[str]) -> str:
    root = etree.fromstring(members["ppt/presentation.xml"])
    (listed,) = root.iter(P + "sldIdLst")
    at = rng.choice([at for at, unit in enumerate(slides) if unit.startswith("steps")])
    listed.remove(listed[at])
    members["ppt/presentation.xml"] = etree.tostring(root)
    return slides[at]


def deck_reordered(rng: random.Random, members: Members, slides: list[str]) -> str:
    root = etree.fromstring(members["ppt/presentation.xml"])
    (listed,) = root.iter(P + "sldIdLst")
    unit = f"steps-{rng.randrange(4, 7)}"
    moved = [entry for entry, owner in zip(list(listed), slides, strict=True) if owner == unit]
    first = slides.index("steps-3")
    for shift, entry in enumerate(moved):
        listed.remove(entry)
        listed.insert(first + shift, entry)
    members["ppt/presentation.xml"] = etree.tostring(root)
    return f"{unit}|steps-3|steps-4|steps-5"


def _pdf_page(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> int:
    return rng.choice([at for at, unit in enumerate(pages) if unit.startswith("steps")])


def pdf_text(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    """Paint another letter in a block."""
    return _other_letter(rng, pdf, pages, artifacts=False)


def pdf_furniture(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    """Paint another letter in a running head or foot."""
    return _other_letter(rng, pdf, pages, artifacts=True)


def _other_letter(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str], artifacts: bool) -> str:
    there = [at for at, unit in enumerate(pages) if unit.startswith("steps")]
    for at in rng.sample(there, len(there)):
        shown = list(pikepdf.parse_content_stream(pdf.pages[at]))
        for index in rng.sample(range(len(shown)), len(shown)):
            strings = [bytes(string) for string in _painted(shown, index, artifacts)]
            glyphs = [string[i : i + 2] for string in strings for i in range(0, len(string), 2)]
            if len(set(glyphs)) < 2:
                continue
            old = rng.choice(glyphs)
            new = rng.choice([glyph for glyph in glyphs if glyph != old])
            changed = next(string for string in strings if old in [string[i : i + 2] for i in range(0, len(string), 2)])
            places = [i for i in range(0, len(changed), 2) if changed[i : i + 2] == old]
            place = rng.choice(places)
            _paint(pdf, at, shown, index, changed, changed[:place] + new + changed[place + 2 :])
            return pages[at]
    raise AssertionError("no text")


def _paint(
    pdf: pikepdf.Pdf, at: int, shown: list[pikepdf.ContentStreamInstruction], index: int, old: bytes, new: bytes
) -> None:
    parts = (shown[:index], [shown[index]], shown[index + 1 :])
    before, here, after = (pikepdf.unparse_content_stream(part) for part in parts)
    changed = here.replace(pikepdf.String(old).unparse(), pikepdf.String(new).unparse(), 1)
    assert changed != here
    pdf.pages[at].Contents = pdf.make_stream(b"\n".join((before, changed, after)))


def _painted(shown: list[pikepdf.ContentStreamInstruction], index: int, artifacts: bool) -> Iterator[pikepdf.String]:
    """Yield the strings that an instruction paints, if it stands in an artifact or not."""
    if str(shown[index].operator) in ("Tj", "TJ") and list(_in_artifacts(shown[: index + 1]))[-1] == artifacts:
        yield from _strings(shown[index].operands)


def _in_artifacts(shown: list[pikepdf.ContentStreamInstruction]) -> Iterator[bool]:
    """Yield of each instruction whether it stands in an artifact."""
    opened: list[bool] = []
    for one in shown:
        if str(one.operator) in ("BDC", "BMC"):
            opened.append(str(one.operands[0]) == "/Artifact")
        elif str(one.operator) == "EMC":
            opened.pop()
        yield any(opened)


def _strings(operands: object) -> Iterator[pikepdf.String]:
    for operand in operands:  # type: ignore[attr-defined]
        if isinstance(operand, pikepdf.String):
            yield operand
        elif isinstance(operand, pikepdf.Array):
            yield from (part for part in operand if isinstance(part, pikepdf.String))


def pdf_formula(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    formulas = [
        element
        for element in pdf.objects
        if isinstance(element, pikepdf.Dictionary) and element.get("/S") == pikepdf.Name.Formula
    ]
    numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    there = [(one, pages[numbers[one.Pg.objgen]]) for one in formulas if "/Pg" in one]
    formula, unit = rng.choice([(one, unit) for one, unit in there if unit.startswith("steps")])
    formula.Alt = pikepdf.String(other(rng, str(formula.Alt)))
    return unit


def pdf_drawing(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    at = _pdf_page(rng, pdf, pages)
    shown = list(pikepdf.parse_content_stream(pdf.pages[at]))
    paths = [i for i, one in enumerate(shown) if str(one.operator) == "l"]
    index = rng.choice(paths)
    moved = pikepdf.ContentStreamInstruction([float(x) + 0.5 for x in shown[index].operands], shown[index].operator)
    shown[index] = moved
    pdf.pages[at].Contents = pdf.make_stream(pikepdf.unparse_content_stream(shown))
    return pages[at]


def pdf_link(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    links = [
        (note.A, at)
        for at, page in enumerate(pdf.pages)
        for note in page.obj.get("/Annots", [])
        if "/A" in note and pages[at].startswith("steps")
    ]
    action, at = rng.choice(links)
    action.URI = pikepdf.String(str(action.URI) + "x")
    return pages[at]


def pdf_cell(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    """Paint another digit in a cell of a table."""
    cells = _tagged(pdf, pages, ("/TD", "/TH"))
    cell, at = rng.choice([(one, at) for one, at in cells if pages[at].startswith("steps")])
    contents = set(_contents_of(cell))
    shown, inside = list(pikepdf.parse_content_stream(pdf.pages[at])), False
    for index, one in enumerate(shown):
        operator = str(one.operator)
        if operator in ("BDC", "BMC"):
            inside = operator == "BDC" and "/MCID" in one.operands[1] and int(one.operands[1].MCID) in contents
        if inside and operator in ("Tj", "TJ") and list(_strings(one.operands)):
            string = next(_strings(one.operands))
            data = bytes(string)[::-1] if len(bytes(string)) > 2 else b"\0\1"
            shown[index] = pikepdf.ContentStreamInstruction([pikepdf.String(data)], pikepdf.Operator("Tj"))
            pdf.pages[at].Contents = pdf.make_stream(pikepdf.unparse_content_stream(shown))
            return pages[at]
    raise AssertionError("no cell")


def _tagged(pdf: pikepdf.Pdf, pages: list[str], kinds: tuple[str, ...]) -> list[tuple[pikepdf.Dictionary, int]]:
    """Return the structure elements of these kinds, with their pages' places."""
    numbers = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) in kinds]
    return [(one, numbers[one.Pg.objgen]) for one in found if "/Pg" in one and one.Pg.objgen in numbers]


def _contents_of(element: pikepdf.Dictionary) -> Iterator[int]:
    """Yield the marked contents of an element and of all that is below it."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield kid
        elif isinstance(kid, pikepdf.Dictionary) and "/MCID" in kid:
            yield int(kid.MCID)
        elif isinstance(kid, pikepdf.Dictionary):
            yield from _contents_of(kid)


def pdf_symbols(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    """Change the symbols that a formula's drawing says it stands for."""
    places = [at for at in range(len(pages)) if pages[at].startswith("steps") and _symbols_on(pdf.pages[at])]
    at = rng.choice(places)
    data = _content_of(pdf.pages[at])
    said = rng.choice(_symbols_on(pdf.pages[at]))
    changed = said[:-2] + (b"61" if said[-2:] != b"61" else b"62")
    pdf.pages[at].Contents = pdf.make_stream(data.replace(said, changed, 1))
    return pages[at]


def _symbols_on(page: pikepdf.Page) -> list[bytes]:
    return re.findall(rb"ActualText\s*<([0-9A-Fa-f]+)>", _content_of(page))


def _content_of(page: pikepdf.Page) -> bytes:
    page.contents_coalesce()
    return page.Contents.read_bytes()


def pdf_heading_level(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    heading, at = rng.choice([(one, at) for one, at in _tagged(pdf, pages, ("/H2",)) if pages[at].startswith("steps")])
    heading.S = pikepdf.Name.H3
    return pages[at]


def pdf_picture_words(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    figures = [(one, at) for one, at in _tagged(pdf, pages, ("/Figure",)) if pages[at].startswith("steps")]
    figure, at = rng.choice(figures)
    figure.Alt = pikepdf.String(other(rng, str(figure.Alt)))
    return pages[at]


def pdf_inner_link(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    """Let a link inside the book lead to the first page."""
    links = [
        (note, at)
        for at, page in enumerate(pdf.pages)
        for note in page.obj.get("/Annots", [])
        if "/Dest" in note and pages[at].startswith("steps")
    ]
    note, at = rng.choice(links)
    note.Dest = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.XYZ, 0, 99, 0])
    return pages[at]


def pdf_font(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    """Swap what a font's glyphs say that they are: what is painted stays."""
    at = _pdf_page(rng, pdf, pages)
    fonts = [font for font in pdf.pages[at].Resources.Font.values() if "/ToUnicode" in font]
    font = rng.choice(fonts)
    table = font.ToUnicode.read_bytes()
    (first, second) = rng.sample(sorted(set(re.findall(rb"<[0-9a-fA-F]{4}> <([0-9a-fA-F]{4})>", table))), 2)
    font.ToUnicode = pdf.make_stream(table.replace(first, second))
    return "|".join(pages)


def pdf_stamp(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    """Lay a note over a page."""
    at = _pdf_page(rng, pdf, pages)
    note = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.FreeText,
        Rect=[100, 600, 300, 640],
        Contents="Not so!",
        DA="/Helv 12 Tf 0 g",
    )
    pdf.pages[at].obj.Annots = pikepdf.Array([*pdf.pages[at].obj.get("/Annots", []), pdf.make_indirect(note)])
    return pages[at]


def pdf_reordered(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    """Let two examples change places."""
    one, two = sorted(rng.sample(sorted({unit for unit in pages if unit.startswith("steps")}), 2))
    order = {one: two, two: one}
    units = list(dict.fromkeys(pages))
    wanted = [order.get(unit, unit) for unit in units]
    copies = {unit: [pdf.pages[at].obj for at in range(len(pages)) if pages[at] == unit] for unit in units}
    arranged = [pikepdf.Page(page) for unit in wanted for page in copies[unit]]
    for at, page in enumerate(arranged):
        pdf.pages[at] = page
    return f"{one}|{two}"


def pdf_page_removed(rng: random.Random, pdf: pikepdf.Pdf, pages: list[str]) -> str:
    at = _pdf_page(rng, pdf, pages)
    del pdf.pages[at]
    return pages[at]


KINDS: dict[str, tuple[str, Callable[..., str]]] = {
    "PDF: text of a page": ("pdf", pdf_text),
    "PDF: running foot": ("pdf", pdf_furniture),
    "PDF: table cell": ("pdf", pdf_cell),
    "PDF: formula’s symbols": ("pdf", pdf_symbols),
    "PDF: formula’s words": ("pdf", pdf_formula),
    "PDF: drawing": ("pdf", pdf_drawing),
    "PDF: picture’s words": ("pdf", pdf_picture_words),
    "PDF: heading’s level": ("pdf", pdf_heading_level),
    "PDF: link": ("pdf", pdf_link),
    "PDF: link inside": ("pdf", pdf_inner_link),
    "PDF: font": ("pdf", pdf_font),
    "PDF: note laid over": ("pdf", pdf_stamp),
    "PDF: removed page": ("pdf", pdf_page_removed),
    "PDF: reordered examples": ("pdf", pdf_reordered),
    "EPUB: text": ("epub", epub_text),
    "EPUB: table cell": ("epub", epub_cell),
    "EPUB: removed row": ("epub", epub_row_removed),
    "EPUB: formula symbol": ("epub", epub_formula),
    "EPUB: formula’s words": ("epub", epub_spoken_words),
    "EPUB: swapped picture": ("epub", epub_picture),
    "EPUB: heading’s level": ("epub", epub_heading_level),
    "EPUB: link": ("epub", epub_link),
    "EPUB: link inside": ("epub", epub_inner_link),
    "EPUB: removed paragraph": ("epub", epub_paragraph_removed),
    "EPUB: reordered items": ("epub", epub_two_swapped),
    "EPUB: hidden by style": ("epub", epub_hidden),
    "EPUB: removed example": ("epub", epub_page_removed),
    "EPUB: reordered examples": ("epub", epub_reordered),
    "deck: run": ("deck", deck_run),
    "deck: table cell": ("deck", deck_cell),
    "deck: removed row": ("deck", deck_row_removed),
    "deck: formula symbol": ("deck", deck_formula),
    "deck: notes": ("deck", deck_notes),
    "deck: link": ("deck", deck_link),
    "deck: swapped picture": ("deck", deck_picture),
    "deck: swapped bitmap": ("deck", deck_bitmap),
    "deck: alternative text": ("deck", deck_alternative),
    "deck: words in a group": ("deck", deck_words_in_a_group),
    "deck: hidden slide": ("deck", deck_slide_hidden),
    "deck: slide twice": ("deck", deck_slide_twice),
    "deck: removed slide": ("deck", deck_slide_removed),
    "deck: reordered example": ("deck", deck_reordered),
}


def places(root: Path, format_name: str) -> list[str]:
    """Return the unit of each page or slide, by the file's own ledger."""
    carried = from_json(formats()[format_name].door("unseal")(root / "dist" / FILES[format_name]))
    return [part.unit for part in carried.parts if "," not in part.place]


def mutated(kind: str, root: Path, seed: int, folder: Path) -> tuple[Path, str]:
    """Return a copy of the file with one edit of the kind, and the units that it touches, joined by |."""
    format_name, mutate = KINDS[kind]
    rng, source = random.Random(f"{kind} {seed}"), root / "dist" / FILES[format_name]
    path = folder / source.name
    where = places(root, format_name)
    if format_name == "pdf":
        with pikepdf.open(source) as pdf:
            unit = mutate(rng, pdf, where)
            pdf.save(path)
        return path, unit
    with zipfile.ZipFile(source) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    before = dict(members)
    unit = mutate(rng, members, where)
    assert members != before, f"{kind} changed nothing"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path, unit


def outcome(kind: str, root: Path, manuscript: Manuscript, seed: int) -> tuple[str, Examined, str]:
    """Return "found", "elsewhere" (found, but another example is named) or "missed"."""
    with tempfile.TemporaryDirectory() as folder:
        path, unit = mutated(kind, root, seed, Path(folder))
        examined = examine(path, path.name, manuscript.editions)
    if examined.verdict != "not in sync":
        return "missed", examined, unit
    named = {finding.unit for finding in examined.findings}
    return ("found" if named & set(unit.split("|")) else "elsewhere"), examined, unit

"""No file of students holds an answer: not in its words, nor anywhere in its bytes, nor as a hash to be guessed."""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import blake2b, md5, sha1, sha256
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from mathbook.authoring.prove import examine_published, manuscript_of
from mathbook.authoring.reports import write_reports
from mathbook.build.make import Request, make
from mathbook.document.fingerprint import fingerprint
from mathbook.document.nodes import Block, Inline
from mathbook.document.walk import walk
from mathbook.judges import panel
from mathbook.preview import drawings
from mathbook.project import Project

SECRETS = {
    "a paragraph": "Quibblewort",
    "an emphasis": "zanyplinth",
    "a formula": "wyrdmork",
    "a display formula": "fjordglyph",
    "a cell": "vexquartz",
    "a caption": "jockdwarf",
    "a picture’s words": "nymphquilt",
    "a listing": "sphinxblock",
    "a footnote": "waltzbadger",
    "a link’s address": "blowzyfig",
    "an index term": "cwmfjordbank",
    "a work that is cited": "glibjocks",
    "the words of a nested exercise’s answer": "quartzhymn",
    "speaker notes": "vexednymph",
    "what only instructors see": "bigfjords",
    "a note in a slide": "foxyparsnip",
}
MANUSCRIPT = r"""
# Steps {#steps}

Take some steps.[^seen] See [@gauss].

[^seen]: That everybody may see.

::: {.exercise #exr:far title="How far"}
How far does it go?

::: hint
Think.
:::

::: solution
Exactly **zanyplinth** Quibblewort, as $x_{\text{wyrdmork}} = 42$ says [@secret], and a [page](https://example.org/blowzyfig).[^hidden]

$$
y = \text{fjordglyph}^{43}
$$ {#eq:hidden}

| what | value |
|:--|--:|
| vexquartz | 44 |

: A jockdwarf. {#tbl:hidden}

![A nymphquilt.](figures/answer.svg){#fig:hidden alt="nymphquilt nymphquilt"}

```python
sphinxblock = 45
```

The [cwmfjordbank]{.index} is here.
:::
:::

[^hidden]: A waltzbadger.

::: exercise
And this?

::: solution
46 quartzhymn
:::
:::

::: notes
Say vexednymph aloud.
:::

::: {.content-visible when-audience="instructor"}
Only bigfjords.
:::

::: {.slide title="A slide"}
All see this.

::: {.content-visible when-audience="instructor"}
A foxyparsnip.
:::
:::
"""
WORKS = """
@book{gauss, author = {Gauss, C. F.}, title = {Theoria motus}, year = {1809}}
@book{secret, author = {Glibjocks, A.}, title = {What nobody knows}, year = {1999}}
"""
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">'
    '<path d="M3 5.4321 L17.8765 29.0123" stroke="#14505c"/></svg>'
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Build a book with secrets in all places, in all formats, with all reports, but for what other programs make."""
    root = tmp_path_factory.mktemp("answers") / "book"
    (root / "manuscript/examples").mkdir(parents=True)
    (root / "manuscript/figures").mkdir()
    (root / "manuscript/back").mkdir()
    outputs = "outputs: [pdf, epub, deck, slides-handout]\n"
    (root / "manuscript/book.yaml").write_text(f"title: Steps\nbibliography: works.bib\n{outputs}", "utf-8")
    (root / "manuscript/works.bib").write_text(WORKS, "utf-8")
    (root / "manuscript/back/bibliography.md").write_text("# Bibliography\n", "utf-8")
    (root / "manuscript/back/index.md").write_text("# Index\n", "utf-8")
    (root / "manuscript/examples/01-steps.md").write_text(MANUSCRIPT, "utf-8")
    (root / "manuscript/figures/answer.svg").write_text(PICTURE, "utf-8")
    list(make(Project(root), Request()))
    manuscript = manuscript_of(Project(root))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawings.shutil, "which", lambda _: None)
        patch.setattr(panel, "_OTHERS", {})
        list(write_reports(Project(root), manuscript, list(examine_published(root / "dist", manuscript))))
    yield root


def files_of(root: Path, instructor: bool) -> dict[str, Path]:
    found = sorted(path for path in (root / "dist").rglob("*") if path.is_file())
    named = {path.relative_to(root / "dist").as_posix(): path for path in found}
    return {name: path for name, path in named.items() if ("instructor" in name) == instructor}


def everything(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """Yield the bytes, and all that is packed in them: members, streams, strings, attachments, encodings."""
    yield data
    if depth > 6:
        return
    inner: list[bytes] = []
    if data[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            inner += [archive.comment, *(member.filename.encode() for member in archive.infolist())]
            inner += [archive.read(member) for member in archive.namelist()]
    elif data[:5] == b"%PDF-":
        inner += list(_of_pdf(data))
    else:
        if b"<" in data[:200]:
            text = data.decode("utf-8", "replace")
            yield html.unescape(re.sub(r"<[^>]*>", "", text)).encode()  # words that markup divides
            yield html.unescape(text).encode()
        inner += [unpacked for run in _BASE64.findall(data) if (unpacked := _unpacked(run))]
    for one in inner:
        yield from everything(one, depth + 1)


_BASE64 = re.compile(rb"[A-Za-z0-9+/]{40,}={0,2}")


def _unpacked(run: bytes) -> bytes:
    try:
        data = base64.b64decode(run + b"=" * (-len(run) % 4))
    except binascii.Error:
        return b""
    try:
        return zlib.decompress(data)
    except zlib.error:
        return data


def _of_pdf(data: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for found in pdf.objects:
            yield from _of_object(found)
        yield str(pdf.trailer).encode("utf-8", "replace")
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            yield page.get_textpage().get_text_range().encode()


def _of_object(found: object, depth: int = 0) -> Iterator[bytes]:
    if isinstance(found, pikepdf.Stream):
        yield found.read_bytes() if "/DCTDecode" not in str(found.get("/Filter", "")) else found.read_raw_bytes()
    if isinstance(found, pikepdf.String):
        yield str(found).encode("utf-8", "replace")
        yield bytes(found)
    elif isinstance(found, pikepdf.Stream | pikepdf.Dictionary):
        for key, value in found.items():
            yield key.encode()
            if not getattr(value, "is_indirect", False):
                yield from _of_object(value, depth + 1)
    elif isinstance(found, pikepdf.Array):
        for value in found:
            if not getattr(value, "is_indirect", False):
                yield from _of_object(value, depth + 1)


def letters(data: bytes) -> str:
    """Return the letters and digits of the bytes, however they are encoded: without spaces, hyphens, signs."""
    texts = [data.decode("utf-8", "ignore")]
    if b"\0" in data:
        texts += [data.decode("utf-16-be", "ignore"), data.decode("utf-16-le", "ignore")]
    spelled = unicodedata.normalize("NFKC", " ".join(texts)).casefold()
    return re.sub(r"[\W_]+", "", spelled)


def told(path: Path) -> str:
    return " ".join(letters(one) for one in everything(path.read_bytes()))


def test_all_files_of_students_are_looked_at(root: Path):
    names = {*files_of(root, instructor=False)}
    assert names == {
        *("book.pdf", "book.epub", "deck.pptx", "slides-handout.pdf", "handouts/01-steps.pdf", "decks/01-steps.pptx"),
        *("index.html", "ledger.json", "in-sync.html", "accessibility.html"),
    }


@pytest.mark.parametrize("name", ["book-instructor.pdf", "book-instructor.epub", "deck-instructor.pptx"])
def test_the_secrets_are_found_where_they_belong(root: Path, name: str):
    """The eyes of this test are good: they see in an instructor's file all that it shows."""
    said = told(root / "dist" / name)
    unseen = {place for place, secret in SECRETS.items() if secret.casefold() not in said}
    in_no_file = {"a note in a slide"} if name != "deck-instructor.pptx" else {"an index term", "a work that is cited"}
    assert unseen <= in_no_file


def test_no_file_of_students_tells_a_secret(root: Path):
    for name, path in files_of(root, instructor=False).items():
        said = told(path)
        assert "take" in said or name in ("index.html", "accessibility.html", "ledger.json"), name
        shows_a_deck = name.endswith(".pptx") or name == "in-sync.html"
        spoken = {"speaker notes"} if shows_a_deck else set()  # a deck is for who speaks
        assert {place for place, secret in SECRETS.items() if secret.casefold() in said} == spoken, name


def test_no_file_of_students_has_a_hash_of_an_answer(root: Path):
    """Neither of what the manuscript's nodes say nor of their words or pictures, whole or as ids have them, cut."""
    hashes = {one[:12].encode() for one in _hashes(root)}
    assert len(hashes) > 200
    for name, path in files_of(root, instructor=False).items():
        assert not hashes & _cut_hashes(path), name
    assert all(hashes & _cut_hashes(root / "dist" / f"book-instructor.{kind}") for kind in ("pdf", "epub"))


def _cut_hashes(path: Path) -> set[bytes]:
    """Return twelve digits of each run of hexadecimal digits in the file, from each place on."""
    runs = re.findall(rb"[0-9a-f]{12,128}", b" ".join(everything(path.read_bytes())).lower())
    return {run[at : at + 12] for run in runs for at in range(len(run) - 11)}


def _hashes(root: Path) -> Iterator[str]:
    """Yield hashes of all that only the instructor's edition has."""
    editions = manuscript_of(Project(root)).editions
    shown = {fingerprint(node) for unit in editions["student"].units for node in walk(unit.blocks)}
    for unit in editions["instructor"].units:
        for node in walk(unit.blocks):
            if isinstance(node, Block | Inline) and (own := fingerprint(node)) not in shown:
                yield own
    for text in (*SECRETS.values(), "46 quartzhymn", "A waltzbadger.", PICTURE):
        for kind in (md5, sha1, sha256, blake2b):
            yield kind(text.encode()).hexdigest()
        for size in (8, 12, 16, 20, 32):
            yield blake2b(text.encode(), digest_size=size).hexdigest()

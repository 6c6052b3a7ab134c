"""Of an older file it is told what is older, of another's that it isn't ours, of a damaged one that it is damaged."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from mutations import FILES

from mathbook.authoring.new import create
from mathbook.authoring.prove import Manuscript, manuscript_of
from mathbook.build.make import Request, make
from mathbook.document.ledger import READING
from mathbook.project import Project
from mathbook.verify.examine import Examined, examine

ADDED = "---\nid: sums\ntitle: Sums\n---\n\nThe sum of the angles is two right angles.\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the first edition; then revise an example, add one, withdraw one and date the manuscript a year later."""
    root = tmp_path_factory.mktemp("editions") / "book"
    create(root, "A Book")
    (root / "manuscript/examples/04-sums.md").write_text(ADDED, "utf-8")
    list(make(Project(root), Request(audiences=("student",))))
    book = root / "manuscript/book.yaml"
    book.write_text(book.read_text("utf-8").replace("2026-01-01", "2027-01-01"), "utf-8")
    (revised,) = (root / "manuscript/examples").glob("02-*.md")
    revised.write_text(
        revised.read_text("utf-8").replace("It is easier to count", "It is far easier to count"), "utf-8"
    )
    (root / "manuscript/examples/04-sums.md").unlink()
    (root / "manuscript/examples/05-more.md").write_text(ADDED.replace("sums", "more"), "utf-8")
    return root


@pytest.fixture(scope="module")
def manuscript(root: Path) -> Manuscript:
    return manuscript_of(Project(root))


@pytest.mark.parametrize("name", FILES.values())
def test_an_older_edition_says_what_is_older_new_and_withdrawn(root: Path, manuscript: Manuscript, name: str):
    examined = examine(root / "dist" / name, name, manuscript.editions)
    how = {aged.unit: aged.how for aged in examined.aged}
    assert (examined.verdict, examined.findings) == ("stale", ())
    assert how == {"birthdays": "older", "more": "missing", "sums": "withdrawn"}
    assert all(aged.title for aged in examined.aged), "each is told by its title"


@pytest.mark.parametrize("name", FILES.values())
def test_a_newer_edition_is_told_as_newer(root: Path, manuscript: Manuscript, name: str):
    older = {
        audience: replace(edition, meta=replace(edition.meta, date="2025-01-01"))
        for audience, edition in manuscript.editions.items()
    }
    examined = examine(root / "dist" / name, name, older)
    assert {aged.unit: aged.how for aged in examined.aged}["birthdays"] == "newer"


@pytest.mark.parametrize("name", FILES.values())
def test_another_book_s_file_is_foreign(root: Path, tmp_path: Path, name: str):
    create(tmp_path / "other", "Another Book")
    examined = examine(root / "dist" / name, name, manuscript_of(Project(tmp_path / "other")).editions)
    assert (examined.verdict, examined.why) == ("foreign", "of another book: A Book")


@pytest.mark.parametrize("name", FILES.values())
def test_without_a_manuscript_a_file_is_compared_with_itself(root: Path, tmp_path: Path, name: str):
    assert examine(root / "dist" / name, name, {}).verdict == "unchanged"
    changed = Path(shutil.copy(root / "dist" / name, tmp_path))
    if name.endswith(".pdf"):
        with pikepdf.open(changed, allow_overwriting_input=True) as pdf:
            del pdf.pages[2]
            pdf.save(changed)
    else:
        ending, end = {"deck.pptx": ("slide5.xml", b"</a:t>"), "book.epub": ("birthdays.xhtml", b"</p>")}[name]
        _rewrite(changed, ending, lambda data: data.replace(end, b"!" + end, 1))
    assert examine(changed, name, {}).verdict == "changed"


def _rewrite(path: Path, ending: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    made = {name: change(data) if name.endswith(ending) else data for name, data in members.items()}
    assert made != members
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in made.items():
            archive.writestr(name, data)


def test_what_another_version_has_read_is_not_taken_for_a_change(root: Path, tmp_path: Path):
    copy = Path(shutil.copy(root / "dist/book.epub", tmp_path))
    _rewrite(copy, "birthdays.xhtml", lambda data: data.replace(b"</p>", b"!</p>", 1))
    _rewrite(copy, "mathbook.json", lambda data: data.replace(b'"reading":%d' % READING, b'"reading":999'))
    examined = examine(copy, copy.name, {})
    assert (examined.findings, "another version" in examined.why) == ((), True)


def _pdf(path: Path, password: str = "") -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user=password, owner=password) if password else False)


def _zip(path: Path, name: str, data: bytes) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)


STRANGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty.pdf": (Path.touch, "can't be read"),
    "empty.epub": (Path.touch, "can't be read"),
    "empty.pptx": (Path.touch, "can't be read"),
    "picture.jpg": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0"), "not a PDF, an e-book or a deck"),
    "picture.pdf": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0"), "can't be read"),
    "picture.pptx": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0"), "can't be read"),
    "other.pdf": (_pdf, "not made by mathbook"),
    "locked.pdf": (lambda path: _pdf(path, "secret"), "can't be read"),
    "other.epub": (lambda path: _zip(path, "mimetype", b"application/epub+zip"), "not made by mathbook"),
    "other.pptx": (lambda path: _zip(path, "ppt/presentation.xml", b"<a/>"), "not made by mathbook"),
    "bomb.pptx": (lambda path: _zip(path, "ppt/presentation.xml", b"0" * 40_000_000), "200 times its size"),
    "slip.epub": (lambda path: _zip(path, "../evil", b""), "leads out of it"),
    "ledger.epub": (lambda path: _zip(path, "META-INF/mathbook.json", b'{"mathbook": 1'), "ledger can't be read"),
    "future.epub": (lambda path: _zip(path, "META-INF/mathbook.json", b'{"mathbook": 9}'), "version 9, and 1 is known"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_none_of_ours_is_told_as_such(manuscript: Manuscript, tmp_path: Path, name: str):
    make_it, why = STRANGE[name]
    make_it(tmp_path / name)
    examined = examine(tmp_path / name, name, manuscript.editions)
    assert (examined.verdict, why in examined.why, "\n" in examined.why) == ("foreign", True, False), examined.why


@pytest.mark.parametrize("name", FILES.values())
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_never_in_sync(
    root: Path, manuscript: Manuscript, tmp_path: Path, name: str, share: float
):
    data = (root / "dist" / name).read_bytes()
    (tmp_path / name).write_bytes(data[: int(len(data) * share)])
    assert examine(tmp_path / name, name, manuscript.editions).verdict in ("foreign", "not in sync")


@pytest.mark.parametrize(("name", "ending"), [("book.epub", "birthdays.xhtml"), ("deck.pptx", "slides/slide5.xml")])
@pytest.mark.parametrize("change", [lambda d: d[:400], lambda d: b"", lambda d: d.replace(b"</", b"<//", 1)])
def test_one_of_ours_that_is_damaged_is_told_as_such(
    root: Path, manuscript: Manuscript, tmp_path: Path, name: str, ending: str, change: Callable[[bytes], bytes]
):
    _rewrite(Path(shutil.copy(root / "dist" / name, tmp_path)), ending, change)
    examined: Examined = examine(tmp_path / name, name, manuscript.editions)
    assert (examined.verdict, "edition 1, 2026-01-01; it is damaged" in examined.why) == ("not in sync", True)

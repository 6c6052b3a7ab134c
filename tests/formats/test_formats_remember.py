"""A judge with a memory says what one without says: of honest files, and of every file that somebody edited."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from mutations import FILES, KINDS, build, mutated
from pikepdf import Array, Dictionary, Name, Stream, String
from stretched import stretches_of

from mathbook.authoring.prove import Manuscript
from mathbook.build.memo_file import MemoFile
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.formats import formats
from mathbook.verify.answers import Hidden
from mathbook.verify.judge import Judgement, judge, judge_stretches

OBJECTS = 60
"""How many single objects of a PDF are changed at random."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Manuscript]:
    root = tmp_path_factory.mktemp("memory") / "book"
    return root, build(root)


def judged(file: Path, name: str, manuscript: Manuscript, memo: Memo = FORGETFUL) -> Judgement:
    with stretches_of(file, name, memo) as stretches:
        return judge_stretches(manuscript.editions["student"], name, stretches, hidden_in(manuscript), memo=memo)


def hidden_in(manuscript: Manuscript) -> Hidden:
    return Hidden(manuscript.editions["instructor"])


def remembering(book: tuple[Path, Manuscript], name: str, folder: Path) -> MemoFile:
    """Return the memory of one who has judged the honest file."""
    memo = MemoFile(folder / f"{name}.memo", "code")
    judged(book[0] / "dist" / FILES[name], name, book[1], memo)
    memo.save()
    return MemoFile(memo.path, "code")


@dataclass
class HalfGone:
    """A memory that has lost some of what was kept in it."""

    memo: MemoFile
    lost: random.Random
    asked: dict[str, bool] = field(default_factory=dict)

    def recall(self, key: str) -> bytes | None:
        gone = self.asked.setdefault(key, self.lost.random() < 0.5)
        return None if gone else self.memo.recall(key)

    def keep(self, key: str, data: bytes) -> None:
        self.asked[key] = False
        self.memo.keep(key, data)


@pytest.mark.parametrize("name", FILES)
def test_an_honest_file_is_judged_as_it_was(book: tuple[Path, Manuscript], name: str, tmp_path: Path):
    file = book[0] / "dist" / FILES[name]
    forgetful = judged(file, name, book[1])
    assert forgetful.findings == ()
    told = list(formats()[name].door("read_back")(file))
    assert judge(book[1].editions["student"], name, told, hidden_in(book[1])) == forgetful
    assert judged(file, name, book[1], remembering(book, name, tmp_path)) == forgetful
    for seed in range(5):
        half = HalfGone(remembering(book, name, tmp_path), random.Random(seed))
        assert judged(file, name, book[1], half) == forgetful


@pytest.mark.parametrize("kind", KINDS)
def test_an_edited_file_is_judged_as_if_nothing_were_remembered(
    book: tuple[Path, Manuscript], kind: str, tmp_path: Path
):
    file, _ = mutated(kind, book[0], 1, tmp_path)
    name = KINDS[kind][0]
    forgetful = judged(file, name, book[1])
    assert judged(file, name, book[1], remembering(book, name, tmp_path)) == forgetful
    half = HalfGone(remembering(book, name, tmp_path), random.Random(kind))
    assert judged(file, name, book[1], half) == forgetful


def test_a_pdf_with_any_one_object_changed_is_judged_as_if_nothing_were_remembered(
    book: tuple[Path, Manuscript], tmp_path: Path
):
    memo = remembering(book, "pdf", tmp_path)
    honest, rng = judged(book[0] / "dist" / FILES["pdf"], "pdf", book[1]), random.Random(20)
    seen = 0
    for turn in range(OBJECTS):
        file = tmp_path / f"{turn}.pdf"
        with pikepdf.open(book[0] / "dist" / FILES["pdf"]) as pdf:
            change_one(pdf, rng)
            pdf.save(file)
        try:
            now = judged(file, "pdf", book[1])  # its ledger has a hash of all that each page says
        except (ValueError, pikepdf.PdfError):
            continue  # so damaged that nobody reads it
        assert judged(file, "pdf", book[1], memo) == now, turn
        seen += now != honest
    assert seen >= OBJECTS // 10, "most edits change nothing that is read: too few of the others were tried"


def change_one(pdf: pikepdf.Pdf, rng: random.Random) -> None:
    """Change one value of one object: a word, a number, a member of a list, a letter of what is drawn."""
    objects = [one for one in pdf.objects if isinstance(one, (Dictionary, Array, Stream))]
    one = rng.choice([one for one in objects if is_read(one)] if rng.random() < 0.8 else objects)
    if isinstance(one, Stream) and "/FunctionType" not in one:
        data = one.read_bytes()
        at = rng.randrange(max(len(data), 1))
        one.write(data[:at] + b" " + data[at + 1 :])
        return
    keys = list(range(len(one))) if isinstance(one, Array) else sorted(set(one.keys()) - {"/Type", "/P", "/Pg"})
    key = rng.choice(keys) if keys else None
    if key is None:
        return
    value = one[key]
    if isinstance(value, String):
        one[key] = String(str(value)[:-1] + "#")
    elif isinstance(value, Name) and key == "/S":
        one[key] = Name("/Quote")
    elif isinstance(value, int) and not isinstance(value, bool):
        one[key] = value + 1
    elif isinstance(value, Array) and len(value) > 1:
        one[key] = Array(list(value)[::-1])


def is_read(one: object) -> bool:
    return isinstance(one, Dictionary) and ("/S" in one or one.get("/Subtype") == Name.Link or "/FontDescriptor" in one)

"""One worker or two, much that is new or little: the same files, and the same is told in the same order."""

from __future__ import annotations

from pathlib import Path

import pytest

from mathbook.build import linking, proving_ahead, reading
from mathbook.build.events import Told
from mathbook.build.make import Request, make
from mathbook.diagnostics import Diagnostic, Stop
from mathbook.project import Project

EXAMPLE = """# Number {n}

It is $x_{n} \\in \\R$, as in @eq:e{n}, or @fig:f{n}.

$$
x^2 = {n}
$$ {{#eq:e{n}}}

![A picture.](figures/a.svg){{#fig:f{n}}}

::: {{.exercise #exr:{n}}}
Why is it so?

::: solution
Because there are {n} reasons for it, and no other.
:::
:::
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A book of a dozen examples, which is long here."""
    for module, name in ((reading, "HERE"), (reading, "BATCH"), (proving_ahead, "FEW"), (linking, "FEW")):
        monkeypatch.setattr(module, name, 3)
    manuscript = tmp_path / "manuscript"
    for folder in ("examples", "figures"):
        (manuscript / folder).mkdir(parents=True)
    (manuscript / "book.yaml").write_text("title: A Book\nmacros: {R: '\\mathbb{R}'}\n", "utf-8")
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>A</title></svg>'
    (manuscript / "figures/a.svg").write_text(picture, "utf-8")
    for n in range(1, 13):
        (manuscript / f"examples/{n:02}-n{n}.md").write_text(EXAMPLE.format(n=n), "utf-8")
    return Project(tmp_path)


def built(project: Project, workers: int, out: str) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the files of a build with an empty cache, and what was told."""
    told = list[Diagnostic]()
    request = Request(("epub",), out=project.root / out, workers=workers, date="2026-01-01")
    try:
        told += [event.diagnostic for event in make(project, request) if isinstance(event, Told)]
    except Stop as stop:
        told += stop.diagnostics
    files = {path.name: path.read_bytes() for path in (project.root / out).rglob("*") if path.is_file()}
    return files, told


def forget(project: Project) -> None:
    for path in sorted(project.cache.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


def test_two_workers_make_the_files_that_one_makes(project: Project):
    two = built(project, 2, "two")
    forget(project)
    assert built(project, 1, "one") == two
    assert two[1] == []
    assert "book.epub" in two[0]


def test_two_workers_tell_what_one_tells_in_the_same_order(project: Project):
    examples = project.manuscript / "examples"
    for n, text in ((2, "![None.](figures/none.svg)\n"), (7, "It is $\\frac{1}$.\n"), (11, "See @eq:none.\n")):
        with (examples / f"{n:02}-n{n}.md").open("a", encoding="utf-8") as file:
            file.write(f"\n{text}")
    two = built(project, 2, "two")
    forget(project)
    assert built(project, 1, "one") == two
    assert len(two[1]) >= 3


def test_a_book_that_changed_is_built_alike(project: Project):
    built(project, 2, "before")
    (project.manuscript / "examples/05-n5.md").write_text("# Other\n\nOther words.\n", "utf-8")
    after = built(project, 2, "after")
    forget(project)
    assert built(project, 1, "anew") == after

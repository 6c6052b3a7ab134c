"""The tag of a link holds its annotations, whatever is emphasized in it."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, NumberTree

from mathbook.authoring.new import create
from mathbook.build.make import Request, make
from mathbook.pdf.mend import structure_elements
from mathbook.project import Project


def test_annotations_hang_on_links_alone(tmp_path: Path):
    create(tmp_path / "book", "A Book")
    with (tmp_path / "book/manuscript/examples/01-odd-numbers.md").open("a", encoding="utf-8") as file:
        file.write("\nSee [the *tree* of **all** trees](https://example.org/tree) and [*the proof*](#eq:odd).\n")
    list(make(Project(tmp_path / "book"), Request(formats=("pdf",), audiences=("student",))))
    with pikepdf.open(tmp_path / "book/dist/book.pdf") as pdf:
        root = pdf.Root.StructTreeRoot
        parents, seen = NumberTree(root.ParentTree), 0
        for element in structure_elements(root):
            for kid in element.K if isinstance(element.get("/K"), Array) else []:
                if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR":
                    assert element.S == "/Link"
                    assert parents[int(kid.Obj.StructParent)].objgen == element.objgen
                    seen += 1
    assert seen >= 8, "each of the two links has annotations for its parts"

"""Bytes that are no UTF-8, which no tool that goes over the repository should stumble on."""

from pathlib import Path


def prepare(project: Path) -> None:
    examples = project / "manuscript/examples"
    (examples / "02-latin.md").write_bytes("# Ein Café\n\nWorte, größer.\n".encode("latin-1"))
    (examples / "03-wide.md").write_bytes("# A third\n\nWords.\n".encode("utf-16"))

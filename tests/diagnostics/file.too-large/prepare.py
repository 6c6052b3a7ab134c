"""A file of five megabytes and a bit, which nobody wants to keep."""

from pathlib import Path


def prepare(project: Path) -> None:
    (project / "manuscript/examples/02-large.md").write_bytes(b"# Large\n\n" + b"words " * 900_000)

"""A small file with 60 million pixels."""

from pathlib import Path

from PIL import Image


def prepare(project: Path) -> None:
    Image.new("1", (10_000, 6_000)).save(project / "manuscript/figures/bomb.png")

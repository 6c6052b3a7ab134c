"""A picture that was cut off while it was copied."""

import io
from pathlib import Path

from PIL import Image


def prepare(project: Path) -> None:
    whole = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(whole, "PNG")
    (project / "manuscript/figures/cut.png").write_bytes(whole.getvalue()[:1500])

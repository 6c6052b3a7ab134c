"""The print style sheet, from the theme's tokens."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from mathbook.document.edition import Options
from mathbook.document.theme import FontFamily, Theme
from mathbook.pdf.geometry import page_of
from mathbook.pdf.rendered import Sheet

GENERIC = frozenset({"serif", "sans-serif", "monospace", "math"})


@lru_cache(maxsize=1)
def _environment() -> SandboxedEnvironment:
    folder = Path(__file__).parent / "templates"
    return SandboxedEnvironment(loader=FileSystemLoader(folder), undefined=StrictUndefined, autoescape=False)


def print_sheets(theme: Theme, options: Options) -> tuple[Sheet, ...]:
    """Return the style sheets: ours with the theme's tokens, then the theme's own."""
    values = {
        "c": theme.colours,
        "page": page_of(options.meta.paper),
        "size": theme.body_size,
        "leading": theme.line_height,
        "body": _stack(theme.fonts.body, theme.fonts.math),
        "heading": _stack(theme.fonts.heading, theme.fonts.math),
        "code": _stack(theme.fonts.code, theme.fonts.math),
        "faces": list(_faces(theme)),
        "audience": options.audience,
    }
    ours: str = _environment().get_template("print.css").render(values)
    own = (Sheet(theme.print_css, f"themes/{theme.name}/print.css"),) if theme.print_css else ()
    return (Sheet(ours, fonts=font_files(theme)), *own)


def _families(theme: Theme) -> tuple[FontFamily, ...]:
    fonts = theme.fonts
    return tuple(dict.fromkeys((fonts.body, fonts.heading, fonts.code, fonts.math)))


def _faces(theme: Theme) -> Iterator[dict[str, str | int]]:
    for family in _families(theme):
        for face in family.faces:
            yield {"family": family.name, "url": font_url(face.digest), "weight": face.weight, "style": face.style}


def font_faces(theme: Theme) -> str:
    """Return the theme's faces as rules of a style sheet."""
    rule = '@font-face {{ font-family: "{family}"; src: url("{url}"); font-weight: {weight}; font-style: {style} }}\n'
    return "".join(rule.format(**face) for face in _faces(theme))


def font_url(digest: str) -> str:
    """Return the address by which a font's file is asked for."""
    return f"mathbook:font/{digest}"


def font_digest(url: str) -> str:
    """Return the hash of the file that is asked for by this address."""
    return url.removeprefix(font_url(""))


def font_files(theme: Theme) -> tuple[tuple[str, Path], ...]:
    """Return the theme's font files by address."""
    faces = [face for family in _families(theme) for face in family.faces]
    return tuple({font_url(face.digest): face.path for face in faces}.items())


def _stack(family: FontFamily, signs: FontFamily) -> str:
    """Return the family, the theme's own for signs that it lacks, then what machines may have."""
    names = dict.fromkeys((family.name, signs.name, *family.fallback))
    return ", ".join(name if name in GENERIC else f'"{name}"' for name in names)

"""From a folder with a theme.yaml to a Theme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from hashlib import blake2b
from pathlib import Path

from mathbook import records
from mathbook.diagnostics import NOWHERE, Code, Collector, Span, did_you_mean
from mathbook.document.fingerprint import fingerprint
from mathbook.document.theme import Colours, DeckTokens, FontFace, FontFamily, Fonts, Theme
from mathbook.theme.contrast import READABLE, contrast_ratio
from mathbook.theme.tokens import DeckSizes, FamilyTokens, ThemeFile


def shipped_themes() -> Path:
    """Return the folder of the themes that come with mathbook: inside the wheel, or beside src/ in a working copy."""
    inside = Path(__file__).parent.parent / "themes"
    return inside if inside.is_dir() else Path(__file__).parents[3] / "themes"


def available_themes(project_themes: Path | None) -> tuple[tuple[str, Path], ...]:
    """Return (name, folder) of each theme, by name; a project's own theme hides a shipped one of the same name."""
    found = {}
    for place in (shipped_themes(), project_themes):
        if place is not None and place.is_dir():
            found.update({file.parent.name: file.parent for file in place.glob("*/theme.yaml")})
    return tuple(sorted(found.items()))


def load_theme(
    name: str, project_themes: Path | None, collector: Collector, asked: Callable[[], Span] = lambda: NOWHERE
) -> Theme | None:
    """Return the theme, or None after its faults were told to the collector. `asked` tells where it is asked for."""
    folders = dict(available_themes(project_themes))
    if name not in folders:
        hint = did_you_mean(name, folders, f"there are: {', '.join(folders)}")
        collector.error(Code.THEME_MISSING, asked(), f"there is no theme {name!r}", hint)
        return None
    file = folders[name] / "theme.yaml"
    shown = f"themes/{name}/theme.yaml"
    loaded = records.load_yaml(file.read_text("utf-8"), shown, collector)
    tokens = loaded and records.check(*loaded, ThemeFile, shown, collector)
    if not tokens:
        return None
    _check_contrast(tokens, shown, collector)
    return _Loader(folders[name], shown, collector).theme(name, tokens)


class _Loader:
    """Finds a theme's files; what isn't there is told to the collector."""

    def __init__(self, folder: Path, shown: str, collector: Collector) -> None:
        self._places = (folder, folder / "fonts", shipped_themes() / "fonts")
        self._folder = folder
        self._shown = shown
        self._collector = collector

    def theme(self, name: str, tokens: ThemeFile) -> Theme | None:
        """Return the theme, or None if one of its fonts is not there."""
        fonts = Fonts(**{part.name: self._family(getattr(tokens.fonts, part.name)) for part in fields(Fonts)})
        deck = self._deck(tokens.deck)
        if self._collector.has_errors:
            return None
        css = {kind: self._text(f"{kind}.css") for kind in ("print", "epub")}
        colours = Colours(**tokens.colours.model_dump())
        faces = [face.digest for family in (fonts.body, fonts.heading, fonts.code, fonts.math) for face in family.faces]
        return Theme(
            name=name,
            title=tokens.title,
            colours=colours,
            fonts=fonts,
            deck=deck,
            body_size=tokens.body_size,
            line_height=tokens.line_height,
            print_css=css["print"],
            epub_css=css["epub"],
            digest=fingerprint((tokens.model_dump_json(), tuple(faces), css)),
        )

    def _deck(self, tokens: DeckSizes) -> DeckTokens:
        return DeckTokens(
            heading=self._family(tokens.heading),
            body=self._family(tokens.body),
            code=self._family(tokens.code),
            title_size=tokens.title_size,
            body_steps=tuple(sorted(tokens.body_steps, reverse=True)),
            caption_size=tokens.caption_size,
            notes_size=tokens.notes_size,
        )

    def _family(self, tokens: FamilyTokens) -> FontFamily:
        found = [(self._find(face.file), face) for face in tokens.faces]
        faces = tuple(FontFace(path, _digest(path), face.weight, face.style) for path, face in found if path)
        licence = self._find(tokens.licence) if tokens.licence else None
        return FontFamily(tokens.name, tokens.fallback, faces, licence)

    def _find(self, written: str) -> Path | None:
        """Return the file, looked for in the theme's folder, its fonts/, and the shipped fonts; never outside them."""
        for place in self._places:
            path = (place / written).resolve()
            if path.is_file() and path.is_relative_to(place.resolve()):
                return path
        self._collector.error(
            Code.FILE_MISSING, Span(self._shown), f"the theme's file {written!r} is not there", "put it into fonts/"
        )
        return None

    def _text(self, name: str) -> str:
        path = self._folder / name
        return path.read_text("utf-8") if path.is_file() else ""


def _digest(path: Path) -> str:
    return blake2b(path.read_bytes(), digest_size=16).hexdigest()


def _check_contrast(tokens: ThemeFile, shown: str, collector: Collector) -> None:
    """Tell of each colour of text that can't be read on a ground that it stands on."""
    colours = tokens.colours.model_dump()
    texts = ("text", "muted", "accent", "accent2", "link", "warning", *(name for name in colours if "code_" in name))
    pairs = [(text, ground) for text in texts for ground in ("background", "surface")]
    for text, ground in [*pairs, ("on_accent", "accent"), ("background", "accent")]:
        ratio = contrast_ratio(colours[text], colours[ground])
        if ratio < READABLE:
            message = f"{text} on {ground} has a contrast of {ratio:.1f}, and {READABLE} is needed"
            collector.error(Code.THEME_CONTRAST, Span(shown), message, "make one of the two lighter or darker")

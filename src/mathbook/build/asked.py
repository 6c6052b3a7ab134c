"""What a build is asked for: whole formats, and single files by the names that they have in dist/."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from mathbook.build.jobs import Job
from mathbook.build.outputs import Output, audience_of
from mathbook.build.publish import ledger_files
from mathbook.diagnostics import NOWHERE, Code, Diagnostic, Severity, Stop, nearest
from mathbook.document.book import Audience
from mathbook.formats import FormatRow, formats
from mathbook.frozen import frozen

FEW = 10
"""So many names are told of those that there are."""


@frozen
class Asked:
    """Whole `formats` for the `audiences`, and beside them `files`, whose names tell for whom they are."""

    formats: Sequence[str]
    audiences: tuple[Audience, ...]
    files: tuple[str, ...] = ()

    @property
    def rows(self) -> list[FormatRow]:
        """The formats that are needed: all, if there is a name that none has, since that may be meant for any."""
        any_of_them = not all(is_made(file) for file in self.files)
        return [
            row
            for name, row in formats().items()
            if any_of_them or name in self.formats or any(row.made(file) for file in self.files)
        ]

    @property
    def editions(self) -> tuple[Audience, ...]:
        """The audiences whose editions are needed."""
        whole = self.audiences if self.formats or not self.files else ()
        # the name of an example may end as those of instructors' files do
        alone: tuple[Audience, ...] = ("student",) if any("/" in file for file in self.files) else ()
        return tuple(dict.fromkeys((*whole, *alone, *map(audience_of, self.files))))

    def only(self, outputs: Sequence[Output]) -> list[Output]:
        """Return those of the outputs that are asked for. Raises Stop if there are files that none of them is."""
        names = [output.name for output in outputs]
        if unknown := sorted(set(self.files).difference(names)):
            raise Stop(_unknown(file, names) for file in unknown)
        return [one for one in outputs if one.name in self.files or self._whole(one.row, one.edition.audience)]

    def left_in(self, dist: Path) -> dict[str, str]:
        """Return the finished files in dist that are not asked for, with their checksums: they stay. Of what is built
        whole, a file that isn't made any more does not.
        """
        return {
            name: digest
            for name, digest in ledger_files(dist).items()
            if name not in self.files
            if not any(row.made(name) and self._whole(row, audience_of(name)) for row in formats().values())
            if is_made(name) and (dist / name).is_file()
        }

    def _whole(self, row: FormatRow, audience: Audience) -> bool:
        return row.name in self.formats and audience in self.audiences


def is_made(name: str) -> bool:
    """Return whether a format makes files of that name."""
    return any(row.made(name) for row in formats().values())


def may_be_file(name: str) -> bool:
    """Return whether a file may be called so: a format's name has neither a dot nor a slash."""
    return "." in name or "/" in name


def needed(jobs: Iterable[Job], outputs: Iterable[Output]) -> list[Job]:
    """Return the jobs whose fragments the outputs show."""
    keys = {key for output in outputs for key in output.fragments}
    return [job for job in jobs if job.key in keys]


def named(words: Iterable[str], folders: Sequence[Path]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which of the words name formats, and the files that the others name, as they are called in the folders
    for finished files.
    """
    names = tuple(words)
    others = (name for name in names if name not in formats())
    return tuple(name for name in names if name in formats()), tuple(_as_in(folders, name) for name in others)


def _as_in(folders: Sequence[Path], name: str) -> str:
    """Return what a file is called in one of the folders; it may be named so already, or by a path to it, from here or
    from where the folders are.
    """
    if is_made(name):
        return name
    for folder in (folder.resolve() for folder in folders):
        for base in (Path.cwd(), folder.parent):
            path = (base / name).resolve()
            if folder in path.parents:
                return path.relative_to(folder).as_posix()
    return name


def _unknown(file: str, names: Sequence[str]) -> Diagnostic:
    """Return that there is no such file, and which may have been meant, or which there are."""
    beside = [name for name in names if _folder(name) == _folder(file)] or names
    some = ", ".join(beside[:FEW]) + (" …" if len(beside) > FEW else "")
    meant = _meant(PurePosixPath(file), names, beside)
    hint = f"did you mean {meant}?" if meant else f"there are: {some}"
    return Diagnostic(Code.FILE_UNKNOWN, Severity.ERROR, NOWHERE, f"the book has no file {file!r}", hint)


def _meant(path: PurePosixPath, names: Iterable[str], beside: Sequence[str]) -> str:
    """Return the file that is called so in another folder, or else the one of those beside whose name is nearest; or
    nothing. What all files of a folder have in common makes none of them nearer.
    """
    elsewhere = next((name for name in names if PurePosixPath(name).name == path.name), "")
    of_its_kind = {PurePosixPath(name).stem: name for name in beside if PurePosixPath(name).suffix == path.suffix}
    if elsewhere or of_its_kind:
        return elsewhere or of_its_kind.get(nearest(path.stem, tuple(of_its_kind)), "")
    others = {PurePosixPath(name).name: name for name in beside}
    return others.get(nearest(path.name, tuple(others)), "")


def _folder(name: str) -> PurePosixPath:
    return PurePosixPath(name).parent

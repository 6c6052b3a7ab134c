"""Which files are linked, in which order: those that stand in dist/ as they are to be stay, and no file waits for
another whose pages can be told before it is linked.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from mathbook.build.cache import Finished
from mathbook.build.events import Event, Unpaged
from mathbook.build.events import Linked as FileLinked
from mathbook.build.keys import link_ground, pages_key
from mathbook.build.linking import Made, Workshop, lay_all, link_all, told_pages
from mathbook.build.outputs import Output, key_of, waves, with_pages
from mathbook.build.proving import diagnostics_of
from mathbook.build.standing import Standing
from mathbook.diagnostics import Diagnostic, Stop
from mathbook.document.fragment import Fragment
from mathbook.document.ledger import Found
from mathbook.document.pagination import Pagination
from mathbook.frozen import frozen


@frozen
class Linked:
    """The checksums of the files that stood in dist/ already, and of those that were linked, and what was found
    in them.
    """

    standing: Mapping[str, str]
    digests: Mapping[str, str]
    proved: Mapping[str, Sequence[Found]]


def link_missing(
    asked: Sequence[Output], workshop: Workshop, standing: Standing, heads: Mapping[str, Fragment]
) -> Generator[Event, None, Linked]:
    """Link what isn't `standing` in dist/ already. What others show the pages of is linked first, if its pages can't be
    told before; then it is proved while the others are gathered.
    """
    first, others = waves(asked)
    gathered = _Gathered(workshop, standing)
    untold: list[Output] = []
    told: list[Output] = []
    for output in gathered.without_standing(first):
        pages = told_pages(output, heads, workshop)
        (told if pages else untold).append(output)
        gathered.pages[output.name] = pages
    gathered.pages |= {laid.name: laid.pages for laid in lay_all(untold, workshop)}
    ready = [with_pages(output, gathered.pages) for output in others]
    yield from _unpaged(ready)
    laid = [replace(output, pages=gathered.pages[output.name], is_laid=True) for output in untold]
    for made in link_all([*laid, *told, *gathered.without_standing(ready)], workshop):
        gathered.take(made)
        yield FileLinked(made.output.name)
    return gathered.result()


class _Gathered:
    """Gathers what is known of linked files."""

    def __init__(self, workshop: Workshop, standing: Standing) -> None:
        self._workshop, self._standing = workshop, standing
        self._keys: dict[str, str] = {}
        self._grounds: dict[tuple[str, str], str] = {}
        self._there: dict[str, str] = {}
        self._digests: dict[str, str] = {}
        self._proved: dict[str, Sequence[Found]] = {}
        self._faults: list[Diagnostic] = []
        self.pages: dict[str, Pagination | None] = {}

    def without_standing(self, ready: Sequence[Output]) -> list[Output]:
        """Return those that don't stand in dist/ as they are to be; the others are taken down."""
        keys = {output.name: key_of(output, self._ground(output)) for output in ready}
        found = ((output.name, self._standing.of(output, keys[output.name])) for output in ready)
        stands = {name: finished for name, finished in found if finished}
        self._keys |= keys
        self._there |= {name: finished.digest for name, finished in stands.items()}
        self.pages |= {name: finished.pages for name, finished in stands.items()}
        return [self._with_earlier(output) for output in ready if output.name not in stands]

    def _with_earlier(self, output: Output) -> Output:
        """Return the output with what stands in dist/ under its name, if its linker may copy from that."""
        return replace(output, stands=self._standing.stands(output)) if output.copies else output

    def _ground(self, output: Output) -> str:
        """Return what the keys of all files of the output's edition and format have in common."""
        kind = (output.row.name, output.edition.audience)
        if kind not in self._grounds:
            self._grounds[kind] = link_ground(output.edition, self._workshop.theme, output.row)
        return self._grounds[kind]

    def take(self, made: Made) -> None:
        """Take down a file that was made, and remember it if nothing is wrong with it."""
        name, wrong, cache = made.output.name, diagnostics_of(made), self._workshop.cache
        if not wrong:
            self._standing.take(made.output, self._keys[name], Finished(made.digest, made.pages))
        assert name not in self.pages or made.pages == self.pages[name], f"{name} has other pages than others show"
        self._faults += wrong
        self._digests[name] = made.digest
        if made.units:
            self._proved[name] = made.units
        if made.pages:  # for whoever makes a deck of the same words, and no PDF: a speaker's deck gets what is new
            key = pages_key(made.output.edition, made.output.prints, self._workshop.theme)
            cache.put_finished(key, Finished("", made.pages))

    def result(self) -> Linked:
        """Return all of it. Raises Stop if something was wrong."""
        if self._faults:
            raise Stop(sorted(set(self._faults), key=lambda diagnostic: (diagnostic.span, diagnostic.message)))
        return Linked(dict(sorted(self._there.items())), self._digests, self._proved)


def _unpaged(ready: Iterable[Output]) -> Iterator[Unpaged]:
    """Yield once for each format and audience that files of it are linked without the page numbers that they could
    show.
    """
    lacking = {(o.row.name, o.edition.audience): o.row.pages_of for o in ready if o.shows and not o.pages}
    yield from (Unpaged(name, pages_of) for (name, _), pages_of in lacking.items())

"""All of a PDF that a reader of one page looks at, as a hash: equal pages of two files read the same.

That is what is drawn (content, fonts, pictures, boxes), the tags of its marked content up to the document (ISO 32000-1,
14.7.4.4), and its links with the places that they lead to. Numbers of objects are no part of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b

from mathbook.pdf.looked_at import LookedAt
from mathbook.pdf.raw_file import NotKnown, RawFile

_TOKENS = re.compile(
    rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>"
    rb"|(/(?:Parent|P|StructParents?) \d+(?: 0 R)?(?= ?[/>]))|/Pg (\d+) 0 R|(\d+) 0 R",
    re.DOTALL,
)
"""Strings, which may look as if they held the others; what leads from a thing to what it is in, and there is no end to
that way; the page that a thing is on; a reference.
"""
_UP, _PAGE, _OTHER = 1, 2, 3
_OWN = 2
"""References of an element without elements in it: to what it is in, and to its page."""
_ANNOTATIONS = re.compile(rb"/Annots \[([^\]]*)\]")
_KEY = re.compile(rb"/StructParents (\d+)")
_ABOVE = re.compile(rb"/P (\d+) 0 R")
_LEAVES = re.compile(rb"/Kids \[([^\]]*)\]")
_PAIRS = re.compile(rb"(\d+) (\d+) 0 R")
_NUMBER = re.compile(rb"(\d+) 0 R")
LONG = 4096
"""Bytes of an element that holds so many others that looking at all of them, page after page, would take too long.
What is on other pages beside a page's elements is not told then, nor in the document itself.
"""
_ODD = (b"/D ", b"/D[", b"/D(", b"/SD", b"/Next", b"/Dest (", b"/Dest<", b"/Dest /", b"/Dest <")
"""In an annotation: it leads somewhere by a name, or does more than lead somewhere."""


def outer_of(text: bytes) -> int:
    """Return the number of what an element is in. Raises NotKnown."""
    above = _ABOVE.search(text)
    if not above:
        raise NotKnown("an element that is in none")
    return int(above[1])


def kind_of(text: bytes) -> bytes:
    """Return an element's type."""
    return text.partition(b"/S /")[2].split(b" ", 1)[0]


@dataclass(slots=True)
class PageDigests:
    """Makes the hashes of one file's pages; what pages share is looked at once. Raises NotKnown for another's file."""

    file: RawFile
    pages: list[int] = field(default_factory=list)
    root: int = 0
    """The number of the root of the tags."""
    numbers: dict[int, int] = field(default_factory=dict)
    """The pages' numbers, from 0, by those of their objects."""
    parents: dict[int, int] = field(default_factory=dict)
    """What the keys of the parent tree stand for."""
    _known: dict[int, tuple[bytes, LookedAt]] = field(default_factory=dict)
    _looked: LookedAt = field(default_factory=LookedAt)
    _orders: dict[int, dict[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        root = self.file.text(self.file.reference(self.file.trailer, "Root"))
        tree = self.file.text(self.file.reference(root, "Pages"))
        self.root = self.file.reference(root, "StructTreeRoot")
        tags = self.file.text(self.root)
        if b"/RoleMap" in tags:
            raise NotKnown("tags with names of their own")
        kids = _LEAVES.search(tree)
        self.pages = [int(number) for number in _NUMBER.findall(kids[1])] if kids else []
        self.numbers = {number: at for at, number in enumerate(self.pages)}
        self.parents = dict(self._listed(tags))

    def _listed(self, tags: bytes) -> list[tuple[int, int]]:
        """Return the parent tree's keys with what they stand for."""
        tree = tags[tags.index(b"/ParentTree") :]
        leaves = _LEAVES.match(tree, tree.find(b"/Kids"))
        texts = [self.file.text(int(number)) for number in _NUMBER.findall(leaves[1])] if leaves else [tree]
        parts = [text[text.index(b"/Nums") :].partition(b"]")[0] for text in texts]
        return [(int(key), int(number)) for part in parts for key, number in _PAIRS.findall(part)]

    def of(self, number: int) -> tuple[str, LookedAt]:
        """Return the hash of the page of this number, from 0, and what was looked at for it. Return nothing for a page
        that has to be read: one with links by name, which lead to whatever has the name, and one that isn't made as
        ours are.
        """
        self._looked = LookedAt()
        try:
            return self._of(self.pages[number]), self._looked
        except (NotKnown, LookupError, ValueError, RecursionError):
            return "", self._looked

    def _of(self, page: int) -> str:
        text = self._text(page)
        held, key = _ANNOTATIONS.search(text), _KEY.search(text)
        annotations = [self._text(int(number)) for number in _NUMBER.findall(held[1])] if held else []
        if any(odd in annotation for annotation in annotations for odd in _ODD):
            return ""
        digest = blake2b(self._spelled(_ANNOTATIONS.sub(b"", text)), digest_size=16)
        for annotation in annotations:
            digest.update(self._spelled(annotation))
        if key:
            tags = _Tags(self, page)
            digest.update(tags.said(self._elements(int(key[1]))))
            tags.tell(self._looked)
        return digest.hexdigest()

    def _text(self, number: int) -> bytes:
        self._looked.objects.add(number)
        return self.file.text(number)

    def _elements(self, key: int) -> list[int]:
        """Return the elements of a page's marked contents."""
        self._looked.keys.add(key)
        return [int(number) for number in _NUMBER.findall(self._text(self.parents[key]))]

    def _spelled(self, text: bytes) -> bytes:
        """Return the text with what it refers to told by hashes, and pages by their numbers."""
        return _TOKENS.sub(self._referred, text)

    def _referred(self, match: re.Match[bytes]) -> bytes:
        kind = match.lastindex
        if kind is None:
            return match[0]
        if kind == _UP:
            return b""
        number = int(match[kind])
        if number in self.numbers:
            self._looked.pages.add(number)
            return b"page %d" % self.numbers[number]
        return self._said(number)

    def _said(self, number: int) -> bytes:
        """Return a hash of an object and of all that it refers to."""
        if number not in self._known:
            self._known[number] = b"around", LookedAt()  # what comes back to itself ends here
            around, self._looked = self._looked, LookedAt({number})
            entries, data = self.file.stream(number)
            stored = blake2b(data, digest_size=16).hexdigest().encode("ascii")
            spelled = self._spelled(entries)
            self._known[number] = blake2b(spelled + stored, digest_size=16).hexdigest().encode("ascii"), self._looked
            self._looked = around
        said, looked = self._known[number]
        self._looked.add(looked)
        return said

    def order(self, number: int, text: bytes) -> dict[int, int]:
        """Return the places of the many that an element holds: it is the same for all pages."""
        if number not in self._orders:
            self._orders[number] = {int(kid): at for at, kid in enumerate(_NUMBER.findall(text))}
        return self._orders[number]


@dataclass(slots=True)
class _Tags:
    """The elements that have contents on one page, and all that they are in."""

    digests: PageDigests
    page: int
    texts: dict[int, bytes] = field(default_factory=dict)
    below: dict[int, list[int]] = field(default_factory=dict)
    outer: dict[int, int] = field(default_factory=dict)
    top: list[int] = field(default_factory=list)
    here: bytes = b""

    def __post_init__(self) -> None:
        self.here = b"/Pg %d 0 R" % self.page

    def said(self, elements: list[int]) -> bytes:
        """Return what the elements say, in the order of the tree: kinds, words, and which contents are in them."""
        for number in dict.fromkeys(elements):
            self._climb(number)
        placed = {number: at for at, number in enumerate(self.texts)}
        order = b" ".join(b"%d" % placed[number] for number in elements)
        return order + b"".join(map(self._element, self.top))

    def tell(self, looked: LookedAt) -> None:
        """Add what was looked at: of elements that hold so many others, only the order of those that count here."""
        for number, text in self.texts.items():
            if self._holds_many(number, text):
                looked.orders[number] = tuple(self._kids(number, text))
            else:
                looked.objects.add(number)

    def _holds_many(self, number: int, text: bytes) -> bool:
        return len(text) > LONG or number in self.top

    def _kids(self, number: int, text: bytes) -> list[int]:
        order = self.digests.order(number, text)
        return sorted(self.below.get(number, ()), key=order.__getitem__)

    def _climb(self, number: int) -> None:
        """Gather the element and all that it is in."""
        while number not in self.texts:
            text = self.texts[number] = self.digests.file.text(number)
            outer = outer_of(text)
            if outer == self.digests.root:
                self.top.append(number)
                return
            self.below.setdefault(outer, []).append(number)
            self.outer[number] = outer
            number = outer

    def _element(self, number: int) -> bytes:
        text = self.texts[number]
        if self._holds_many(number, text):
            return b"(%b %b)" % (kind_of(text), b"".join(map(self._element, self._kids(number, text))))
        if b"(" not in text and text.count(b" 0 R") == _OWN and self.here in text:  # most hold content, and no elements
            return text.replace(self.here, b"/Pg here", 1).replace(b"/P %d 0 R" % self.outer[number], b"", 1)
        return b"(%b)" % _TOKENS.sub(partial(self._token, self.below.get(number, ())), text)

    def _token(self, kids: Sequence[int], match: re.Match[bytes]) -> bytes:
        """Return an element that has contents on the page, and is in this one; of others only that they are there."""
        kind = match.lastindex
        if kind is None:
            return match[0]
        if kind == _UP:
            return b""
        number = int(match[kind])
        if kind == _PAGE:
            return b"/Pg here" if number == self.page else b"/Pg there"
        return self._element(number) if number in kids else b"-"

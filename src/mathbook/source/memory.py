"""What is remembered of the files that were read, so that only what changed is parsed and looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from mathbook.document.book import Picture
from mathbook.document.memo import FORGETFUL, Memo
from mathbook.document.picture_file import PictureFile
from mathbook.project import Mark
from mathbook.source.kept import packed, packed_picture, unpacked, unpacked_picture
from mathbook.source.parsed import Reading

_KEYS = "keys"


def _keys_in(data: bytes | None) -> dict[str, tuple[Mark, str, str]]:
    """Return the keys that were kept; none if the bytes are nothing of that kind."""
    try:
        return {file: (tuple(mark), context, key) for file, (*mark, context, key) in json.loads(data or b"{}").items()}
    except (ValueError, TypeError, AttributeError):
        return {}


@dataclass(slots=True)
class Memory:
    """The readings of texts, by a hash of all that they were read from but pictures and seeds, and the pictures that
    were found sound, by a hash of their bytes. Those of this process are held as they are, by their files' names;
    what the next is to know is kept as bytes, in `texts_kept` and `pictures_kept`. A file of which the file system says
    what it said before isn't read again for its hash.
    """

    texts_kept: Memo = FORGETFUL
    pictures_kept: Memo = FORGETFUL
    _texts: dict[str, tuple[str, Reading]] = field(default_factory=dict)
    _pictures: dict[str, Picture] = field(default_factory=dict)
    _keys: dict[str, tuple[Mark, str, str]] = field(default_factory=dict)

    def joined_with(self, texts: Memo, pictures: Memo) -> Memory:
        """Return this memory with other places to keep what the next process is to know."""
        return Memory(texts, pictures, self._texts, self._pictures, self._keys)

    def key_of(self, file: str, mark: Mark, context: str = "") -> str:
        """Return the key under which a file of this mark was read in this context; nothing if it wasn't. A picture
        needs no context.
        """
        if not self._keys:
            self._keys.update(_keys_in(self.texts_kept.recall(_KEYS)))
        kept = self._keys.get(file)
        return kept[2] if kept and kept[:2] == (mark, context) else ""

    def keep_key(self, file: str, mark: Mark, context: str, key: str) -> None:
        """Remember the key of a file that can't change without getting another mark."""
        self._keys[file] = (mark, context, key)

    def keep_keys(self) -> None:
        """Have the next process know the keys of the files that were read."""
        known = sorted(file for file in self._keys if file in self._texts or file in self._pictures)
        keys = {file: [*mark, context, key] for file in known for mark, context, key in (self._keys[file],)}
        self.texts_kept.keep(_KEYS, json.dumps(keys, separators=(",", ":")).encode("ascii"))

    def text(self, file: str, key: str) -> Reading | None:
        """Return the file's reading under this key, or None."""
        data = self.texts_kept.recall(key)
        known, reading = self._texts.get(file, ("", None))
        if known != key or reading is None:
            reading = unpacked(data, file) if data is not None else None
            if reading:
                self._texts[file] = (key, reading)
        elif data is None:
            self.keep_text(file, key, reading)
        return reading

    def has_text(self, file: str, key: str) -> bool:
        """Return whether there is a reading of the file under this key."""
        return self._texts.get(file, ("", None))[0] == key or self.texts_kept.recall(key) is not None

    def keep_text(self, file: str, key: str, reading: Reading) -> None:
        """Remember a reading."""
        self._texts[file] = (key, reading)
        if self.texts_kept is not FORGETFUL:
            self.texts_kept.keep(key, packed(reading, file))

    def picture(self, source: str, digest: str, content: bytes | PictureFile) -> Picture | None:
        """Return the picture of this content, whose hash is `digest`, or None if it wasn't found sound before."""
        kept = self.pictures_kept.recall(digest)
        known = self._pictures.get(source)
        if known is None or known.digest != digest:
            known = unpacked_picture(kept, source, digest, content) if kept is not None else None
            if known:
                self._pictures[source] = known
        elif kept is None:
            self.keep_picture(known)
        return known

    def keep_picture(self, picture: Picture) -> None:
        """Remember a picture that was found sound."""
        self._pictures[picture.source] = picture
        self.pictures_kept.keep(picture.digest, packed_picture(picture))

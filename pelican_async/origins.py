"""Cuts what is read into batches, and knows where each text of a batch comes from."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from pelican_async.sources.texts import Unit
from pelican_async.work import Batch

BYTES: Final = 4_000_000
"""A batch is sent once it has so many bytes, which takes a process about a tenth of a second,"""
TEXTS: Final = 4_000
"""or so many texts. What a batch costs beside its releases is up to a tenth of all if it has a quarter of these."""


class Origin(NamedTuple):
    """Where a text comes from, for people: `file.json`, and `line 3` (or empty)."""

    source: str
    place: str

    def __str__(self) -> str:
        """Say it as in messages."""
        return f"{self.source}, {self.place}" if self.place else self.source


class Located(NamedTuple):
    """A JSON text, without newlines, and where it comes from: its source, and the line or byte there.

    `changes` says what was written otherwise before it was taken out of something larger.
    """

    text: bytes
    source: str
    unit: Unit
    number: int
    changes: Sequence[str] = ()

    @property
    def origin(self) -> Origin:
        """Give the origin in words."""
        return Origin(self.source, f"{self.unit} {self.number}")


class Batches:
    """Numbers texts as items, from 1 on, and remembers those that are under way."""

    def __init__(self) -> None:
        self._next = 1
        self._under_way: deque[tuple[int, Sequence[Located]]] = deque()

    def cut(self, texts: Iterable[Located], *, grouped: bool = False) -> Iterator[Batch]:
        """Cut texts into batches."""
        batch: list[Located] = []
        size = 0
        for text in texts:
            batch.append(text)
            size += len(text.text)
            if size >= BYTES or len(batch) >= TEXTS:
                yield self._send(batch, grouped=grouped)
                batch, size = [], 0
        if batch:
            yield self._send(batch, grouped=grouped)

    def _send(self, texts: Sequence[Located], *, grouped: bool) -> Batch:
        first = self._next
        self._next += len(texts)
        self._under_way.append((first, texts))
        return Batch(first, b"\n".join([text.text for text in texts]), grouped)

    def done(self, first: int, size: int) -> Sequence[Located]:
        """Give the texts of a batch, or of a part of one, that is done; batches are done in their order."""
        start, texts = self._under_way[0]
        part = texts[first - start : first - start + size]
        if first - start + size == len(texts):
            self._under_way.popleft()
        return part

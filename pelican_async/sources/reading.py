"""Reading sources: any of the formats in which releases are published, known by content, as texts in flat memory."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, cast

from pelican_async.sources import lines
from pelican_async.sources.encoding import utf8
from pelican_async.sources.finding import STDIN, files, shown, size
from pelican_async.sources.limits import Limits
from pelican_async.sources.scanning import Scanner
from pelican_async.sources.texts import Break, Chunk, Damaged, PackageInfo, Text, Unit, Unreadable
from pelican_async.sources.unpacking import Allowance, Closed, streams

__all__ = ["Chunk", "Limits", "PackageInfo", "Text", "Unreadable", "read", "size"]

CHUNK = 256 * 1024
HEAD = 4 * 1024 * 1024
"""How much is read to find the end of the first line, before a source is taken not to be JSON Lines."""


def read(sources: Sequence[str], limits: Limits) -> Iterator[Chunk | Unreadable]:
    """Read sources one after the other: each a file, a folder, or `-` for standard input.

    A file is JSON Lines, or JSON values after each other, or lists of them; plain or packed by gzip, bzip2, xz or zip;
    in UTF-8 or UTF-16. The lines of JSON Lines are given as they are. Other lists, release packages and record packages
    are given entry by entry. Nothing is parsed. What can't be read is given as such, and all the rest is read.
    """
    disk = _Disk()
    for source in sources:
        if source == STDIN:
            yield from _file("standard input", lambda: sys.stdin.buffer, limits, disk)
            continue
        empty = True
        try:
            for path in files(source):
                empty = False
                yield from _file(shown(str(path)), _opener(path), limits, disk)
        except (OSError, ValueError) as error:
            yield _missing(shown(source), error)
            continue
        if empty:
            yield Unreadable(shown(source), "byte", None, "empty", "is a folder without files")


@dataclass(slots=True)
class _Disk:
    """How many bytes were read from disk."""

    consumed: int = 0


@dataclass(slots=True)
class _Counting:
    """A file that counts what is read from it, in all at most its size: of a zip, some is read more than once."""

    file: IO[bytes]
    disk: _Disk
    start: int = field(init=False)
    end: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.start = self.disk.consumed
        self.end = None
        if self.file.seekable():
            self.end = self.disk.consumed + self.file.seek(0, os.SEEK_END)
            self.file.seek(0)

    def read(self, count: int = -1) -> bytes:
        data = self.file.read(count)
        consumed = self.disk.consumed + len(data)
        self.disk.consumed = consumed if self.end is None else min(consumed, self.end)
        return data

    @property
    def taken(self) -> int:
        return self.disk.consumed - self.start

    def seekable(self) -> bool:
        return self.file.seekable()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.file.seek(offset, whence)

    def tell(self) -> int:
        return self.file.tell()


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _missing(name: str, error: Exception) -> Unreadable:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return Unreadable(name, "byte", None, "missing", f"can't be read: {reason}")


def _file(name: str, opened: Callable[[], IO[bytes]], limits: Limits, disk: _Disk) -> Iterator[Chunk | Unreadable]:
    try:
        file = opened()
    except (OSError, ValueError) as error:
        yield _missing(name, error)
        return
    with file:
        try:
            counting = _Counting(file, disk)
            allowance = Allowance(lambda: counting.taken, limits.unpacked, limits.ratio)
            for stream in streams(name, cast(IO[bytes], counting), allowance):
                if isinstance(stream, Closed):
                    yield Unreadable(stream.name, "byte", None, stream.kind, stream.reason)
                else:
                    yield from _stream(stream.name, stream.blocks, limits, disk)
        except (OSError, Damaged) as error:
            yield _missing(name, error)
            return
        # Not all of a file need be read: not of a zip, nor of what isn't JSON.
        disk.consumed = counting.end or disk.consumed


def _stream(name: str, blocks: Iterator[bytes], limits: Limits, disk: _Disk) -> Iterator[Chunk | Unreadable]:
    try:
        blocks, are_lines = _begun(utf8(blocks))
    except Damaged as damaged:
        yield Unreadable(name, "byte", 0, "damaged", str(damaged))
        return
    unit: Unit = "line" if are_lines else "byte"
    parts = lines.cut(blocks, limits.text) if are_lines else _gathered(Scanner(blocks, limits.text))
    nothing = True
    for part in parts:
        nothing = False
        match part:
            case Break():
                yield Unreadable(name, unit, part.place, part.kind, part.reason)
            case PackageInfo():
                yield Chunk(name, unit, [], disk.consumed, part)
            case _:
                yield Chunk(name, unit, part, disk.consumed)
    if nothing:
        yield Unreadable(name, unit, None, "empty", "is empty")


def _begun(blocks: Iterator[bytes]) -> tuple[Iterator[bytes], bool]:
    """Read the first lines, and tell by them whether it is JSON Lines; the blocks given begin with them again."""
    head: list[bytes] = []
    length = 0
    damaged: Damaged | None = None
    complete = False
    try:
        for block in blocks:
            head.append(block)
            length += len(block)
            if length >= HEAD or (length >= CHUNK and b"\n" in block):
                break
        else:
            complete = True
    except Damaged as error:
        damaged = error
    are_lines = lines.are_lines(b"".join(head), complete=complete)
    return chain(head, _after(damaged, blocks)), are_lines


def _after(damaged: Damaged | None, blocks: Iterator[bytes]) -> Iterator[bytes]:
    if damaged is not None:
        raise damaged
    yield from blocks


def _gathered(scanner: Scanner) -> Iterator[list[Text] | Break | PackageInfo]:
    """Gather texts until they are long enough for a chunk."""
    texts: list[Text] = []
    length = 0
    for part in scanner.texts():
        if isinstance(part, Text):
            texts.append(part)
            length += len(part.value)
        if texts and (length >= CHUNK or not isinstance(part, Text)):
            yield texts
            texts, length = [], 0
        if not isinstance(part, Text):
            yield part
    if texts:
        yield texts

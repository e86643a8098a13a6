"""Bytes out of what they are packed in: gzip, bzip2, xz and zip, known by content and never unpacked to disk."""

import bz2
import copy
import lzma
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, NamedTuple, Protocol, cast

from pelican_async.sources.finding import shown
from pelican_async.sources.texts import Damaged, Kind
from pelican_async.temporary import kept_there

BLOCK = 256 * 1024
SNIFF = 8
XZ_MEMORY = 128 * 1024 * 1024  # `xz -9` needs 65 MB; an archive may ask for gigabytes
GZIP_FORMAT = 31  # what zlib calls "gzip, with the largest window"
ZIP_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
LAYERS = 2
"""How often unpacking is repeated: once, and once more for what was inside, as in a .json.gz in a .zip."""
LIST_BYTES = 8 * 1024 * 1024
"""The list of a zip archive's members may have so many bytes, which is enough for 80,000 of them."""


class Stream(NamedTuple):
    """The unpacked bytes of a file, or of a member of an archive; iterating raises `Damaged` where they end early."""

    name: str
    blocks: Iterator[bytes]


class Closed(NamedTuple):
    """A file, or a member of an archive, that can't be unpacked at all."""

    name: str
    kind: Kind
    reason: str


@dataclass(slots=True)
class Allowance:
    """How much may be unpacked of one file: `free` bytes, and `ratio` times as much as was read of it.

    `read` gives how many bytes that are. What is unpacked in two steps counts in both.
    """

    read: Callable[[], int]
    free: int
    ratio: int
    used: int = 0

    def take(self, block: bytes) -> bytes:
        """Count a block that was unpacked, and give it; raises `Damaged` if that was too much."""
        self.used += len(block)
        if self.used > self.free + self.ratio * self.read():
            raise Damaged(
                f"unpacks to more than {self.ratio:,} times its size, and to more than {self.free:,} bytes: it seems "
                "to be made to fill memory or disks (if it isn't, unpack it first)"
            )
        return block


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _Gunzip:
    """zlib's decompressor with the interface of those of bzip2 and xz."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(GZIP_FORMAT)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        out = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        # Output can wait inside zlib even where all input was taken.
        self.needs_input = not self._zlib.unconsumed_tail and len(out) < max_length
        return out


def _unxz() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=XZ_MEMORY)


_FORMATS: tuple[tuple[bytes, str, Callable[[], _Decompressor]], ...] = (
    (b"\x1f\x8b\x08", "gzip", _Gunzip),
    (b"BZh", "bzip2", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\x00", "xz", _unxz),
)


def streams(name: str, file: IO[bytes], allowance: Allowance) -> Iterator[Stream | Closed]:
    """Give what is in a file: itself, unpacked where it is packed, or each member of a zip archive.

    Members are never written anywhere, so it doesn't matter where their paths lead. A stream must be read to its end
    before the next one is asked for. Raises `OSError` if the file can't be read.
    """
    # Little is read to see what it is, since of a zip it is read again.
    head = file.read(SNIFF)
    blocks = _reads(file)
    if not head.startswith(ZIP_STARTS):
        yield _unpacked(name, chain([head] if head else [], blocks), LAYERS, allowance)
    elif file.seekable():
        yield from _members(name, file, allowance)
    else:
        # The list of a zip's members is at its end, so what comes through a pipe is kept first.
        with tempfile.TemporaryFile() as copy:
            for block in chain([head], blocks):
                with kept_there():
                    copy.write(block)
            yield from _members(name, copy, allowance)


def _reads(file: IO[bytes]) -> Iterator[bytes]:
    try:
        while block := file.read(BLOCK):
            yield block
    except OSError as error:
        raise Damaged(f"can't be read further: {error.strerror or error}") from None


def _unpacked(name: str, blocks: Iterator[bytes], layers: int, allowance: Allowance) -> Stream | Closed:
    try:
        head = next(blocks, b"")
    except Damaged as damaged:
        return Closed(name, "damaged", str(damaged))
    if head.startswith(ZIP_STARTS):
        return Closed(name, "damaged", "holds a zip archive inside something packed: unpack it first")
    blocks = chain([head] if head else [], blocks)
    for start, called, decompressor in _FORMATS:
        if head.startswith(start):
            if not layers:
                return Closed(name, "damaged", "is packed more than twice: unpack it first")
            unpacked = map(allowance.take, _decompressed(blocks, called, decompressor))
            return _unpacked(name, unpacked, layers - 1, allowance)
    return Stream(name, blocks)


def _decompressed(blocks: Iterator[bytes], called: str, new: Callable[[], _Decompressor]) -> Iterator[bytes]:
    current: _Decompressor | None = None
    for block in blocks:
        data = block
        while True:
            if current is None:
                # One part may follow the other, with zeros between them.
                data = data.lstrip(b"\0")
                if not data:
                    break
                current = new()
            try:
                out = current.decompress(data, BLOCK)
            except (OSError, EOFError, ValueError, MemoryError, zlib.error, lzma.LZMAError) as error:
                raise Damaged(f"is damaged {called} data ({error})") from None
            if out:
                yield out
            if current.eof:
                data, current = current.unused_data, None
            elif current.needs_input:
                break
            else:
                data = b""
    if current is not None:
        raise Damaged(f"is cut off: it ends in the middle of the {called} data")


class _Archive:
    """A zip archive's file; its list of members, which is read at once and kept in memory, must not be too long."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable

    def read(self, count: int = -1) -> bytes:
        if count > LIST_BYTES:
            raise zipfile.BadZipFile(f"the list of its files has more than {LIST_BYTES:,} bytes")
        return self._file.read(count)


def _members(name: str, file: IO[bytes], allowance: Allowance) -> Iterator[Stream | Closed]:
    try:
        archive = zipfile.ZipFile(cast(IO[bytes], _Archive(file)))
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error) as error:
        yield Closed(name, "damaged", f"is a damaged or cut off zip archive ({error})")
        return
    with archive:
        # Not `is_dir`, which raises if there is no name.
        members = [
            info for info in archive.infolist() if not info.filename.endswith("/") and not _is_hidden(info.filename)
        ]
        if not members:
            yield Closed(name, "empty", "is a zip archive without files")
        for info in members:
            yield _member(f"{name} \u203a {shown(info.filename)}", archive, info, allowance)


def _is_hidden(filename: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in filename.split("/"))


def _member(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: Allowance) -> Stream | Closed:
    if info.flag_bits & 1:
        return Closed(name, "encrypted", "is encrypted: unpack it with its password first")
    if info.compress_type not in ZIP_METHODS:
        return Closed(name, "damaged", f"is packed by a method that is not supported (number {info.compress_type})")
    if info.compress_type == zipfile.ZIP_BZIP2:
        # The library unpacks all that a block holds at once, and a small one can hold gigabytes.
        blocks = _decompressed(_member_blocks(archive, _as_packed(info)), "bzip2", bz2.BZ2Decompressor)
    else:
        blocks = _member_blocks(archive, info)
    return _unpacked(name, map(allowance.take, blocks), LAYERS - 1, allowance)


def _as_packed(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    """Describe a member as if its packed bytes were all that it is."""
    packed = copy.copy(info)
    packed.compress_type = zipfile.ZIP_STORED
    packed.file_size = packed.compress_size
    del packed.CRC  # that of what is unpacked; bzip2 has its own
    return packed


def _member_blocks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with cast(zipfile.ZipExtFile, archive.open(info)) as member:
            # read() would lose what it has where the damage comes after it.
            while block := member.read1(BLOCK):
                yield block
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError, zlib.error, struct.error) as error:
        raise Damaged(f"is damaged in the zip archive ({error})") from None

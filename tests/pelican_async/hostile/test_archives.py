"""Files that unpack to far more than they are, or elsewhere than they should: a clear word, and the others are read."""

import bz2
import gzip
import io
import json
import lzma
import stat
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pytest

from pelican_async.sources import unpacking
from pelican_async.sources.limits import Limits
from pelican_async.sources.reading import Chunk, Unreadable, read
from tests.pelican_async.sources.containers import unreadable_in, values_in

GOOD: Final = b'{"ocid": "ocds-213czf-1"}\n{"ocid": "ocds-213czf-2"}\n'
LIMITS: Final = Limits(text=1_000_000, unpacked=300_000, ratio=20)
MEMORY: Final = 8_000_000
"""Bytes, of tens of millions that are unpacked."""
BLANK: Final = b" " * 20_000_000
ENDLESS: Final = b'[{"ocid": "ocds-213czf-1", "title": "' + b"a" * 20_000_000


def zipped(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def overlapping() -> bytes:
    """Make a zip archive of many members, which all are one and the same part of the file."""
    archive = zipped({"a": b" " * 300_000})
    start = archive.index(b"PK\x01\x02")
    end = archive.index(b"PK\x05\x06")
    entry = archive[start:end]
    count = 50
    directory = b"".join(entry[:-1] + bytes([65 + number]) for number in range(count))
    return (
        archive[:start]
        + directory
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    )


BOMBS: Final[Mapping[str, Callable[[], bytes]]] = {
    "gzip": lambda: gzip.compress(BLANK),
    "gzip, one text": lambda: gzip.compress(ENDLESS),
    "gzip, line feeds": lambda: gzip.compress(b"\n" * 20_000_000),
    "bzip2": lambda: bz2.compress(BLANK),
    "xz": lambda: lzma.compress(BLANK, preset=0),
    "zip": lambda: zipped({"a.json": BLANK}),
    "zip by bzip2": lambda: zipped({"a.json": BLANK}, zipfile.ZIP_BZIP2),
    "zip of many": lambda: zipped({f"{number}.json": BLANK[:2_000_000] for number in range(10)}),
    "gzip in zip": lambda: zipped({"a.json.gz": gzip.compress(BLANK)}),
    "gzip in gzip": lambda: gzip.compress(gzip.compress(BLANK)),
    "gzip of what is nothing": lambda: gzip.compress(gzip.compress(b"") * 20_000),
}


def read_within(folder: Path, limits: Limits = LIMITS) -> tuple[list[Chunk | Unreadable], int]:
    """Read a folder; give what was read, and the most memory that this took, in bytes."""
    tracemalloc.start()
    try:
        parts = list(read([str(folder)], limits))
        return parts, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", BOMBS)
def test_what_unpacks_to_too_much_is_left(tmp_path: Path, name: str) -> None:
    (tmp_path / "1").write_bytes(BOMBS[name]())
    (tmp_path / "2").write_bytes(GOOD)

    parts, memory = read_within(tmp_path)

    assert memory < MEMORY
    assert values_in(parts) == [json.loads(line) for line in GOOD.splitlines()]
    broken = unreadable_in(parts)
    assert {part.kind for part in broken} <= {"damaged", "empty"}
    assert "unpacks to more than 20 times its size, and to more than 300,000 bytes" in broken[-1].reason


def test_what_packs_well_is_read(tmp_path: Path) -> None:
    line = json.dumps({"ocid": "ocds-213czf-1", "tender": {"title": "a" * 200}}).encode() + b"\n"
    (tmp_path / "file").write_bytes(gzip.compress(line * 50_000))

    parts, _ = read_within(tmp_path, Limits())

    assert len(values_in(parts)) == 50_000
    assert unreadable_in(parts) == []


def test_members_that_share_their_bytes_do_not_multiply(tmp_path: Path) -> None:
    (tmp_path / "1.zip").write_bytes(overlapping())
    (tmp_path / "2").write_bytes(GOOD)

    parts, memory = read_within(tmp_path)

    assert memory < MEMORY
    assert len(values_in(parts)) == 2
    assert len(unreadable_in(parts)) == 50, "each member is told of"
    assert sum(part.kind == "damaged" for part in unreadable_in(parts)) >= 40


def test_a_list_of_members_that_takes_much_memory_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "LIST_BYTES", 5_000)
    (tmp_path / "1.zip").write_bytes(zipped({f"{number}.json": b"{}" for number in range(100)}))
    (tmp_path / "2.zip").write_bytes(zipped({f"{number}.json": b"{}" for number in range(10)}))

    parts, _ = read_within(tmp_path)

    (broken,) = unreadable_in(parts)
    assert "the list of its files has more than 5,000 bytes" in broken.reason
    assert len(values_in(parts)) == 10


def test_archives_in_archives_are_not_opened(tmp_path: Path) -> None:
    data = GOOD
    for _ in range(4):
        data = zipped({"inner.zip": data})
    (tmp_path / "1").write_bytes(data)
    for number, packed in enumerate((gzip.compress(data), gzip.compress(gzip.compress(gzip.compress(GOOD)))), 2):
        (tmp_path / str(number)).write_bytes(packed)

    parts, _ = read_within(tmp_path)

    assert values_in(parts) == []
    assert [part.reason for part in unreadable_in(parts)] == [
        "holds a zip archive inside something packed: unpack it first",
        "holds a zip archive inside something packed: unpack it first",
        "is packed more than twice: unpack it first",
    ]


def test_paths_of_members_lead_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    names = (
        "../../evil",
        "/pelican-async-evil",
        "C:\\evil",
        "a\0b",
        "..",
        "../",
        "con",
        "x" * 60_000,
        "\x1b[2J\u202e",
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), b'{"ocid": "ocds-213czf-1"}')
        link = zipfile.ZipInfo("link.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    (folder / "archive").write_bytes(file.getvalue())

    parts, _ = read_within(folder)

    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a", "archive", "b"]
    assert not Path("/pelican-async-evil").exists()
    read_names = {part.source for part in parts}
    assert all(name.isprintable() for name in read_names)
    (broken,) = unreadable_in(parts)
    assert broken.source.endswith("link.json")
    assert "not '/etc/passwd'" in broken.reason, "the link's own text, not the file"
    # ".." is hidden, as its name begins with a dot; "../" is a folder.
    assert len(values_in(parts)) == len(names) - 3


def test_links_in_a_folder_end_nowhere_and_circles_are_not_entered(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "good").write_bytes(GOOD)
    (folder / "above").symlink_to(tmp_path, target_is_directory=True)
    (folder / "itself").symlink_to(folder / "itself")
    (folder / "nowhere").symlink_to(tmp_path / "nowhere")
    (folder / "zeros").symlink_to("/dev/zero")

    parts, _ = read_within(folder)

    assert len(values_in(parts)) == 2
    assert {Path(part.source).name: part.kind for part in unreadable_in(parts)} == {
        "itself": "missing",
        "nowhere": "missing",
    }


def test_other_archives_are_told_from_json(tmp_path: Path) -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        info = tarfile.TarInfo("../../evil.json")
        info.size = len(GOOD)
        archive.addfile(info, io.BytesIO(GOOD))
    (tmp_path / "archive.tar.gz").write_bytes(file.getvalue())

    parts, _ = read_within(tmp_path)

    assert [part.kind for part in unreadable_in(parts)] == ["not-json"]


def test_an_xz_file_may_not_ask_for_gigabytes(tmp_path: Path) -> None:
    data = bytearray(lzma.compress(GOOD))
    header = 12
    size = (data[header] + 1) * 4
    at = data.index(b"\x21\x01", header) + 2
    data[at] = 40  # a dictionary of 4 GiB
    data[header + size - 4 : header + size] = struct.pack("<L", zlib.crc32(data[header : header + size - 4]))
    (tmp_path / "file").write_bytes(data)

    parts, memory = read_within(tmp_path)

    (broken,) = unreadable_in(parts)
    assert "Memory usage limit" in broken.reason
    assert memory < MEMORY

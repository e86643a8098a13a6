"""Any bytes of a file are read: what is in them is given, or counted with the reason why it isn't."""

import bz2
import gzip
import io
import json
import lzma
import random
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final

import orjson

from checks.batch import Wanted
from checks.money import Rates
from checks.reference_data import ReferenceData
from pelican_async.collection_check import CollectionCheck
from pelican_async.reference import codelists
from pelican_async.sources.limits import Limits
from pelican_async.sources.reading import Chunk, Unreadable, read
from pelican_async.work import Work
from tests.fuzz import structure
from tests.fuzz.inline import inline

LIMITS: Final = Limits(text=2_000, depth=20, unpacked=1_000_000, ratio=20)
LARGEST: Final = 40_000
PARTS: Final = (
    b'{"releases":[', b'"records":[', b'"ocid":"a"', b'"date":"2020"', b'{"ocid":"a","tag":["tender"],"date":"1"}',
    b'"compiledRelease":{', b'"versionedRelease":{}', b'{"url":"u"}', b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\n",
    b"]}", b"[[", b"}}", b"\\u0000", b"\\ud800", b"NaN", b"1e400", b"\xed\xa0\x80", b"PK\x03\x04", b"\x1f\x8b\x08",
    b"BZh", b"\xfd7zXZ\x00", b"\r\n", b"\x00", b'"\\', b"9" * 400, b"[" * 30, b'{"tag":["compiled"]}',
)  # fmt: skip


def zipped(*members: bytes) -> bytes:
    """Put bytes into a zip archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, member in enumerate(members):
            archive.writestr(zipfile.ZipInfo(f"../a\x1b/{number}.json"), member, zipfile.ZIP_DEFLATED)
    return file.getvalue()


PACKINGS: Final[Sequence[Callable[[bytes], bytes]]] = (
    gzip.compress,
    bz2.compress,
    lzma.compress,
    zipped,
    lambda data: zipped(gzip.compress(data), data),
    lambda data: gzip.compress(bz2.compress(data)),
    lambda data: gzip.compress(data[: len(data) // 2]) + b"\0\0" + gzip.compress(data[len(data) // 2 :]),
    lambda data: data.decode("utf-8", "replace").encode("utf-16"),
    lambda data: data.decode("utf-8", "replace").encode("utf-16-be"),
)
RELEASES: Final = (
    {"ocid": "a", "date": "2020-01-01", "tag": ["compiled"], "tender": {"title": 'é "]}\\'}},
    {"ocid": "b", "date": "2020-01-01", "id": "1", "tag": ["tender"], "awards": [{"id": 1, "value": {"amount": 1.5}}]},
    {"ocid": "b", "date": "2020-01-02", "id": "2", "tag": ["award"], "awards": [{"id": 1, "status": "active"}]},
    {"url": "https://example.org/1.json"},
    {"tender": {"documents": [{"id": "d"}]}},
)


@cache
def _file() -> Path:
    return Path(tempfile.mkdtemp(prefix="pelican-async-fuzz-")) / "data"


def examine(data: bytes) -> None:
    """Read bytes as a file, and check that all that was read is accounted for."""
    file = _file()
    file.write_bytes(data)
    parts = list(read([str(file)], LIMITS))
    texts = [text for part in parts if isinstance(part, Chunk) for text in part.texts]
    assert parts
    for text in texts:
        assert b"\n" not in text.value
        assert 0 < len(text.value) <= LIMITS.text
    places = [text.place for text in texts]
    assert zipfile.is_zipfile(file) or places == sorted(places)
    work = Work("extract", ReferenceData(codelists.snapshot(), Rates(()), 0), b"", Wanted(facts=False), LIMITS.depth)
    with inline(), CollectionCheck(work, 1, LIMITS, lambda _: None) as collection:
        consumed: list[int] = []
        collection.run([str(file)], lambda _, number: consumed.append(number))
        kept = list(collection.kept())
        unreadable = [part for part in parts if isinstance(part, Unreadable)]
        assert collection.reasons.total() >= sum(part.count for part in unreadable)
        assert len(kept) == collection.checked
        assert collection.counts.read == collection.checked + collection.counts.not_checked
        assert max(consumed, default=0) <= len(data)
        # Each text is a release, or refused, or taken to pieces; only releases of one process, and empty lists and
        # packages, are fewer afterwards.
        assert texts == [] or collection.counts.read or collection.merged_releases or _are_empty(texts)
    for record in kept:
        stored, *_changes = record.split(b"\n")
        release = orjson.loads(stored)
        assert type(release) is dict
        assert b"\\u0000" not in stored or "\0" not in json.dumps(release, ensure_ascii=False)


def _are_empty(texts: Sequence[tuple[bytes, int]]) -> bool:
    return all(value.lstrip().startswith((b"[", b"{")) for value, _ in texts)


def seeds() -> Iterator[bytes]:
    """Give releases in all forms and packings."""
    lines = b"\n".join(map(orjson.dumps, RELEASES))
    forms = (
        lines,
        orjson.dumps(RELEASES),
        orjson.dumps({"uri": "u", "publisher": {"name": "p"}, "releases": RELEASES}, option=orjson.OPT_INDENT_2),
        orjson.dumps(
            {"records": [{"ocid": "b", "releases": RELEASES[1:3]}, {"ocid": "a", "compiledRelease": RELEASES[0]}]}
        ),
        orjson.dumps({"releases": RELEASES}) + b"\n" + orjson.dumps([[RELEASES[0]], RELEASES[1:]]),
        b"\n\n".join(orjson.dumps(release, option=orjson.OPT_INDENT_2) for release in RELEASES),
    )
    yield from forms
    for form in forms[:3]:
        for pack in PACKINGS:
            yield pack(form)


def mutate(data: bytes, most: int, seed: int, default: Callable[[bytes, int], bytes]) -> bytes:
    """Change bytes: what is packed is opened, changed and packed again, so that more than checksums is tried."""
    chance = random.Random(seed)
    if chance.random() < 0.3:
        return default(data, most)
    plain = _opened(data)
    for _ in range(chance.randint(1, 3)):
        plain = _changed(plain, chance, most, default)
    if chance.random() < 0.35:
        packed = chance.choice(PACKINGS)(plain)
        for _ in range(chance.choice((0, 0, 0, 1, 3))):
            at = chance.randrange(len(packed))
            packed = packed[:at] + bytes([chance.randrange(256)]) + packed[at + 1 :]
        return packed[:most] if len(packed) <= most else plain[:most]
    return plain[:most]


def _opened(data: bytes) -> bytes:
    try:
        if data.startswith(b"\x1f\x8b"):
            return gzip.decompress(data)[:LARGEST]
        if data.startswith(b"BZh"):
            return bz2.decompress(data)[:LARGEST]
        if data.startswith(b"\xfd7z"):
            return lzma.decompress(data)[:LARGEST]
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return archive.open(archive.infolist()[0]).read(LARGEST)
    except Exception:  # noqa: BLE001 then it stays as it is
        return data
    return data


def _changed(data: bytes, chance: random.Random, most: int, default: Callable[[bytes, int], bytes]) -> bytes:
    kind = chance.randrange(6)
    at = chance.randint(0, len(data))
    if kind == 0:
        return data[:at] + chance.choice(PARTS) + data[at:]
    if kind == 1:
        end = min(len(data), at + chance.choice((1, 1, 2, 8, 100)))
        return data[:at] + data[end:]
    if kind == 2:
        start = chance.randint(0, at)
        return data[:at] + data[start:at] * chance.choice((1, 2, 20)) + data[at:]
    if kind == 3:
        return default(data, most)
    changed = structure.mutated(data, chance)
    return data if changed is None else changed

import contextlib
import gzip
import io
import json
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.values import Json
from pelican_async.sources.limits import Limits
from pelican_async.sources.parsing import NotJson, parse
from pelican_async.sources.reading import Chunk
from tests.pelican_async.sources.containers import FEW, PACKINGS, read_bytes, unreadable_in, values_in

ENTRIES: list[Json] = [{"ocid": "1", "title": 'a "]}\\'}, {"ocid": "2", "items": [{"id": 2}]}, {"ocid": "3"}]
PACKAGE = json.dumps({"uri": "u", "releases": ENTRIES, "license": [{"a": "b"}]}, indent=1).encode()
JSONISH = st.lists(
    st.sampled_from(
        [
            b"{",
            b"}",
            b"[",
            b"]",
            b'"',
            b",",
            b":",
            b"\n",
            b" ",
            b"\\",
            b"1",
            b'"releases":[',
            b'"ocid"',
            b"\xff",
            b"null",
        ]
    ),
    max_size=40,
).map(b"".join)


@FEW
@given(st.binary(max_size=200) | JSONISH, st.sampled_from(list(PACKINGS)), st.integers(0, 1000))
def test_any_bytes_are_read_or_reported(scratch: Path, data: bytes, packing: str, end: int) -> None:
    packed = PACKINGS[packing](data)[:end]

    parts = read_bytes(scratch, packed, Limits(text=30))

    assert parts
    for part in parts:
        for text in part.texts if isinstance(part, Chunk) else []:
            assert b"\n" not in text.value
            assert 0 < len(text.value) <= 30
            with contextlib.suppress(NotJson):
                parse(text.value, 10)


@pytest.mark.parametrize("packing", PACKINGS)
def test_damaged_packings_are_reported(tmp_path: Path, packing: str) -> None:
    random_bytes = random.Random(2)  # noqa: S311
    whole = PACKINGS[packing](PACKAGE)
    for _ in range(200):
        data = bytearray(whole)
        data[random_bytes.randrange(len(data))] ^= 1 << random_bytes.randrange(8)

        assert read_bytes(tmp_path, bytes(data))


def test_a_package_cut_off_anywhere_gives_its_complete_entries(tmp_path: Path) -> None:
    ends = []
    end = 0
    for entry in ENTRIES:
        text = json.dumps(entry, indent=1).replace("\n", "\n  ").encode()
        end = PACKAGE.index(text, end) + len(text)
        ends.append(end)
    for length in range(1, len(PACKAGE)):
        parts = read_bytes(tmp_path, PACKAGE[:length])

        assert values_in(parts) == ENTRIES[: sum(end <= length for end in ends)], length
        (broken,) = unreadable_in(parts)
        assert (broken.kind, broken.place) == ("cut-off", length)
        assert "ends in the middle" in broken.reason


@pytest.mark.parametrize("packing", ["gzip", "bzip2", "xz", "zip"])
def test_a_packed_file_cut_off_gives_what_was_unpacked(tmp_path: Path, packing: str) -> None:
    noise = random.Random(1)  # noqa: S311
    lines = [json.dumps({"id": number, "x": noise.randbytes(300).hex()}) for number in range(2500)]
    data = PACKINGS[packing](("\n".join(lines)).encode())

    parts = read_bytes(tmp_path, data[: len(data) * 2 // 3])

    (broken,) = unreadable_in(parts)
    assert broken.kind == "damaged"
    if packing == "zip":  # the list of its members is at its end
        assert values_in(parts) == []
    else:
        read = values_in(parts)
        assert len(read) > 900
        assert read == [json.loads(line) for line in lines[: len(read)]]
        assert broken.place == len(read) + 1


def test_a_bad_line_loses_that_line_only(tmp_path: Path) -> None:
    good = [b'{"id": 1}', b'{"id": 2}', b'{"id": 3}']
    bad = [b'{"id": "\xe9"}', b'{"id": ', b"null null", b'{"id" 1}']
    lines = [good[0], bad[0], good[1], bad[1], bad[2], good[2], bad[3], b"{}"]

    parts = read_bytes(tmp_path, b"\n".join(lines))

    readable, reasons = [], []
    for text in [text for part in parts if isinstance(part, Chunk) for text in part.texts]:
        try:
            readable.append(parse(text.value, 10))
        except NotJson as reason:
            reasons.append((text.place, str(reason)))
    assert readable == [{"id": 1}, {"id": 2}, {"id": 3}, {}]
    assert [place for place, _ in reasons] == [2, 4, 5, 7]
    assert "ISO-8859-1" in reasons[0][1]
    assert "ends in the middle" in reasons[1][1]
    assert "a colon was expected" in reasons[3][1]


@pytest.mark.parametrize(
    ("data", "expected", "kinds"),
    [
        (b"", [], ["empty"]),
        (b" \n\t\n", [], ["empty"]),
        (b"\xef\xbb\xbf", [], ["empty"]),
        (b"<html>\n{}\n</html>", [], ["not-json"]),
        (b"ocid,title\n1,a", [], ["not-json"]),
        (b"not json", [], ["not-json"]),
        (b"[1 2]", [1, 2], ["not-json"]),
        (b"[1,]", [1], ["not-json"]),
        (b"[,1]", [1], ["not-json"]),
        (b"[1}", [1], ["not-json"]),
        (b'{"releases": [{"id": 1}], 5: 6}', [{"id": 1}], ["not-json"]),
        (b'{"releases": [{"id": 1}], "x": }\n{"id": 2,\n"x": 1}', [{"id": 1}, {"id": 2, "x": 1}], ["not-json"]),
        (b'{"releases": [{"id": 1}], "x" 5}', [{"id": 1}], ["not-json"]),
        (b'{"a":\n1}]\n{"b":\n2}', [{"a": 1}, {"b": 2}], ["not-json"]),
        (b'{"id": 1}\n{"id": 2', [{"id": 1}], []),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_read(
    tmp_path: Path, data: bytes, expected: list[Json], kinds: list[str]
) -> None:
    parts = read_bytes(tmp_path, data)

    readable = []
    for part in parts:
        for text in part.texts if isinstance(part, Chunk) else []:
            try:
                readable.append(parse(text.value, 10))
            except NotJson:
                assert text.place == 2
    assert readable == expected
    assert [broken.kind for broken in unreadable_in(parts)] == kinds


def test_a_line_break_in_a_string_is_not_mended(tmp_path: Path) -> None:
    (chunk, *_) = read_bytes(tmp_path, b'[{\n"a": "b\nc"}]')

    assert isinstance(chunk, Chunk)
    with pytest.raises(NotJson, match="line break"):
        parse(chunk.texts[0].value, 10)


def test_members_of_a_zip_that_cannot_be_unpacked_lose_only_themselves(tmp_path: Path) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a\x1b[31m.json", b'{"id": 1}')
        archive.writestr("b.json", b'{"id": "damaged"}')
        archive.writestr("c.json", gzip.compress(gzip.compress(b'{"id": 3}')))
        archive.writestr("d.json", b"{}", zipfile.ZIP_LZMA)
        archive.writestr("e.zip", PACKINGS["zip"](b"{}"))
        archive.writestr("__MACOSX/._a.json", b"\x00")
        archive.writestr("folder/", b"")
        archive.writestr("folder/z.json", b'{"id": 4}')
    data = bytearray(file.getvalue().replace(b"damaged", b"DAMAGED"))
    # A flag in the entry of a member, 46 bytes long before its name, says that it is encrypted.
    data[data.rindex(b"a\x1b[31m.json") - 46 + 8] |= 1

    parts = read_bytes(tmp_path, bytes(data))

    broken = {part.source.split("\u203a ")[1]: part.kind for part in unreadable_in(parts)}
    assert broken == {
        "a\ufffd[31m.json": "encrypted",
        "b.json": "damaged",
        "c.json": "damaged",
        "d.json": "damaged",
        "e.zip": "damaged",
    }
    assert {"id": 4} in values_in(parts)


def test_a_zip_without_files_is_reported(tmp_path: Path) -> None:
    file = io.BytesIO()
    zipfile.ZipFile(file, "w").close()

    (broken,) = unreadable_in(read_bytes(tmp_path, file.getvalue()))

    assert broken.kind == "empty"

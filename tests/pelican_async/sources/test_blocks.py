"""Blocks end anywhere: inside escapes, marks, numbers and names."""

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.values import Json
from pelican_async.sources import scanning, window
from pelican_async.sources.encoding import utf8
from pelican_async.sources.lines import cut
from pelican_async.sources.parsing import parse
from pelican_async.sources.scanning import Scanner
from pelican_async.sources.texts import Break, Text
from tests.pelican_async.sources.containers import CONTAINERS, ENCODINGS, LIMITS, MANY, releases, values
from tests.pelican_async.sources.test_broken import JSONISH


@pytest.fixture(scope="module", autouse=True)
def _small_blocks() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(window, "BLOCK", 1)
        patch.setattr(scanning, "UNDECIDED", 20)
        yield


def blocks(data: bytes, sizes: list[int]) -> Iterator[bytes]:
    begin = 0
    for size in sizes:
        yield data[begin : begin + size]
        begin += size
    yield data[begin:]


SIZES = st.lists(st.integers(1, 9), max_size=60)


@MANY
@given(st.lists(releases, min_size=1, max_size=4), st.sampled_from(list(CONTAINERS)), st.sampled_from(ENCODINGS), SIZES)
def test_objects_come_back_from_any_blocks(
    entries: list[Json], container: str, encoding: str, sizes: list[int]
) -> None:
    data = CONTAINERS[container](entries).encode(encoding)

    texts = [part for part in Scanner(utf8(blocks(data, sizes)), LIMITS.text).texts() if not isinstance(part, Break)]

    assert [parse(text.value, 100) for text in texts if isinstance(text, Text)] == entries


@MANY
@given(st.lists(values, max_size=4), st.sampled_from(["list", "pretty-printed list", "release package"]), SIZES)
def test_places_are_those_of_the_texts(entries: list[Json], container: str, sizes: list[int]) -> None:
    data = CONTAINERS[container](entries).encode()

    texts = [text for text in Scanner(blocks(data, sizes), LIMITS.text).texts() if isinstance(text, Text)]

    assert len(texts) == len(entries)
    for text in texts:
        assert data[text.place : text.place + len(text.value)].replace(b"\n", b"\t") == text.value


@MANY
@given(JSONISH, SIZES, st.integers(len(b"'releases'") + 1, 60))
def test_blocks_change_nothing(data: bytes, sizes: list[int], limit: int) -> None:
    at_once = list(Scanner(iter([data]), limit).texts())
    in_blocks = list(Scanner(blocks(data, sizes), limit).texts())

    # What is quoted of the place of a break depends on how far was read, and a package is decided on sooner or later.
    assert [part.value for part in in_blocks if isinstance(part, Text)] == [
        part.value for part in at_once if isinstance(part, Text)
    ]
    assert [(part.place, part.kind) for part in in_blocks if isinstance(part, Break)] == [
        (part.place, part.kind) for part in at_once if isinstance(part, Break)
    ]


@MANY
@given(st.lists(st.sampled_from([b"\n", b" ", b"\r", b"a", b"bcdefgh", b"\xc3"]), max_size=30).map(b"".join), SIZES)
def test_lines_are_cut_alike_from_any_blocks(data: bytes, sizes: list[int]) -> None:
    limit = 6
    parts = list(cut(blocks(data, sizes), limit))

    lines = {number: line.strip(b" \t\r") for number, line in enumerate(data.split(b"\n"), 1)}
    texts = [text for part in parts if isinstance(part, list) for text in part]
    too_long = [part.place for part in parts if isinstance(part, Break)]
    assert texts == [Text(line, number) for number, line in lines.items() if line and number not in too_long]
    assert all(len(line) > limit for number, line in lines.items() if line and number in too_long)
    assert too_long == sorted(set(too_long))


@MANY
@given(st.lists(st.sampled_from(["[", '{"]": ', '["}", ', '{"a": "\\\\\\"[", "b": [], "c": ']), max_size=60), SIZES)
def test_what_is_nested_deep_comes_back_whole(levels: list[str], sizes: list[int]) -> None:
    ends = ["]" if level.startswith("[") else "}" for level in reversed(levels)]
    deep = f"{''.join(levels)}1{''.join(ends)}"
    data = f'[{{"tender": {deep}}}, {deep}, "]"]'.encode()

    texts = [text for text in Scanner(blocks(data, sizes), LIMITS.text).texts() if isinstance(text, Text)]

    assert [parse(text.value, 100) for text in texts] == json.loads(data)

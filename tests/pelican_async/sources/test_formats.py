import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.values import Json
from pelican_async.sources.limits import Limits
from pelican_async.sources.reading import Chunk
from tests.pelican_async.sources.containers import (
    CONTAINERS,
    ENCODINGS,
    FEW,
    PACKINGS,
    read_bytes,
    releases,
    unreadable_in,
    values,
    values_in,
)

ENTRIES: list[Json] = [
    {"ocid": "1", "tender": {"title": 'a "quoted" ]} \\ title', "items": [{"id": [[[[[[1]]]]]]}]}},
    {"ocid": "2", "releases": [{"ocid": "2"}]},
    {"releases": "none", "tags": [[], {}, ""]},
    {"title": "Ünï\ncödé 😀"},
]


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_format_gives_its_entries(tmp_path: Path, container: str, packing: str, encoding: str) -> None:
    data = PACKINGS[packing](CONTAINERS[container](ENTRIES).encode(encoding))

    parts = read_bytes(tmp_path, data)

    assert values_in(parts) == ENTRIES
    assert unreadable_in(parts) == []


@FEW
@given(
    st.lists(releases, min_size=1, max_size=6),
    st.sampled_from(list(CONTAINERS)),
    st.sampled_from(list(PACKINGS)),
    st.sampled_from(ENCODINGS),
)
def test_any_objects_come_back(scratch: Path, entries: list[Json], container: str, packing: str, encoding: str) -> None:
    parts = read_bytes(scratch, PACKINGS[packing](CONTAINERS[container](entries).encode(encoding)))

    assert values_in(parts) == entries
    assert unreadable_in(parts) == []
    assert all(b"\n" not in text.value for part in parts if isinstance(part, Chunk) for text in part.texts)


@FEW
@given(
    st.lists(values, min_size=2, max_size=6),
    st.sampled_from([name for name in CONTAINERS if name.startswith(("list", "pretty-printed list", "release"))]),
)
def test_entries_of_lists_can_be_any_values(scratch: Path, entries: list[Json], container: str) -> None:
    parts = read_bytes(scratch, CONTAINERS[container](entries).encode())

    assert values_in(parts) == entries
    assert unreadable_in(parts) == []


@FEW
@given(st.dictionaries(st.text(max_size=3), values, max_size=3), releases, st.booleans(), st.sampled_from([None, 2]))
def test_keys_can_be_in_any_order(
    scratch: Path,
    others: dict[str, Json],
    release: Json,
    first: bool,  # noqa: FBT001
    indent: int | None,
) -> None:
    entries = {"releases": [release, release]}
    others.pop("ocid", None)
    package = entries | others if first else others | entries

    parts = read_bytes(scratch, json.dumps(package, indent=indent).encode())

    assert values_in(parts) == [release, release]
    assert unreadable_in(parts) == []


@pytest.mark.parametrize("record", ['{"releases": [{}], "ocid": "1"}', '{"ocid": "1", "records": [1, 2]}'])
def test_an_object_with_an_ocid_is_not_taken_apart(tmp_path: Path, record: str) -> None:
    assert values_in(read_bytes(tmp_path, record.encode())) == [json.loads(record)]


def test_a_package_says_what_it_is(tmp_path: Path) -> None:
    package = {
        "uri": "https://example.com/1",
        "publisher": {"name": "A town", "uri": 5},
        "releases": [{"ocid": "1"}],
        "publishedDate": 2026,
        "license": "CC0",
    }

    chunks = [part for part in read_bytes(tmp_path, json.dumps(package).encode()) if isinstance(part, Chunk)]

    (info,) = [chunk.package for chunk in chunks if chunk.package]
    assert (info.uri, info.publisher, info.published_date, info.license) == (
        "https://example.com/1",
        "A town",
        None,
        "CC0",
    )


def test_lines_have_numbers_and_entries_have_bytes(tmp_path: Path) -> None:
    lines, package = b'\n{"a": 1}\n\n  {"b": 2}', b'{"releases": [{"a": 1},  {"b": 2}]}'

    places = [
        [
            (part.unit, text.place)
            for part in read_bytes(tmp_path, data)
            if isinstance(part, Chunk)
            for text in part.texts
        ]
        for data in (lines, package)
    ]

    assert places == [[("line", 2), ("line", 4)], [("byte", package.index(b'{"a"')), ("byte", package.index(b'{"b"'))]]


@pytest.mark.parametrize("container", ["JSON Lines", "list", "release package", "pretty-printed record package"])
def test_texts_longer_than_blocks_come_back(tmp_path: Path, container: str) -> None:
    # Escapes at every place where a block can end, and lists deeper than what is jumped over at once.
    deep: Json = "\\"
    for _ in range(12):
        deep = [deep, '"\\']
    entries: list[Json] = [
        {"title": '\\"' * 300_001, "items": [deep] * 1000, "n": list(range(80_000))},
        {"ocid": "2" * 6_000_000},
        {"id": 3},
    ]

    parts = read_bytes(tmp_path, CONTAINERS[container](entries).encode())

    assert values_in(parts) == entries
    assert unreadable_in(parts) == []


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("size", [60, 600_000, 1_500_000])
def test_what_is_beyond_the_limit_is_left_out(tmp_path: Path, container: str, size: int) -> None:
    long = {"title": "{[" * size, "items": [{"id": "x"}] * 9}
    entries: list[Json] = [{"id": 1}, long, {"id": 2}, {"releases": 1, "id": 3}]

    parts = read_bytes(tmp_path, CONTAINERS[container](entries).encode(), Limits(text=100))

    assert values_in(parts) == [entry for entry in entries if entry is not long]
    assert [broken.kind for broken in unreadable_in(parts)] == ["too-long"]


def test_long_members_of_a_package_are_passed_over(tmp_path: Path) -> None:
    package = {"x": "y" * 2_000_000, "releases": [{"id": 1}, {"id": "2" * 3000}, {"id": 3}], "z": [1] * 700_000}

    parts = read_bytes(tmp_path, json.dumps(package).encode(), Limits(text=1000))

    assert values_in(parts) == [{"id": 1}, {"id": 3}]
    assert [broken.kind for broken in unreadable_in(parts)] == ["too-long"]

"""How values are read from a release."""

import doctest
import math
from datetime import date, datetime

import pytest
from dateutil.parser import isoparse
from hypothesis import given
from hypothesis import strategies as st

from checks import values
from checks.values import (
    Json,
    day,
    entries,
    equal,
    get,
    get_list,
    identity,
    number,
    plain_day,
    text,
    texts,
    walk,
)
from tests.checks.building import json_values


def test_examples() -> None:
    assert not doctest.testmod(values).failed


@pytest.mark.parametrize(
    ("value", "path", "found"),
    [
        ({"a": None}, "a", [("a", None)]),
        ({}, "a", []),
        ({"a": []}, "a", []),
        ({"a": [[1], {}]}, "a", [("a[0]", [1]), ("a[1]", {})]),
        ({"a": [[{"b": 1}], {"b": 2}, 5, None]}, "a.b", [("a[1].b", 2)]),
        ({"a": {"b": {"c": [1]}}}, "a.b.c", [("a.b.c[0]", 1)]),
        ({"a": "b"}, "a.b", []),
        ([], "a", []),
    ],
)
def test_walk(value: Json, path: str, found: list[tuple[str, Json]]) -> None:
    assert walk(value, path) == found


def test_texts_are_those_of_a_walk() -> None:
    found = [("a[0]", {"id": "1"}), ("a[1]", {"id": [2, ["3"], None]}), ("a[2]", {}), ("a[3]", 5)]
    assert texts(found, "id") == {"1", "2", "['3']", "None"}


def test_get_stops_at_lists() -> None:
    assert get({"a": [{"b": 1}]}, "a.b") is None
    assert get({"a": {"b": None}}, "a.b", 5) is None
    assert get({"a": 1}, "a.b", 5) == 5
    assert get_list({"a": {"b": [1]}}, "a.b") == [1]
    assert get_list({"a": {"b": {}}}, "a.b") == []


def test_entries() -> None:
    assert entries([1, [2]]) == [1, [2]]
    assert entries({"a": 1}) == [{"a": 1}]


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("12.5", 12.5),
        (" 12 ", 12.0),
        ("1_000", 1000.0),
        ("\u0663", 3.0),
        (False, 0.0),
        (2**64, float(2**64)),
        ("nan", None),
        ("inf", None),
        (10**400, None),
        (math.inf, None),
        ("", None),
        (None, None),
        ([1], None),
        ({"amount": 1}, None),
    ],
)
def test_number(value: Json, result: float | None) -> None:
    assert number(value) == result


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2019-02-03", date(2019, 2, 3)),
        ("2019-02-03T24:00:00Z", date(2019, 2, 3)),
        ("2019-02-03 and more", date(2019, 2, 3)),
        ("2019", date(2019, 1, 1)),
        ("2019-02", date(2019, 2, 1)),
        ("20190203", date(2019, 2, 3)),
        ("2019-034", date(2019, 2, 3)),
        ("2019034", date(2019, 2, 3)),
        ("2019-W05-7", date(2019, 2, 3)),
        ("2019W057", date(2019, 2, 3)),
        ("2019-2-3", date(2019, 2, 3)),
        ("\u0662\u0660\u0661\u0669-02-03", date(2019, 2, 3)),
    ],
)
def test_day(value: str, expected: date) -> None:
    assert day(value) == expected.toordinal()
    assert day(value) == expected.toordinal(), "the same from the cache"


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            " ",
            " 2019-02-03",
            "2019-02-30",
            "03/02/2019",
            "9999-W52-7",
            "0000-01-01",
            "201",
            "20191023xx",
            "2019/02/03",
        ),
        *("20191023xx", "2019/02/03", 20190203, None, ["2019"]),
    ],
)
def test_no_day(value: Json) -> None:
    assert day(value) is None
    assert day(value) is None, "the same from the cache"


@given(st.dates())
def test_plain_days_are_read_quickly(when: date) -> None:
    assert day(when.isoformat()) == plain_day(when.isoformat()) == when.toordinal()


def read_day(first: str) -> int | None:
    """Read it by the plain rule, without what makes it fast."""
    for reading in (isoparse, lambda text: datetime.strptime(text, "%Y-%m-%d")):  # noqa: DTZ007 its day is wanted
        try:
            return reading(first).toordinal()
        except (ValueError, OverflowError):
            pass
    return None


@given(st.text(alphabet="0123456789-:TZW+ \u0663", max_size=26) | st.from_regex("[0-9]{4}-[0-9]{2}-[0-9]{2}"))
def test_days_of_any_text(written: str) -> None:
    for _ in ("new", "known"):
        assert day(written) == read_day(written[:10])
    assert plain_day(written) in (0, day(written))


def test_the_caches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(values, "CACHE_SIZE", 5)
    for year in range(1000, 1100):
        day(f"{year}-01-01")
    assert len(values._days) <= 5  # noqa: SLF001
    assert len(values._months) <= 5  # noqa: SLF001
    assert day("1000-01-01") == date(1000, 1, 1).toordinal()


@given(json_values(), json_values())
def test_equality_is_that_of_json(one: Json, other: Json) -> None:
    assert equal(one, one)
    assert equal(one, other) == equal(other, one) == same(one, other)


def same(one: Json, other: Json) -> bool:
    """Compare by the plain rule: booleans are no numbers; containers are equal if what they hold is."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return bool(one == other)


def test_identities_differ_by_type() -> None:
    kinds: list[Json] = [1, True, "1", None, [], {}, [1], {"a": 1}, ["a", 1], [["a", 1]]]
    assert len({identity(value) for value in kinds}) == len(kinds)


def test_text_is_as_python_writes_it() -> None:
    assert [text(value) for value in (None, True, 1.0, "a", ["a"])] == ["None", "True", "1.0", "a", "['a']"]

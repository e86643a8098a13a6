"""How values are read from a release."""

import doctest
import math

import pytest
from hypothesis import given

from checks import values
from checks.values import (
    Json,
    entries,
    equal,
    get,
    get_list,
    identity,
    number,
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

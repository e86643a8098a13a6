"""A survey finds in one pass what walking each path finds, whatever the release contains."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from checks.days import day
from checks.survey import ANY_DATE, BITS, DATED, FOUND, at, own_dates, survey
from checks.values import Dated, walk
from tests.checks.building import json_values, with_anything_anywhere
from tests.checks.compiled_release.test_anything import EXAMPLE, PLACES

DateFound = tuple[str, str, int, str, str]


def walked_dates(data: dict[str, Any], path: str) -> list[DateFound]:
    return [
        (concrete, value, when, concrete.rpartition(".")[0], concrete.partition(".")[0] if "." in concrete else "")
        for concrete, value in walk(data, path)
        if (when := day(value)) is not None
    ]


def found_dates(dates: list[Dated]) -> list[DateFound]:
    return [(date.path, date.value, date.day, date.parent, date.entry) for date in dates]


def assert_same_as_walks(data: dict[str, Any]) -> None:
    found, there, dates = survey(data)
    assert there == sum(BITS[path] for path in FOUND if found[at(path)]) + BITS[ANY_DATE] * any(dates)
    for path in FOUND:
        assert found[at(path)] == walk(data, path), path
    for path in DATED:
        assert found_dates(dates[at(path)]) == walked_dates(data, path), path
    assert found_dates(own_dates(data)) == walked_dates(data, "date")


def with_every_path() -> dict[str, Any]:
    """Make a release with two entries at each step of each path."""
    data: dict[str, Any] = {}
    for path in (*FOUND, *DATED, "date"):
        here = [data]
        *steps, last = path.split(".")
        for key in steps:
            here = [entry for parent in here for entry in objects(parent, key)]
        for parent in here:
            parent.setdefault(last, ["2019-02-03", "soon"])
    return data


def objects(parent: dict[str, Any], key: str) -> list[dict[str, Any]]:
    entries = parent.setdefault(key, [])
    if not any(isinstance(entry, dict) for entry in entries):
        parent[key] = entries = [{}, {}]
    return [entry for entry in entries if isinstance(entry, dict)]


def test_every_path_is_surveyed() -> None:
    data = with_every_path()
    found, _, dates = survey(data)
    assert all(found)
    assert all(dates)
    assert (len(found), len(dates)) == (len(FOUND), len(DATED))
    assert_same_as_walks(data)


def test_lists_in_lists_and_long_ones() -> None:
    entries = [{"documents": [{"datePublished": "2019"}] * 2}, "no object"] * 40
    data: dict[str, Any] = {"awards": entries}
    data["contracts"] = [{"implementation": [{"transactions": [{"payer": [{"id": 1}] * 2, "date": "2019"}] * 3}] * 2}]
    for _ in range(2):
        assert_same_as_walks(data)
        assert_same_as_walks({"awards": entries[:3]})


def test_what_is_found_in_many_entries_is_not_copied_for_each() -> None:
    found, _, dates = survey({"awards": [{"documents": [{"datePublished": "2019-02-03"}] * 2}] * 20_000})
    documents = found[at("awards.documents")]
    assert len(documents) == len(dates[at("awards.documents.datePublished")]) == 40_000
    assert documents[-1][0] == "awards[19999].documents[1]"


def test_nothing_is_shared_between_releases() -> None:
    survey({"parties": [{"id": 1}], "awards": [{"date": "2019-02-03"}]})
    found, there, dates = survey({})
    assert not any(found)
    assert not any(dates)
    assert not there


@given(with_anything_anywhere(EXAMPLE))
def test_same_as_walks_with_anything_anywhere(data: dict[str, Any]) -> None:
    assert_same_as_walks(data)


@given(st.dictionaries(st.sampled_from(PLACES), json_values()))
def test_same_as_walks_for_any_release(data: dict[str, Any]) -> None:
    assert_same_as_walks(data)


def test_dates_in_lists() -> None:
    assert found_dates(own_dates({"date": ["2019", ["2019"], 5]})) == [("date[0]", "2019", 737060, "", "")]
    assert own_dates({"date": {}}) == []

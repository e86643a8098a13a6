import contextlib
import socket

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.values import Json
from pelican_async.sources.merging import CannotMerge, compiled, merge
from tests.pelican_async.sources.containers import MANY, releases, values


def test_later_releases_replace_what_earlier_ones_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "create_connection", lambda *_: pytest.fail("the network was asked"))
    first = {
        "ocid": "1",
        "id": "1-1",
        "date": "2020-01-01T00:00:00Z",
        "tag": ["tender"],
        "parties": [{"id": "a", "name": "A", "roles": ["buyer"], "additionalIdentifiers": [{"id": "x"}]}],
        "tender": {"status": "active", "title": "T", "submissionMethod": ["written", "inPerson"]},
    }
    second = {
        "ocid": "1",
        "id": "1-2",
        "date": "2020-02-01T00:00:00Z",
        "tag": ["award"],
        "parties": [
            {"id": "a", "roles": ["buyer", "payer"], "additionalIdentifiers": [{"id": "y"}]},
            {"id": 2, "name": "B"},
        ],
        "tender": {"status": "complete", "submissionMethod": ["written"]},
    }

    assert merge([second, first]) == {
        "ocid": "1",
        "id": "1-2020-02-01T00:00:00Z",
        "date": "2020-02-01T00:00:00Z",
        "tag": ["compiled"],
        "parties": [
            {"id": "a", "name": "A", "roles": ["buyer", "payer"], "additionalIdentifiers": [{"id": "y"}]},
            {"id": 2, "name": "B"},
        ],
        "tender": {"status": "complete", "title": "T", "submissionMethod": ["written"]},
    }


DATED = {"ocid": "1", "date": "2020"}


@pytest.mark.parametrize(
    ("of_one", "reason"),
    [
        ([], "no releases"),
        ([5], "not an object"),
        ([DATED, {"date": "2020"}], "no ocid"),
        ([DATED, {"ocid": "1"}], "no date"),
        ([DATED, {"ocid": "1", "date": 2020}], "no date"),
        ([DATED, {"ocid": "2", "date": "2020"}], "different ocids"),
        ([DATED | {"tender": "text"}, DATED | {"tender": {"id": 1}}], "tender"),
        ([DATED | {"tender": [{"id": 1}]}, DATED | {"tender": {"id": 1}}], "tender|types"),
        ([DATED | {"awards": [{"id": {}, "title": ""}]}] * 2, "id"),
    ],
)
def test_the_reason_says_why_releases_cannot_be_merged(of_one: list[Json], reason: str) -> None:
    with pytest.raises(CannotMerge, match=reason):
        merge(of_one)


def test_null_removes_what_was_there() -> None:
    merged = merge([DATED | {"tender": {"id": 1, "title": "T"}}, DATED | {"date": "2021", "tender": {"title": None}}])

    assert merged["tender"] == {"id": 1}


def test_a_single_release_that_cannot_be_merged_stands_as_it_is() -> None:
    release = {"ocid": "1", "tender": {}}

    assert compiled([release]) == (release, "a release has no date, or one that is not text")
    assert compiled([DATED]).unmerged is None
    with pytest.raises(CannotMerge):
        compiled([release, release])


@MANY
@given(st.lists(releases.map(lambda release: release | DATED) | values, max_size=3))
def test_any_releases_are_merged_or_refused(of_one: list[Json]) -> None:
    with contextlib.suppress(CannotMerge):
        orjson.dumps(compiled(of_one).release)

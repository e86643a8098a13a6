"""The map and the reduce: nothing is lost, nothing raises, and neither batching nor order changes anything."""

import random
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import catalog
from checks.batch import APPLIES_NOT, FAILS, PASSES, RELEASE_NODE, Failure, Mapped, Mapper, Partial, Wanted
from checks.facts import Facts
from checks.outcomes import ERROR, case, parts_of
from checks.release import Release
from checks.sampling import Sampling
from checks.survey import BITS
from checks.values import Json
from tests.checks.building import json_values, reference_data, with_anything_anywhere
from tests.checks.test_fields import RELEASE as EXAMPLE

WANTED = Wanted(sample_size=3, facts=True, failures=True, snapshot=True)
MAPPER = Mapper(reference_data(), Sampling(b"a test"), WANTED)
COMPILED_RELEASE = list(catalog.find("compiled_release"))
Item = tuple[int, dict[str, Json]]


class Kept:
    """The facts of what was mapped."""

    def __init__(self, items: Sequence[Item], mapped: Mapped) -> None:
        self._facts = {item: Facts(kept) for (item, _), kept in zip(items, mapped.facts, strict=True)}

    def facts(self, items: Collection[int]) -> Mapping[int, Facts]:
        return {item: self._facts[item] for item in items}

    def ocids(self, items: Collection[int]) -> Mapping[int, str | None]:
        return {item: facts.ocid for item, facts in self.facts(items).items()}


def outcome(partial: Partial, kept: Kept) -> dict[str, Any]:
    """Give all that a partial says."""
    finished = partial.dataset.finish(kept)
    return {
        "count": partial.count,
        "without_ocid": partial.without_ocid,
        "days": (partial.first_day, partial.last_day),
        "counts": partial.tally.counts,
        "samples": partial.tally.samples,
        "applications": partial.application_counts,
        "passes": partial.pass_counts,
        "dataset": finished.results,
        "meta": finished.meta,
        "unconverted": finished.unconverted,
        "errors": partial.errors,
    }


def assert_nothing_lost(items: Sequence[Item], mapped: Mapped) -> None:
    counts = mapped.partial.tally.counts
    assert mapped.partial.count == len(items) == len(mapped.facts)
    for slot in range(len(COMPILED_RELEASE)):
        cases = [case(RELEASE_NODE, slot, code) for code in (APPLIES_NOT, PASSES, FAILS, ERROR)]
        assert sum(counts.get(one, 0) for one in cases) == len(items)


RELEASES = st.lists(with_anything_anywhere(EXAMPLE), min_size=1, max_size=6)


@given(RELEASES)
def test_any_value_in_any_place_is_checked(releases: list[dict[str, Json]]) -> None:
    items = list(enumerate(releases, 1))
    mapped = MAPPER.map(items)
    assert_nothing_lost(items, mapped)
    assert not mapped.partial.errors
    outcome(mapped.partial, Kept(items, mapped))


@given(st.dictionaries(st.text(max_size=5), json_values(), max_size=5))
def test_any_object_is_checked(release: dict[str, Json]) -> None:
    mapped = MAPPER.map([(1, release)])
    assert_nothing_lost([(1, release)], mapped)
    assert not mapped.partial.errors


@settings(max_examples=40)
@given(RELEASES, st.integers(0, 2**32))
def test_neither_batching_nor_order_changes_anything(releases: list[dict[str, Json]], seed: int) -> None:
    items = list(enumerate(releases, 1))
    mapped = MAPPER.map(items)
    kept = Kept(items, mapped)
    expected = outcome(mapped.partial, kept)
    shuffled = random.Random(seed)  # noqa: S311 a test
    left = items.copy()
    shuffled.shuffle(left)
    merged = Partial(MAPPER.sampling, WANTED)
    while left:
        size = shuffled.randint(1, len(left))
        merged.merge(MAPPER.map(left[:size]).partial)
        left = left[size:]
    assert outcome(merged, kept) == expected


DATED = {"awards": [{"date": "2019-02-03"}]}


def test_an_error_in_a_check_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(catalog.find("compiled_release")["coherent.dates"].module, "check", broken)
    monkeypatch.setattr(catalog.find("field")["language"].module, "check", broken)
    mapper = Mapper(reference_data(), Sampling(b"a test"), WANTED)
    mapped = mapper.map([(1, {"ocid": "a", "language": "zz", **DATED}), (2, {"ocid": "b", **DATED})])
    counts = mapped.partial.tally.counts
    slot = COMPILED_RELEASE.index("coherent.dates")
    assert counts[case(RELEASE_NODE, slot, ERROR)] == 2
    assert mapped.partial.error_counts == {"coherent.dates": 2, "language": 1}
    assert mapped.partial.errors["language"] == [("language", 1, "a", "ZeroDivisionError: planted")]
    of_fields = [(parts_of(one), count) for one, count in counts.items() if parts_of(one)[0] != RELEASE_NODE]
    assert sum(count for (_, _, code), count in of_fields if code == ERROR) == 1
    assert_nothing_lost([(1, {}), (2, {})], mapped)


def test_failures_are_all_listed() -> None:
    release = {
        "ocid": "ocds-213czf-1",
        "tender": {"status": "active", "documents": [{"language": "zz"}]},
        "awards": [{}],
    }
    failures = MAPPER.map([(1, release)]).failures
    assert Failure("ocds-213czf-1", "field", "exists", "awards[0].id", None, "is not there") in failures
    assert any(failure[2:5] == ("language", "tender.documents[0].language", "zz") for failure in failures)
    assert any(failure[1:4] == ("compiled_release", "coherent.tender_status", "tender.status") for failure in failures)


@given(with_anything_anywhere(EXAMPLE))
def test_what_a_check_needs_is_what_it_needs(release: dict[str, Json]) -> None:
    surveyed = Release(release, 1, reference_data())
    for check in catalog.find("compiled_release").values():
        if not all(surveyed.there & BITS[path] for path in getattr(check.module, "NEEDS", ())):
            assert check.module.check(surveyed).result is None, check.name

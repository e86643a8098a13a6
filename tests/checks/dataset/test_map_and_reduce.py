"""Neither the order of releases nor how they are cut into batches changes anything; no JSON value breaks anything."""

import pickle
import random
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.dataset.accumulators import Accumulators, Outcome
from checks.release import Release
from tests.checks.building import json_values, reference_data, release, with_anything_anywhere
from tests.checks.dataset.running import SAMPLING, KnownItems, accumulated, numbered, outcome, reduced

EXAMPLE: Final[dict[str, Any]] = {
    "ocid": "ocds-213czf-1",
    "date": "2019-01-01T00:00:00Z",
    "buyer": {"id": "GB-LAC-1", "name": "Town"},
    "planning": {
        "budget": {"amount": {"amount": 5, "currency": "GBP"}},
        "milestones": [{"status": "met", "type": "engagement"}],
        "documents": [{"documentType": "needsAssessment"}],
    },
    "tender": {
        "id": "t1",
        "title": "Bridge",
        "status": "active",
        "procurementMethod": "open",
        "mainProcurementCategory": "works",
        "awardCriteria": "priceOnly",
        "submissionMethod": ["written", "inPerson"],
        "value": {"amount": 1000.5, "currency": "EUR"},
        "minValue": {"amount": 1, "currency": "USD"},
        "documents": [{"documentType": "tenderNotice", "url": "https://example.com/1"}],
        "milestones": [{"status": "scheduled", "type": ["delivery"]}],
    },
    "awards": [{"status": "active", "value": {"amount": 900, "currency": "USD"}}, {"status": "pending"}],
    "contracts": [
        {
            "status": "terminated",
            "value": {"amount": 900, "currency": "XYZ"},
            "implementation": {"transactions": [{"value": {"amount": 5, "currency": "EUR"}}]},
            "relatedProcesses": [
                {"relationship": "prior", "scheme": "ocid", "identifier": "ocds-213czf-2", "title": "Bridge"}
            ],
        }
    ],
    "relatedProcesses": [{"relationship": ["parent"], "scheme": "ocid", "identifier": "ocds-213czf-1", "title": 1}],
}


def varied(count: int, seed: int) -> list[Release]:
    """Make releases that agree and differ in everything the checks compare."""
    dice = random.Random(seed)  # noqa: S311 the releases must be the same each time
    releases = []
    for item in range(1, count + 1):
        value = {"amount": dice.choice([0, 1.0, 1, 10.5, 1e9, "7", -1, True]), "currency": dice.choice(["USD", "EUR"])}
        data = {
            **EXAMPLE,
            "ocid": f"ocds-213czf-{dice.randrange(count)}",
            "buyer": {"id": dice.choice([1, "1", "2", dice.randrange(count)])},
            "tender": {
                **EXAMPLE["tender"],
                "id": dice.choice([dice.randrange(count), str(dice.randrange(9))]),
                "title": dice.choice(["Bridge", "Road", 1, 1.0, True, "", None]),
                "status": dice.choice(["active", "complete", "planned", 5]),
                "value": value,
                "documents": [{"url": f"https://example.com/{item}/{n}"} for n in range(dice.randrange(3))],
            },
            "awards": [{"status": "active", "value": value}] * dice.randrange(3),
            "contracts": [{"status": "active", "value": value}],
        }
        releases.append(Release(data, item, reference_data()))
    return releases


def exact(outcome: Outcome) -> str:
    """Write everything, so that 1, 1.0 and true differ, and the order of codes and examples counts."""
    return repr(
        ([(name, *result) for name, result in outcome.results.items()], outcome.meta, dict(outcome.unconverted))
    )


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 300))
def test_batches_and_order_change_nothing(seed: int, size: int) -> None:
    releases = varied(1100, 7)
    items = KnownItems(releases)
    statuses = dict.fromkeys(accumulated(releases).urls(), 200)
    expected = exact(accumulated(releases).finish(items, statuses))
    random.Random(seed).shuffle(releases)  # noqa: S311 hypothesis chose the seed
    batches = [releases[start : start + size] for start in range(0, len(releases), size)]
    found = reduced(batches).finish(items, statuses)
    found = found._replace(unconverted=dict(sorted(found.unconverted.items())))
    assert exact(found) == expected


def test_all_checks_are_computed_where_there_is_enough() -> None:
    releases = varied(1100, 7)
    total = accumulated(releases)
    results = total.finish(KnownItems(releases), dict.fromkeys(total.urls())).results
    assert [name for name, result in results.items() if result.result is None] == []


def test_a_dataset_without_items_has_all_results_with_a_reason() -> None:
    found = outcome([])
    assert len(found.results) == 24
    for result in found.results.values():
        assert (result.result, result.value) == (None, None)
        assert set(result.meta) == {"version", "reason"}
    assert found.meta.as_json() == {
        "compiled_releases": {"total_unique_ocids": 0},
        "tender_lifecycle": {"planning": 0, "tender": 0, "award": 0, "contract": 0, "implementation": 0},
    }


@settings(max_examples=40, deadline=None)
@given(st.lists(with_anything_anywhere(EXAMPLE), min_size=1, max_size=4))
def test_no_json_value_breaks_anything(data: list[dict[str, Any]]) -> None:
    releases = numbered(release(**fields) for fields in data * 30)
    total = reduced([releases[:20], releases[20:]])
    statuses = dict.fromkeys(total.urls(), 404)
    results = total.finish(KnownItems(releases), statuses).results
    assert [result for result in results.values() if "failed to run" in result.meta.get("reason", "")] == []


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from(list(EXAMPLE)), json_values()))
def test_no_json_value_at_the_top_breaks_anything(fields: dict[str, Any]) -> None:
    results = outcome([release(**fields)]).results
    assert [result for result in results.values() if "failed to run" in result.meta.get("reason", "")] == []


def test_what_fails_to_run_is_told_and_disturbs_nothing_else() -> None:
    broken = release(buyer={"id": _deep(3000)}, tender={"status": "active"})
    accumulators = Accumulators(SAMPLING)
    failures = accumulators.add(broken, SAMPLING.scramble(broken.item))
    assert {failure.name for failure in failures} == {"distribution.buyer", "distribution.buyer_repetition"}
    assert all(failure.error.startswith("RecursionError: ") for failure in failures)
    result = accumulators.finish(KnownItems([release()])).results["distribution.tender_status"]
    assert result.meta["shares"]["active"]["count"] == 1


def test_long_texts_are_not_kept() -> None:
    releases = [
        release(
            tender={
                "status": f"{number}{'a' * 100_000}",
                "value": {"amount": 1, "currency": "b" * 100_000},
                "documents": [{"documentType": "c" * 100_000, "url": f"https://{number}.example/{'d' * 100_000}"}],
            }
        )
        for number in range(20)
    ]
    accumulators = accumulated(numbered(releases))
    accumulators.settle()
    assert len(pickle.dumps(accumulators)) < 300_000


def test_deep_titles_are_compared() -> None:
    related = {"scheme": "ocid", "identifier": "o1", "title": _deep(3000)}
    releases = numbered([release(ocid="o1", tender={"title": _deep(3000)}), release(relatedProcesses=[related])])
    total = reduced([releases])
    assert total.finish(KnownItems(releases)).results["consistent.related_process_title"].result is True


def test_a_batch_is_small_when_pickled() -> None:
    releases = varied(1000, 3)
    total = reduced([releases[start : start + 100] for start in range(0, 1000, 100)])
    assert len(pickle.dumps(total)) < 250 * 1000


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "\U0001f600"])
def test_odd_texts_go_through(text: str) -> None:
    found = outcome([release(ocid=text, buyer={"id": text}, tender={"id": text, "title": text, "status": text})] * 2)
    assert list(found.results["distribution.tender_status"].meta["shares"]) == [text]
    assert found.results["unique.tender_id"].meta["failed_examples"][0]["tender_id"] == text
    assert found.meta.total_unique_ocids == 1


def _deep(levels: int) -> list[Any]:
    nested: list[Any] = []
    for _ in range(levels):
        nested = [nested]
    return nested

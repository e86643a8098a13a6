import pickle
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.release import Release
from checks.time_based.comparing import compare
from checks.time_based.snapshots import Snapshot
from tests.checks.building import json_values, reference_data, release
from tests.checks.dataset.running import SAMPLING, KnownItems, numbered


def taken(releases: list[Release]) -> Snapshot:
    snapshot = Snapshot()
    for one in releases:
        snapshot.add(one)
    return snapshot


def made(seed: int) -> list[Release]:
    dice = random.Random(seed)  # noqa: S311 the releases must be the same each time
    return [
        Release(
            {
                "ocid": dice.choice([dice.randrange(50), *[f"o{dice.randrange(80)}"] * 9]),
                "tender": dice.choice([{}, None, {"title": dice.choice(["A b", " a  B", "C", 5])}]),
                "planning": dice.choice([{}, {"budget": {}}]),
                "awards": [{}] * dice.randrange(3),
            },
            item,
            reference_data(),
        )
        for item in range(1, 201)
    ]


def test_failing_pairs_are_named() -> None:
    old = numbered([release(ocid="a", awards=[{}]), release(ocid="b"), release(awards=[{}])])
    new = numbered([release(ocid="c"), release(ocid="b"), release(ocid="a", awards=[])])
    results = compare(taken(old), taken(new), SAMPLING, KnownItems(old))
    assert results["phase_stable"].meta == {
        "version": 1.0,
        "total_count": 3,
        "coverage_count": 2,
        "ok_count": 1,
        "failed_count": 1,
        "examples": [{"item_id": 1, "ocid": "a", "new_item_id": 3, "new_item_ocid": "a"}],
    }
    assert results["phase_stable"].coverage_value == 67
    assert (results["phase_stable"].check_result, results["phase_stable"].check_value) == (False, 50)


def test_nothing_to_divide_by_gives_nothing() -> None:
    result = compare(taken([release()]), taken([]), SAMPLING, KnownItems([]))["tender_title"]
    assert (result.coverage_result, result.coverage_value, result.check_result, result.check_value) == (None,) * 4


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 250))
def test_batches_and_order_change_nothing(seed: int, size: int) -> None:
    old, new = made(1), made(2)
    items = KnownItems(old)
    expected = compare(taken(old), taken(new), SAMPLING, items)
    dice = random.Random(seed)  # noqa: S311 hypothesis chose the seed
    merged: list[Snapshot] = []
    for releases in (old, new):
        dice.shuffle(releases)
        total = Snapshot()
        for start in range(0, len(releases), size):
            batch = pickle.dumps(taken(releases[start : start + size]))
            total.merge(pickle.loads(batch))  # noqa: S301 it was made in the line before
        merged.append(total)
    previous, current = merged
    assert compare(previous, current, SAMPLING, items) == expected


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(["ocid", "tender", "planning", "awards", "contracts"]), json_values()))
def test_no_json_value_breaks_anything(fields: dict[str, Any]) -> None:
    old = [release(**fields), release(ocid="a", tender={"title": fields.get("tender")})]
    compare(taken(old), taken(old), SAMPLING, KnownItems(old))


@pytest.mark.parametrize(("passed", "expected"), [(1, 12), (3, 38), (5, 62)])
def test_halves_are_rounded_to_even(passed: int, expected: int) -> None:
    old = numbered(release(ocid=str(number), awards=[{}]) for number in range(8))
    new = numbered(release(ocid=str(number), awards=[{}] * (number < passed)) for number in range(8))
    assert compare(taken(old), taken(new), SAMPLING, KnownItems(old))["phase_stable"].check_value == expected

"""Compares a dataset with an older version of it: the results of the time-based checks."""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from checks.catalog import Check, find
from checks.dataset.collecting import Items
from checks.digests import UINT64
from checks.sampling import Sampling, item_of, place_of
from checks.time_based.snapshots import Snapshot

EXAMPLES: Final = 50
LIMIT: Final = 95


@dataclass(frozen=True, slots=True)
class TimeBasedResult:
    """The outcome of one time-based check.

    `coverage_value` is the percentage, rounded half to even, of the older items the check applies to that have a pair;
    `check_value` that of those pairs that pass. Each result is whether its value is over 95. Both are `None` if there
    is nothing to divide by. `meta` has the counts behind them, the check's version and examples of pairs that fail.
    """

    coverage_result: bool | None
    coverage_value: int | None
    check_result: bool | None
    check_value: int | None
    meta: Mapping[str, Any]

    def __repr__(self) -> str:
        """Say it in a line, as the examples in the checks' docstrings do."""
        if self.check_value is None:
            return "not computed" if self.coverage_value is None else f"{self.coverage_value} % have a pair"
        outcome = "passed" if self.check_result else "failed"
        return f"{outcome}: {self.coverage_value} % have a pair, {self.check_value} % of them pass"


class _Count:
    """What one check found so far; `failed` holds the places of the older items of failing pairs."""

    __slots__ = ("applies", "covered", "failed", "passed")

    def __init__(self) -> None:
        self.applies = 0
        self.covered = 0
        self.passed = 0
        self.failed = array(UINT64)


def compare(previous: Snapshot, current: Snapshot, sampling: Sampling, items: Items) -> Mapping[str, TimeBasedResult]:
    """Compare an older version of a dataset with the current one; `items` knows the facts of the older one's items.

    Gives the result by check. Whoever has no older version, or one without items, doesn't call it.
    """
    indexes = current.by_ocid()
    checks = find("time_based")
    counts = {name: _Count() for name in checks}
    pairs: dict[int, int] = {}
    for index, item, ocid in previous.items():
        old = previous.state(index)
        pair = indexes.get(ocid)
        new = None if pair is None else current.state(pair)
        for name, check in checks.items():
            if not check.module.applies(old):
                continue
            count = counts[name]
            count.applies += 1
            if pair is None:
                continue
            count.covered += 1
            if check.module.passes(old, new):
                count.passed += 1
            else:
                count.failed.append(place_of(item))
                pairs[item] = current.item(pair)
    return {name: _result(check, counts[name], pairs, sampling, items) for name, check in checks.items()}


def _result(check: Check, count: _Count, pairs: Mapping[int, int], sampling: Sampling, items: Items) -> TimeBasedResult:
    coverage_value = _percentage(count.covered, count.applies)
    check_value = _percentage(count.passed, count.covered)
    shown = [item_of(place) for place in sampling.places(sampling.sample(count.failed, EXAMPLES))]
    facts = items.facts(shown)
    examples = [
        {
            "item_id": item,
            "ocid": facts[item].ocid,
            "new_item_id": pairs[item],
            "new_item_ocid": facts[item].ocid,
        }
        for item in shown
    ]
    return TimeBasedResult(
        coverage_result=None if coverage_value is None else coverage_value > LIMIT,
        coverage_value=coverage_value,
        check_result=None if check_value is None else check_value > LIMIT,
        check_value=check_value,
        meta={
            "version": check.version,
            "total_count": count.applies,
            "coverage_count": count.covered,
            "ok_count": count.passed,
            "failed_count": len(count.failed),
            "examples": examples,
        },
    )


def _percentage(part: int, whole: int) -> int | None:
    # In this form: 100 * part / whole would round some halves to the other side.
    return round(part / (whole / 100)) if whole else None

"""How much of the money the largest values make up: the shared body of the value distributions."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from math import floor
from operator import neg
from typing import Any, Final

from checks.dataset.amounts import UNKNOWN, Amounts
from checks.dataset.collecting import Lookups, example
from checks.dataset.occurrences import indices_among
from checks.dataset.results import DatasetResult, all_or_nothing, not_computed
from checks.sampling import index_of, item_of

LEAST_VALUES: Final = 100
EXAMPLES: Final = 10
GREATEST_SHARE: Final = 0.5
LARGEST: Final = "0_1"


def distribution(amounts: Amounts, path: str, lookups: Lookups, version: float) -> DatasetResult:
    """Give the groups of values from the largest to the smallest; the largest hundredth may be half of the sum."""
    whole = list(map(floor, amounts.dollars))
    ordered = sorted(whole, reverse=True)[: len(whole) - whole.count(floor(UNKNOWN))]
    if len(ordered) < LEAST_VALUES:
        return not_computed(
            version,
            f"At least {LEAST_VALUES} values are needed at {path} that are in US dollars or convert to them; "
            f"found: {len(ordered)}.",
        )
    groups = _groups(ordered)
    sums = {name: sum(ordered[start:end]) for name, (start, end) in groups.items()}
    total = sum(sums.values())
    if not total:
        return not_computed(version, f"The amounts of all values at {path} add up to 0.")
    places = _places(whole, amounts.pairs.places, ordered, [start for start, _ in groups.values()])
    shown = {
        name: [(places[rank], ordered[rank]) for rank in range(start, min(start + EXAMPLES, end))]
        for name, (start, end) in groups.items()
    }
    meta = {
        "version": version,
        "shares": {name: part / total for name, part in sums.items()},
        "sums": sums,
        "counts": {name: end - start for name, (start, end) in groups.items()},
        "examples": _examples(path, shown, lookups),
        "sum": total,
    }
    return all_or_nothing(sums[LARGEST] / total <= GREATEST_SHARE, meta)


def _groups(ordered: Sequence[int]) -> dict[str, tuple[int, int]]:
    """Give the ranks, from and up to, of each group: by the hundredth parts of the values that are in it."""
    hundredth = len(ordered) // 100
    return {
        LARGEST: (0, hundredth),
        "1_5": (hundredth, 5 * hundredth),
        "5_20": (5 * hundredth, 20 * hundredth),
        "20_50": (20 * hundredth, 50 * hundredth),
        "50_100": (50 * hundredth, len(ordered)),
    }


def _places(
    whole: Sequence[int], places: Sequence[int], ordered: Sequence[int], starts: Sequence[int]
) -> dict[int, int]:
    """Give the place by rank, for the first ranks of each group. Equal amounts are ranked in the order of the items.

    (Only amounts are sorted, and the places of few of them looked up: sorting pairs of both takes much more memory.)
    """
    ranks = {rank for start in starts for rank in range(start, min(start + EXAMPLES, len(ordered)))}
    wanted = {ordered[rank] for rank in ranks}
    found: defaultdict[int, list[int]] = defaultdict(list)
    for index in indices_among(wanted, whole):
        found[whole[index]].append(places[index])
    firsts = {dollars: bisect_left(ordered, -dollars, key=neg) for dollars in found}
    for tied in found.values():
        tied.sort()
    return {rank: found[ordered[rank]][rank - firsts[ordered[rank]]] for rank in ranks}


def _examples(path: str, shown: dict[str, list[tuple[int, int]]], lookups: Lookups) -> dict[str, list[dict[str, Any]]]:
    facts = lookups.facts([place for group in shown.values() for place, _ in group])
    examples: dict[str, list[dict[str, Any]]] = {}
    for name, group in shown.items():
        examples[name] = []
        for place, dollars in group:
            concrete, value = facts[item_of(place)].value(path, index_of(place))
            examples[name].append({"path": concrete, "value": value, **example(place, facts), "abs_amount": dollars})
    return examples

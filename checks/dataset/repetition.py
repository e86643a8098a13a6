"""Which pairs of amount and currency repeat: the shared body of the repetition checks."""

from typing import Final

from checks.dataset.amounts import Amounts
from checks.dataset.collecting import Lookups, examples
from checks.dataset.results import DatasetResult, not_computed
from checks.sampling import index_of, item_of
from checks.values import number

MOST_FREQUENT: Final = 5
ADDED_UP: Final = 3
EXAMPLES: Final = 10
LIMIT: Final = 0.1


def repetition(amounts: Amounts, path: str, lookups: Lookups, version: float) -> DatasetResult:
    """Give the most frequent pairs; the first three together must be less than a tenth of all."""
    total = len(amounts.pairs)
    if not total:
        return not_computed(version, f"No release has a value at {path} with an amount and a currency.")
    frequent = amounts.pairs.most_frequent(MOST_FREQUENT)
    shown = [lookups.places(lookups.sampling.sample(places, EXAMPLES)) for places in frequent]
    facts = lookups.facts([places[0] for places in frequent])
    names = lookups.names([place for sample in shown for place in sample])
    pairs = []
    for places, sample in zip(frequent, shown, strict=True):
        first = places[0]
        _, value = facts[item_of(first)].value(path, index_of(first))
        amount = number(value["amount"])
        pairs.append(
            {
                "amount": amount,
                "currency": value["currency"],
                "value_str": f"{amount} {value['currency']}",
                "share": len(places) / total,
                "count": len(places),
                "examples": examples(sample, names),
            }
        )
    share = sum(map(len, frequent[:ADDED_UP])) / total
    return DatasetResult(
        share < LIMIT, 100 * share, {"version": version, "most_frequent": pairs, "total_processed": total}
    )

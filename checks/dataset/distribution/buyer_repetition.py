"""The most frequent buyer has between 1 % and 50 % of the releases.

Counts the releases of each buyer, by `buyer.id` as a string, where it is there and not `null`.

Passes if the most frequent one's share (of several, that of the one seen first) is over 1 % and under 50 %. The value
is 100 or 0.

Not computed with fewer than 1,000 releases that have one.

Mend it by giving each buyer an id of its own, and the same one in all of its releases. If one buyer really has most of
the releases, there is nothing to mend.

>>> check(*[release(buyer={"id": number % 50}) for number in range(1000)])
passed: 100 %
>>> check(*[release(buyer={"id": 1}) for number in range(1000)])
failed: 0 %
>>> check(release(buyer={"id": None}))
not computed: At least 1,000 releases with a buyer.id are needed; found: 0.
"""

from typing import Final

from checks.dataset.buyers import Buyers, too_few
from checks.dataset.collecting import Collected, Lookups, examples
from checks.dataset.results import DatasetResult, all_or_nothing
from checks.sampling import item_of
from checks.values import text

VERSION: Final = 2.0
COLLECTED: Final = Collected(Buyers)
EXAMPLES: Final = 20
LEAST_SHARE: Final = 0.01
GREATEST_SHARE: Final = 0.5


def finish(buyers: Buyers, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    few = too_few(buyers, VERSION)
    if few is not None:
        return few
    [places] = buyers.ids.most_frequent(1)
    share = len(places) / len(buyers.ids)
    shown = lookups.places(lookups.sampling.sample(places, EXAMPLES))
    facts = lookups.facts(places[:1])
    meta = {
        "version": VERSION,
        "total_ocid_count": len(buyers.ids),
        "ocid_count": len(places),
        "ocid_share": share,
        "examples": examples(shown, lookups.names(shown)),
        "specifics": {"buyer.id": text(facts[item_of(places[0])].buyer_id)},
    }
    return all_or_nothing(LEAST_SHARE < share < GREATEST_SHARE, meta)

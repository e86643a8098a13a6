"""Most buyers occur in more than one release.

Counts the releases of each buyer, by `buyer.id` as a string, where it is there and not `null`.

Passes if less than half of the buyers occur in one release only. The value is 100 or 0.

Not computed with fewer than 1,000 releases that have one.

Mend it by giving each buyer one id, from a register, and using it in all of its releases.

>>> check(*[release(buyer={"id": number % 400}) for number in range(1000)])
passed: 100 %
>>> check(*[release(buyer={"id": number}) for number in range(1000)])
failed: 0 %
>>> check(release(buyer={"id": "GB-LAC-E09000003"}))
not computed: At least 1,000 releases with a buyer.id are needed; found: 1.
"""

from collections import Counter
from typing import Final

from checks.dataset.buyers import Buyers, too_few
from checks.dataset.collecting import Collected, Lookups, examples
from checks.dataset.results import DatasetResult, all_or_nothing

VERSION: Final = 2.0
COLLECTED: Final = Collected(Buyers)
EXAMPLES: Final = 20
GROUPS: Final = {"1": 1, "2_20": 20, "21_50": 50, "51_100": 100, "100+": None}
"""The groups of buyers: up to how many releases each has."""


def finish(buyers: Buyers, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    few = too_few(buyers, VERSION)
    if few is not None:
        return few
    repeated = buyers.ids.repeated()
    once = buyers.ids.single(repeated)
    groups = {name: {"total_ocid_count": 0, "total_unique_count": 0} for name in GROUPS}
    for count, of_so_many in ((1, len(once)), *Counter(repeated.values()).items()):
        name = next(name for name, most in GROUPS.items() if most is None or count <= most)
        groups[name]["total_ocid_count"] += count * of_so_many
        groups[name]["total_unique_count"] += of_so_many
    different = len(once) + len(repeated)
    shown = lookups.places(lookups.sampling.sample(once, EXAMPLES))
    meta = {
        "version": VERSION,
        "counts": groups,
        "total_ocid_count": len(buyers.ids),
        "total_unique_count": different,
        "examples": examples(shown, lookups.names(shown)),
    }
    return all_or_nothing(2 * len(once) < different, meta)

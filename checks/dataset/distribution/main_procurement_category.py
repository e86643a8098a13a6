"""No main procurement category has more than 95 % of the tenders.

Counts `tender.mainProcurementCategory`, as a string, where it is there and neither `null` nor empty.

Passes if the most frequent one has at most 95 % of all. The value is 100 or 0.

Not computed if there are none.

Mend it by publishing the tenders for goods, works and services alike, each with its category.

>>> check(*[release(tender={"mainProcurementCategory": category}) for category in ("goods", "works")])
passed: 100 %
>>> check(release(tender={"mainProcurementCategory": "goods"}))
failed: 0 %
>>> check(release(tender={"mainProcurementCategory": ""}))
not computed: No release has a code at tender.mainProcurementCategory.
"""

from typing import Final

from checks.dataset.codes import code_shares, no_codes
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult, all_or_nothing, not_computed
from checks.dataset.tenders import Tenders

VERSION: Final = 1.0
COLLECTED: Final = Collected(Tenders)
GREATEST_SHARE: Final = 0.95


def finish(tenders: Tenders, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    shares = code_shares(tenders.main_categories, lookups)
    if not shares:
        return not_computed(VERSION, no_codes(["tender.mainProcurementCategory"]))
    greatest = max(shown["share"] for shown in shares.values())
    return all_or_nothing(greatest <= GREATEST_SHARE, {"version": VERSION, "shares": shares})

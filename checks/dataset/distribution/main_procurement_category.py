"""No main procurement category has more than 95 % of the tenders.

Counts `tender.mainProcurementCategory`, as a string, where it is there and neither `null` nor empty. Passes if the most
frequent one has at most 95 % of all. The value is 100 or 0. Not computed if there are none.

Mend it by publishing the tenders for goods, works and services alike, each with its category.

>>> check(*[release(tender={"mainProcurementCategory": category}) for category in ("goods", "works")])
passed: 100 %
>>> check(release(tender={"mainProcurementCategory": "goods"}))
failed: 0 %
>>> check(release(tender={"mainProcurementCategory": ""}))
not computed: No release has a code at tender.mainProcurementCategory.
"""

from typing import Final

from checks.dataset.codes import Codes, code_shares
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult, all_or_nothing, not_computed
from checks.release import Release
from checks.sampling import place_of
from checks.values import text

VERSION: Final = 1.0
EXAMPLES: Final = 100
GREATEST_SHARE: Final = 0.95


class MainCategories(Codes):
    """Counts the main categories of tenders, whatever they are, as strings."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(("tender",), "mainProcurementCategory", EXAMPLES)

    def add(self, release: Release) -> None:
        """Note the category of a release."""
        tender = release.data.get("tender")
        if type(tender) is dict:
            category = tender.get("mainProcurementCategory")
            if category is not None and category != "":
                self._noted[text(category)].append(place_of(release.item))


COLLECTED: Final = Collected(MainCategories)


def finish(categories: MainCategories, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    shares = code_shares(categories, lookups)
    if not shares:
        return not_computed(VERSION, f"No release has a code at {categories.paths}.")
    greatest = max(shown["share"] for shown in shares.values())
    return all_or_nothing(greatest <= GREATEST_SHARE, {"version": VERSION, "shares": shares})

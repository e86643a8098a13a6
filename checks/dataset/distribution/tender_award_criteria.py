"""The award criteria of tenders are counted; this can't fail.

Counts the codes at `tender.awardCriteria`; anything but a string is passed over.

Passes whatever they are; the value is 100.

Not computed if there are no codes.

Mend it, if the shares aren't what you expect, by comparing your own criteria with the codes they are mapped to.

>>> check(release(tender={"awardCriteria": "priceOnly"}))
passed: 100 %
>>> check(release(tender={"awardCriteria": ""}), release(tender={"awardCriteria": 5}))
passed: 100 %
>>> check(release())
not computed: No release has a code at tender.awardCriteria.
"""

from typing import Final

from checks.dataset.codes import distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult
from checks.dataset.tenders import Tenders

VERSION: Final = 1.0
COLLECTED: Final = Collected(Tenders)
PATHS: Final = ("tender.awardCriteria",)


def finish(tenders: Tenders, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(tenders.codes["awardCriteria"], PATHS, lookups, VERSION)

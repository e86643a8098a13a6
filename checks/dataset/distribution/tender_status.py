"""There are active tenders, and complete ones.

Counts the codes at `tender.status`; anything but a string is passed over.

Passes if each of the codes active and complete has a share between 0.1 % and 99 % of all codes, both included. The
value is 100 or 0.

Not computed if there are no codes.

Mend it by publishing tenders from their start, and by updating `tender.status` as they go on.

>>> check(release(tender={"status": "active"}), release(tender={"status": "complete"}))
passed: 100 %
>>> check(release(tender={"status": "active"}), release(tender={"status": "planned"}))
failed: 0 %
>>> check(release())
not computed: No release has a code at tender.status.
"""

from typing import Final

from checks.dataset.codes import distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult
from checks.dataset.tenders import Tenders

VERSION: Final = 1.0
COLLECTED: Final = Collected(Tenders)
PATHS: Final = ("tender.status",)
TESTED: Final = ("active", "complete")


def finish(tenders: Tenders, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(tenders.codes["status"], PATHS, lookups, VERSION, TESTED)

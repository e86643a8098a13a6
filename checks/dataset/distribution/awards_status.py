"""Active awards are neither missing nor all there is.

Counts the codes at `awards.status`; anything but a string is passed over.

Passes if the code active has a share between 0.1 % and 99 % of all codes, both included. The value is 100 or 0.

Not computed if there are no codes.

Mend it by publishing awards that are pending, cancelled or unsuccessful as well, each with its status.

>>> check(release(awards=[{"status": "active"}, {"status": "cancelled"}]))
passed: 100 %
>>> check(release(awards=[{"status": "active"}]))
failed: 0 %
>>> check(release(awards=[]))
not computed: No release has a code at awards.status.
"""

from typing import Final

from checks.dataset.codes import CodesOfEntries, distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult

VERSION: Final = 1.0
COLLECTED: Final = Collected(CodesOfEntries, (("awards",), ("status",)))
PATHS: Final = ("awards.status",)
TESTED: Final = ("active",)


def finish(entries: CodesOfEntries, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(entries.codes["status"], PATHS, lookups, VERSION, TESTED)

"""There are active contracts, and terminated ones.

Counts the codes at `contracts.status`; anything but a string is passed over.

Passes if each of the codes active and terminated has a share between 0.1 % and 99 % of all codes, both included. The
value is 100 or 0.

Not computed if there are no codes.

Mend it by updating `contracts.status` when a contract begins and when it ends.

>>> check(release(contracts=[{"status": "active"}, {"status": "terminated"}]))
passed: 100 %
>>> check(release(contracts=[{"status": "active"}]))
failed: 0 %
>>> check(release(contracts=[{}]))
not computed: No release has a code at contracts.status.
"""

from typing import Final

from checks.dataset.codes import CodesOfEntries, distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult

VERSION: Final = 1.0
COLLECTED: Final = Collected(CodesOfEntries, (("contracts",), ("status",)))
PATHS: Final = ("contracts.status",)
TESTED: Final = ("active", "terminated")


def finish(entries: CodesOfEntries, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(entries.codes["status"], PATHS, lookups, VERSION, TESTED)

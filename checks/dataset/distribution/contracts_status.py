"""There are active contracts, and terminated ones.

Counts the codes at `contracts.status`; anything but a string is passed over. Passes if each of the codes active and
terminated has a share between 0.1 % and 99 % of all codes, both included. The value is 100 or 0. Not computed if there
are no codes.

Mend it by updating `contracts.status` when a contract begins and when it ends.

>>> check(release(contracts=[{"status": "active"}, {"status": "terminated"}]))
passed: 100 %
>>> check(release(contracts=[{"status": "active"}]))
failed: 0 %
>>> check(release(contracts=[{}]))
not computed: No release has a code at contracts.status.
"""

from typing import Final

from checks.dataset.codes import Codes, distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult

VERSION: Final = 1.0
TESTED: Final = ("active", "terminated")
COLLECTED: Final = Collected(Codes, (("contracts",), "status"))


def finish(codes: Codes, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(codes, lookups, VERSION, TESTED)

"""Some milestones have been met, and some haven't.

Counts the codes at `status` of the milestones of planning, tender, contracts and their implementation; anything but a
string is passed over.

Passes if the code met has a share between 0.1 % and 99 % of all codes, both included. The value is 100 or 0.

Not computed if there are no codes.

Mend it by updating the `status` of milestones as they are met, or as their dates pass.

>>> check(release(tender={"milestones": [{"status": "met"}, {"status": "scheduled"}]}))
passed: 100 %
>>> check(release(planning={"milestones": [{"status": "scheduled"}]}))
failed: 0 %
>>> check(release(tender={"milestones": []}))
not computed: No release has a code at planning.milestones.status, tender.milestones.status,
contracts.milestones.status or contracts.implementation.milestones.status.
"""

from typing import Final

from checks.dataset.codes import CodesOfEntries, distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult
from checks.release import MILESTONES

VERSION: Final = 1.0
COLLECTED: Final = Collected(CodesOfEntries, (MILESTONES, ("status", "type")))
PATHS: Final = tuple(f"{milestones}.status" for milestones in MILESTONES)
TESTED: Final = ("met",)


def finish(entries: CodesOfEntries, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(entries.codes["status"], PATHS, lookups, VERSION, TESTED)

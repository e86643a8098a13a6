"""A milestone that isn't met has no date on which it was met.

Applies to each of the `milestones` of `planning`, `tender`, `contracts` and `contracts.implementation` whose `status`
is scheduled or notMet.

Passes if it has no `dateMet`, or one that is empty or null.

Mend it by setting the milestone's `status` to `met`, or by removing `dateMet`.

>>> check(release(tender={"milestones": [{"status": "scheduled"}]}))
passed
>>> check(release(tender={"milestones": [{"status": "scheduled", "dateMet": "2019-01-01T00:00:00Z"}]}))
failed: path='tender.milestones[0]', status='scheduled'
>>> check(release(tender={"milestones": [{"status": "met", "dateMet": "2019-01-01T00:00:00Z"}]}))
not applicable: no milestone is scheduled or not met
"""

from typing import Final

from checks.release import MILESTONES, Release, at
from checks.results import Result, counted, not_applicable
from checks.values import Json

VERSION: Final = 1.0
PLACES: Final = [at(path) for path in MILESTONES]
NOT_MET: Final = frozenset({"scheduled", "notMet"})
NO_SUCH_MILESTONE: Final = not_applicable("no milestone is scheduled or not met")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    application_count = 0
    failed: list[Json] = []
    found = release.found
    for place in PLACES:
        for path, milestone in found[place]:
            if type(milestone) is not dict:
                continue
            status = milestone.get("status")
            if type(status) is not str or status not in NOT_MET:
                continue
            application_count += 1
            if milestone.get("dateMet"):
                failed.append({"path": path, "status": status})
    return counted(application_count, failed) if application_count else NO_SUCH_MILESTONE

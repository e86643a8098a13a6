"""The types of milestones are counted; this can't fail.

Counts the codes at `type` of the milestones of planning, tender, contracts and their implementation; anything but a
string is passed over.

Passes whatever they are; the value is 100.

Not computed if there are no codes.

Mend it, if the shares aren't what you expect, by comparing your own types with the codes they are mapped to.

>>> check(release(tender={"milestones": [{"type": "delivery"}]}))
passed: 100 %
>>> check(release(tender={"milestones": [{"type": 5}]}))
not computed: No release has a code at planning.milestones.type, tender.milestones.type, contracts.milestones.type or
contracts.implementation.milestones.type.
"""

from typing import Final

from checks.dataset.codes import CodesOfEntries, distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult
from checks.release import MILESTONES

VERSION: Final = 1.0
COLLECTED: Final = Collected(CodesOfEntries, (MILESTONES, ("status", "type")))
PATHS: Final = tuple(f"{milestones}.type" for milestones in MILESTONES)


def finish(entries: CodesOfEntries, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(entries.codes["type"], PATHS, lookups, VERSION)

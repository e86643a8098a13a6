"""The relationships between contracting processes are counted; this can't fail.

Counts the codes at `relationship` of the related processes of releases and of their contracts, each entry of the list;
anything but a string is passed over.

Passes whatever they are; the value is 100.

Not computed if there are no codes.

Mend it, if the shares aren't what you expect, by comparing your own relationships with the codes they are mapped to.

>>> check(release(relatedProcesses=[{"relationship": ["prior", "parent"]}]))
passed: 100 %
>>> check(release(relatedProcesses=[{"relationship": []}]))
not computed: No release has a code at relatedProcesses.relationship or contracts.relatedProcesses.relationship.
"""

from typing import Final

from checks.dataset.codes import distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.processes import Processes
from checks.dataset.results import DatasetResult
from checks.release import RELATED_PROCESSES

VERSION: Final = 1.0
COLLECTED: Final = Collected(Processes)
PATHS: Final = tuple(f"{related}.relationship" for related in RELATED_PROCESSES)


def finish(processes: Processes, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(processes.relations, PATHS, lookups, VERSION)

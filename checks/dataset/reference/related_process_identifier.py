"""Each related process that is named by its ocid is in the dataset.

Looks at the related processes of all releases and of their contracts that have the `scheme` ocid and an `identifier`
that isn't `null`; the value is the share of them that pass.

Passes if there is a release with that `ocid` in the dataset; an identifier that isn't a string can't be one.

Not computed if there are no such related processes.

Mend it by publishing the missing processes as well, and by giving the complete `ocid`, prefix included, as identifier.

>>> parent = {"scheme": "ocid", "identifier": "ocds-213czf-1"}
>>> check(release(ocid="ocds-213czf-1"), release(ocid="ocds-213czf-2", relatedProcesses=[parent]))
passed: 100 %
>>> check(release(ocid="ocds-213czf-2", relatedProcesses=[parent]))
failed: 0 %
>>> check(release(ocid="ocds-213czf-2"))
not computed: No release has a related process with the scheme ocid and an identifier.
"""

from typing import Final

from checks.dataset.collecting import Collected, Lookups
from checks.dataset.passing import passing, sampled
from checks.dataset.processes import Processes, reference_example
from checks.dataset.results import DatasetResult, not_computed

VERSION: Final = 2.0
COLLECTED: Final = Collected(Processes)


def finish(processes: Processes, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    references = processes.references()
    if not references:
        return not_computed(VERSION, "No release has a related process with the scheme ocid and an identifier.")
    present = processes.present()
    passed = [reference.place for reference in references if reference.target in present]
    failed = [reference.place for reference in references if reference.target not in present]
    shown = [sampled(passed, lookups), sampled(failed, lookups)]
    facts = lookups.facts([place for places in shown for place in places])
    examples = [[reference_example(place, facts) for place in places] for places in shown]
    return passing(VERSION, len(passed), len(failed), *examples)

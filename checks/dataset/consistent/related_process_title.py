"""The title given for a related process is the title of its tender.

Looks at the related processes of all releases and of their contracts that have the `scheme` ocid, an `identifier` and a
`title` that aren't `null`, and whose process is in the dataset with a `tender.title` (of several such releases, the
first counts); the value is the share of them that pass.

Passes if both titles are equal, letter by letter.

Not computed if there are no such related processes.

Mend it by copying the title from the tender of the related process, or by leaving it out.

>>> original = release(ocid="ocds-213czf-1", tender={"title": "New bridge"})
>>> parent = {"scheme": "ocid", "identifier": "ocds-213czf-1", "title": "New bridge"}
>>> check(original, release(ocid="ocds-213czf-2", relatedProcesses=[parent]))
passed: 100 %
>>> check(original, release(ocid="ocds-213czf-2", relatedProcesses=[{**parent, "title": "Bridge, new"}]))
failed: 0 %
>>> check(original)
not computed: No related process has a title and an ocid that another release with a title has.
"""

from typing import Final

from checks.dataset.collecting import Collected, Lookups
from checks.dataset.passing import passing, sampled
from checks.dataset.processes import NONE, Processes, reference_example
from checks.dataset.results import DatasetResult, not_computed
from checks.sampling import index_of, item_of, place_of

VERSION: Final = 1.0
COLLECTED: Final = Collected(Processes)


def finish(processes: Processes, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    originals = processes.originals()
    compared = [
        reference for reference in processes.references() if reference.title != NONE and reference.target in originals
    ]
    if not compared:
        return not_computed(
            VERSION, "No related process has a title and an ocid that another release with a title has."
        )
    passed = [reference.place for reference in compared if reference.title == originals[reference.target].title]
    failed = [reference.place for reference in compared if reference.title != originals[reference.target].title]
    shown = [sampled(passed, lookups), sampled(failed, lookups)]
    wanted = {place for places in shown for place in places}
    items = {reference.place: originals[reference.target].item for reference in compared if reference.place in wanted}
    facts = lookups.facts([*wanted, *(place_of(item) for item in items.values())])
    examples = [
        [
            {
                **reference_example(place, facts),
                "related_title": facts[item_of(place)].related_process(index_of(place))[1]["title"],
                "original_title": facts[items[place]].tender_title,
            }
            for place in places
        ]
        for places in shown
    ]
    return passing(VERSION, len(passed), len(failed), *examples)

"""The submission methods of tenders are counted; this can't fail.

Counts the codes at `tender.submissionMethod`, each entry of the list; anything but a string is passed over.

Passes whatever they are; the value is 100.

Not computed if there are no codes.

Mend it, if the shares aren't what you expect, by comparing your own methods with the codes they are mapped to.

>>> check(release(tender={"submissionMethod": ["written", "electronicSubmission"]}))
passed: 100 %
>>> check(release(tender={"submissionMethod": []}))
not computed: No release has a code at tender.submissionMethod.
"""

from typing import Final

from checks.dataset.codes import distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult
from checks.dataset.tenders import Tenders

VERSION: Final = 1.0
COLLECTED: Final = Collected(Tenders)
PATHS: Final = ("tender.submissionMethod",)


def finish(tenders: Tenders, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(tenders.codes["submissionMethod"], PATHS, lookups, VERSION)

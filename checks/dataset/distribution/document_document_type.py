"""The types of documents are counted; this can't fail.

Counts the codes at `documentType` of the documents of planning, tender, awards, contracts and their implementation;
anything but a string is passed over.

Passes whatever they are; the value is 100.

Not computed if there are no codes.

Mend it, if the shares aren't what you expect, by comparing your own types with the codes they are mapped to.

>>> check(release(tender={"documents": [{"documentType": "tenderNotice"}]}))
passed: 100 %
>>> check(release(tender={"documents": [{"documentType": "tenderNotice"}, {"documentType": "x"}]}))
passed: 100 %
>>> check(release(tender={"documents": []}))
not computed: No release has a code at planning.documents.documentType, tender.documents.documentType,
awards.documents.documentType, contracts.documents.documentType or contracts.implementation.documents.documentType.
"""

from typing import Final

from checks.dataset.codes import distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.documents import Documents
from checks.dataset.results import DatasetResult
from checks.release import DOCUMENTS

VERSION: Final = 1.0
COLLECTED: Final = Collected(Documents)
PATHS: Final = tuple(f"{documents}.documentType" for documents in DOCUMENTS)


def finish(documents: Documents, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(documents.types, PATHS, lookups, VERSION)

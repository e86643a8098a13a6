"""A document's type fits the section that the document is in.

Passes if the value is not a code of the documentType codelist (which is open), or if it is a code meant for the
section: planning, tender, award, contract or implementation, whichever stands innermost around the document. A list or
an object fails.

Mend it by moving the document to the section that its type belongs to, or by choosing a type that is meant for this
one.

>>> check("tenderNotice", "tender")
passed
>>> check("tenderNotice", "award")
failed: is a type meant for documents of another section
>>> check("ownCode", "award")
passed
>>> check(["tenderNotice"], "tender")
failed: is not a code
"""

from typing import Final

from checks.reference_data import ReferenceData
from checks.values import Json

VERSION: Final = 1.0
NO_CODE: Final = "is not a code"
OTHER_SECTION: Final = "is a type meant for documents of another section"
REASONS: Final = (NO_CODE, OTHER_SECTION)


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:
    """Apply the check to one value; `variant` is the section of its document."""
    if type(value) is list or type(value) is dict:
        return NO_CODE
    if type(value) is not str:
        return ""  # a number or a boolean is no known code
    sections = reference_data.codelists.document_types.get(value)
    return "" if sections is None or variant in sections else OTHER_SECTION

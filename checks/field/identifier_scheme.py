"""An identifier's scheme is a registered list of organizations.

Passes if the value is the code of a list in the register at org-id.guide.

Mend it by looking up the code of the register that the identifier comes from, as in GB-COH, at org-id.guide.

>>> check("GB-COH")
passed
>>> check("COH")
failed: is not a list code of org-id.guide
>>> check(5)
failed: is not a string
"""

from typing import Final

from checks.field import NOT_TEXT
from checks.reference_data import ReferenceData
from checks.values import Json

VERSION: Final = 1.0
NOT_REGISTERED: Final = "is not a list code of org-id.guide"
REASONS: Final = (NOT_TEXT, NOT_REGISTERED)


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:  # noqa: ARG001
    """Apply the check to one value."""
    if type(value) is not str:
        return NOT_TEXT
    return "" if value in passing(reference_data) else NOT_REGISTERED


def passing(reference_data: ReferenceData) -> frozenset[str]:
    """Give all the strings that pass."""
    return reference_data.codelists.identifier_schemes

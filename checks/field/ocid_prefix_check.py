"""The ocid begins with a registered OCID prefix.

Passes if the value is a string that begins with a prefix from the register of OCID prefixes.

Mend it by registering a prefix with the Open Contracting Partnership, and by putting it before your own identifiers.

>>> check("ocds-213czf-1")
passed
>>> check("213czf-1")
failed: begins with no registered OCID prefix
>>> check(5)
failed: is not a string
"""

from typing import Final

from checks.field import NOT_TEXT
from checks.reference_data import ReferenceData
from checks.values import Json

VERSION: Final = 1.0
DECIDING: Final = 11
"""So many characters of a string decide: no prefix is longer."""
NO_PREFIX: Final = "begins with no registered OCID prefix"
REASONS: Final = (NOT_TEXT, NO_PREFIX)


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:  # noqa: ARG001
    """Apply the check to one value."""
    if type(value) is not str:
        return NOT_TEXT
    prefixes = reference_data.codelists.ocid_prefixes
    return "" if any(value[:length] in prefixes for length in range(1, DECIDING + 1)) else NO_PREFIX

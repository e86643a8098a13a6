"""A document's format is a media type.

Passes if the value is a media type registered with IANA, or `offline/print`.

Mend it by using media types such as application/pdf or text/html, and offline/print for what exists on paper only.

>>> check("application/pdf")
passed
>>> check("pdf")
failed: is not a registered media type
>>> check(5)
failed: is not a string
"""

from typing import Final

from checks.field import NOT_TEXT
from checks.reference_data import ReferenceData
from checks.values import Json

VERSION: Final = 1.0
NOT_REGISTERED: Final = "is not a registered media type"
REASONS: Final = (NOT_TEXT, NOT_REGISTERED)


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:  # noqa: ARG001
    """Apply the check to one value."""
    if type(value) is not str:
        return NOT_TEXT
    return "" if value in passing(reference_data) else NOT_REGISTERED


def passing(reference_data: ReferenceData) -> frozenset[str]:
    """Give all the strings that pass."""
    return reference_data.codelists.media_types

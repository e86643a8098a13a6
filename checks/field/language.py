"""A language is given by its code.

Passes if the value is a two-letter, lowercase code of ISO 639-1.

Mend it by using codes such as en, es or fr.

>>> check("en")
passed
>>> check("English")
failed: is not a two-letter code of ISO 639-1
>>> check(5)
failed: is not a string
"""

from typing import Final

from checks.field import NOT_TEXT
from checks.reference_data import ReferenceData
from checks.values import Json

VERSION: Final = 1.0
NO_LANGUAGE: Final = "is not a two-letter code of ISO 639-1"
REASONS: Final = (NOT_TEXT, NO_LANGUAGE)


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:  # noqa: ARG001
    """Apply the check to one value."""
    if type(value) is not str:
        return NOT_TEXT
    return "" if value in passing(reference_data) else NO_LANGUAGE


def passing(reference_data: ReferenceData) -> frozenset[str]:
    """Give all the strings that pass."""
    return reference_data.codelists.languages

"""A document's description is a short summary.

Passes if the description is a string of at most 250 characters. A failing result reports its length.

Mend it by keeping the description to a sentence or two, and by moving the rest into the document.

>>> check("Terms of reference")
passed
>>> check("d" * 251)
failed: is longer than 250 characters
"""

from typing import Final

from checks.field import NOT_TEXT
from checks.reference_data import ReferenceData
from checks.values import Json

VERSION: Final = 1.0
TOO_LONG: Final = "is longer than 250 characters"
REASONS: Final = (NOT_TEXT, TOO_LONG)
LONGEST: Final = 250
"""Strings that aren't empty and no longer than this pass, in characters."""


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:  # noqa: ARG001
    """Apply the check to one value."""
    if type(value) is not str:
        return NOT_TEXT
    return "" if len(value) <= LONGEST else TOO_LONG


def reported(value: Json) -> Json:
    """Give what a failing result reports: the length, or what isn't a string."""
    return len(value) if type(value) is str else value

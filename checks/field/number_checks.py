"""A quantity is a number, and not negative.

Passes if the value converts to a finite number of at least 0; a string such as "12" does.

Mend it by publishing plain numbers, without units or separators, and by looking for typing errors where one is
negative.

>>> check(12.5)
passed
>>> check("12")
passed
>>> check(-1)
failed: is negative
>>> check("12 pieces")
failed: is not a number
"""

from typing import Final

from checks.reference_data import ReferenceData
from checks.values import Json, number

VERSION: Final = 1.0
NO_NUMBER: Final = "is not a number"
NEGATIVE: Final = "is negative"
REASONS: Final = (NO_NUMBER, NEGATIVE)
NUMERIC: Final = True
"""Numbers that aren't negative pass."""


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:  # noqa: ARG001
    """Apply the check to one value."""
    converted = number(value)
    if converted is None:
        return NO_NUMBER
    return "" if converted >= 0 else NEGATIVE

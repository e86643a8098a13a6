"""A date can be read, and is in a believable range.

Passes if the first 10 characters of the string are a date in ISO 8601 (as in 2019-02-03), not before 1990-01-01 and not
after 2049-12-31. Dates of what has already happened (`date`, `dateMet`, `dateModified`, `datePublished`, `dateSigned`)
must not be later than today, in the time zone where the day begins first (UTC+14).

Mend it by writing dates as YYYY-MM-DDThh:mm:ssZ, and by looking for typing errors and for dates used as placeholders.

>>> check("2019-02-03T10:00:00Z")
passed
>>> check("03/02/2019")
failed: is not a date in ISO 8601
>>> check("1900-01-01")
failed: is before 1990
>>> check("2050-01-01")
failed: is after 2049
>>> check("2049-01-01", "past")
failed: is later than today
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from checks.field import PASSED
from checks.reference_data import ReferenceData
from checks.values import Json, day

VERSION: Final = 2.0
REASONS: Final[Mapping[str, str]] = {
    "A": "is not a string",
    "B": "is not a date in ISO 8601",
    "C": "is before 1990",
    "D": "is after 2049",
    "F": "is later than today",
}
FIRST: Final = date(1990, 1, 1).toordinal()
LAST: Final = date(2049, 12, 31).toordinal()
DECIDING: Final = 10
"""So many characters of a string decide."""


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:
    """Apply the check to one value; `variant` is "past" if it may not be later than today."""
    if type(value) is not str:
        return "A"
    when = day(value)
    if when is None:
        return "B"
    if when < FIRST:
        return "C"
    if variant == "past" and when > reference_data.today:
        return "F"
    return "D" if when > LAST else PASSED

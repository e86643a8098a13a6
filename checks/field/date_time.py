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

from datetime import date
from typing import Final

from checks.days import DATE, day
from checks.field import NOT_TEXT
from checks.reference_data import ReferenceData
from checks.values import Json

VERSION: Final = 2.0
NO_DATE: Final = "is not a date in ISO 8601"
TOO_EARLY: Final = "is before 1990"
TOO_LATE: Final = "is after 2049"
IN_THE_FUTURE: Final = "is later than today"
REASONS: Final = (NOT_TEXT, NO_DATE, TOO_EARLY, TOO_LATE, IN_THE_FUTURE)
FIRST: Final = date(1990, 1, 1).toordinal()
LAST: Final = date(2049, 12, 31).toordinal()
DECIDING: Final = DATE
"""So many characters of a string decide."""


def passing_days(reference_data: ReferenceData, variant: str) -> tuple[int, int]:
    """Give the first and the last day that pass."""
    return FIRST, min(LAST, reference_data.today) if variant == "past" else LAST


def check(value: Json, reference_data: ReferenceData, variant: str) -> str:
    """Apply the check to one value; `variant` is "past" if it may not be later than today."""
    if type(value) is not str:
        return NOT_TEXT
    when = day(value)
    if when is None:
        return NO_DATE
    if when < FIRST:
        return TOO_EARLY
    if variant == "past" and when > reference_data.today:
        return IN_THE_FUTURE
    return TOO_LATE if when > LAST else ""

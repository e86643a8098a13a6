"""Days as the checks count them: from the year 1."""

from datetime import date, datetime, timedelta
from typing import Final

FIRST_ZONE: Final = timedelta(hours=14)
"""Where the day begins first: offsets of dates are dropped, so a date may be so far ahead."""


def last_day(now: datetime) -> int:
    """Give the last day that isn't in the future anywhere; `now` is in UTC."""
    return (now + FIRST_ZONE).toordinal()


def written(day: int | None) -> str | None:
    """Write a day as YYYY-MM-DD.

    >>> written(1), written(None)
    ('0001-01-01', None)
    """
    return None if day is None else date.fromordinal(day).isoformat()

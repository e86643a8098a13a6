"""Reading dates and times, and the time between them."""

import re
from datetime import datetime
from typing import Final

from dateutil.parser import isoparse

from checks.values import Json, is_no_day, plain_day

Moment = tuple[int, int]
"""The day as written (`date.toordinal`), and how many microseconds after its beginning in UTC the moment is.

The offset from UTC is subtracted from the latter, which can be negative. What has no offset is taken to be in UTC.
"""

CACHE_SIZE: Final = 20_000
LONGEST_KEPT: Final = 40
"""Longer strings aren't remembered, in characters: they aren't dates and times, as a rule, and take memory."""
_TIME: Final = re.compile(
    r"(?:T(?:[01][0-9]|2[0-3]):[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-5][0-9])?)?",
)
"""What `datetime.fromisoformat` reads after a date as `isoparse` does, in a tenth of the time."""
_A_DAY: Final = "2000-01-01"
_DATE: Final = 10
"""The length of YYYY-MM-DD."""
_SECOND: Final = 1_000_000
_SECONDS: Final = 86_400
"""Those of a day."""
_DAY: Final = _SECONDS * _SECOND
_NO_TIME: Final = 1 << 60
_times: Final[dict[str, int]] = {}
_moments: Final[dict[str, Moment | None]] = {}


def moment(value: Json) -> Moment | None:
    """Read the whole string as a date and time, by `isoparse`, failing that by `%Y-%m-%dT%H:%M:%S%z`.

    >>> moment("2019-02-03T00:00:01+01:00") == (plain_day("2019-02-03"), -3599 * 1_000_000)
    True
    >>> moment("2019-02-03T24:00:00Z") == moment("2019-02-04") == (plain_day("2019-02-04"), 0)
    True
    >>> moment("2019-02-03xyz")
    """
    if type(value) is not str:
        return None
    day = plain_day(value[:_DATE])
    if day:
        # Most are written so, and while few are the same as a whole, many have the same time.
        time = value[_DATE:]
        known = _times.get(time)
        if known is None:
            known = _parse_time(time)
        if known != _NO_TIME:
            return day, known
    if value in _moments:
        return _moments[value]
    when = date_time(value)
    result = None if when is None else _moment(when)
    if len(value) <= LONGEST_KEPT:
        if len(_moments) >= CACHE_SIZE:
            _moments.clear()
        _moments[value] = result
    return result


def _parse_time(time: str) -> int:
    result = _NO_TIME
    try:
        if _TIME.fullmatch(time):
            result = _moment(datetime.fromisoformat(_A_DAY + time))[1]
    except ValueError:
        pass
    if len(time) <= LONGEST_KEPT:
        if len(_times) >= CACHE_SIZE:
            _times.clear()
        _times[time] = result
    return result


def date_time(value: Json) -> datetime | None:
    """Read the same as a `datetime`, which says the offset as well; nothing is remembered."""
    if type(value) is not str or is_no_day(value[:_DATE]):
        return None
    try:
        return isoparse(value)
    except (ValueError, OverflowError):
        pass
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z")
    except (ValueError, OverflowError):
        return None


def _moment(when: datetime) -> Moment:
    seconds = (when.hour * 60 + when.minute) * 60 + when.second
    offset = when.utcoffset()
    if offset is not None:
        seconds -= offset.days * _SECONDS + offset.seconds
    return when.toordinal(), seconds * _SECOND + when.microsecond


def seconds_between(start: Moment, end: Moment) -> float:
    """Subtract two moments."""
    return ((end[0] - start[0]) * _DAY + end[1] - start[1]) / _SECOND

"""Reading dates and times, and the time between them."""

from datetime import datetime
from typing import Final

from dateutil.parser import isoparse

from checks.days import DATE, HYPHEN, NINE, ZERO, is_no_day, plain_day, two_digits
from checks.values import Json

Moment = tuple[int, int]
"""The day as written (`date.toordinal`), and how many microseconds after its beginning in UTC the moment is.

The offset from UTC is subtracted from the latter, which can be negative. What has no offset is taken to be in UTC.
"""

CACHE_SIZE: Final = 20_000
LONGEST_KEPT: Final = 40
"""Longer strings aren't remembered, in characters: they aren't dates and times, as a rule, and take memory."""
_TIME: Final = 19
"""The length of YYYY-MM-DDThh:mm:ss."""
_OFFSET: Final = 6
"""The length of +hh:mm."""
_EAST: Final = 0x2B
_POINT: Final = 0x2E
_COLON: Final = 0x3A
_BEFORE_TIME: Final = 0x54
_UTC: Final = 0x5A
"""Characters. Written as numbers, they are constants when compiled."""
_SECOND: Final = 1_000_000
_SECONDS: Final = 86_400
"""Those of a day."""
_DAY: Final = _SECONDS * _SECOND
_NO_TIME: Final = 1 << 60
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
    day = plain_day(value)
    if day:
        time = _plain_time(value)
        if time != _NO_TIME:
            return day, time
    if value in _moments:
        return _moments[value]
    when = date_time(value)
    result = None if when is None else _moment(when)
    if len(value) <= LONGEST_KEPT:
        if len(_moments) >= CACHE_SIZE:
            _moments.clear()
        _moments[value] = result
    return result


def _plain_time(written: str) -> int:
    """Read what follows a day: nothing, or Thh:mm:ss and then a fraction and an offset, or not; else `_NO_TIME`."""
    length = len(written)
    if length == DATE:
        return 0
    if length < _TIME or ord(written[10]) != _BEFORE_TIME or not ord(written[13]) == ord(written[16]) == _COLON:
        return _NO_TIME
    seconds = (two_digits(written, 11, 24) * 60 + two_digits(written, 14, 60)) * 60 + two_digits(written, 17, 60)
    if seconds < 0:
        return _NO_TIME
    index = _TIME
    if index < length and ord(written[index]) == _POINT:
        index = _end_of_digits(written, index + 1)
    offset = _plain_offset(written, index)
    if offset == _NO_TIME or index == _TIME + 1:
        return _NO_TIME
    return (seconds - offset) * _SECOND + (int(written[_TIME + 1 : index][:6].ljust(6, "0")) if index > _TIME else 0)


def _end_of_digits(written: str, index: int) -> int:
    """Give the index behind the digits, from 0 to 9, that stand from an index on."""
    while index < len(written) and ZERO <= ord(written[index]) <= NINE:
        index += 1
    return index


def _plain_offset(written: str, index: int) -> int:
    """Read in seconds what stands from an index on: nothing, Z, +hh:mm or -hh:mm; else `_NO_TIME`."""
    length = len(written) - index
    if length == 0 or (length == 1 and ord(written[index]) == _UTC):
        return 0
    if length != _OFFSET or ord(written[index + 3]) != _COLON:
        return _NO_TIME
    seconds = (two_digits(written, index + 1, 24) * 60 + two_digits(written, index + 4, 60)) * 60
    if seconds < 0:
        return _NO_TIME
    sign = ord(written[index])
    return seconds if sign == _EAST else -seconds if sign == HYPHEN else _NO_TIME


def date_time(value: Json) -> datetime | None:
    """Read the same as a `datetime`, which says the offset as well; nothing is remembered."""
    if type(value) is not str or is_no_day(value[:DATE]):
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
    days = end[0] - start[0]
    rest = end[1] - start[1]
    if rest % _SECOND:
        return (days * _DAY + rest) / _SECOND
    return float(days * _SECONDS + rest // _SECOND)  # the same, of smaller numbers

"""Reading the day of a string.

Most days are written as YYYY-MM-DD. Compiled, reading their digits takes less than looking up a string that is known.
"""

import re
from datetime import date, datetime
from types import FunctionType
from typing import TYPE_CHECKING, Final

from dateutil.parser import isoparse

from checks.values import Json

if TYPE_CHECKING:
    from mypy_extensions import i64  # an integer to the type checker; compiled, it is computed with faster

CACHE_SIZE: Final = 20_000
DATE: Final = 10
"""The length of YYYY-MM-DD."""
NO_NUMBER: Final = -1_000_000
"""Stands for what can't be read: what is computed with it is negative."""
HYPHEN: Final = 0x2D
ZERO: Final = 0x30
NINE: Final = 0x39
"""Characters. Written as numbers, they are constants when compiled."""
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2099
_BEFORE: Final = [
    date(year, month, 1).toordinal() - 1 for year in range(_FIRST_YEAR, _LAST_YEAR + 2) for month in range(1, 13)
]
"""The day before each month of these years, and of the next one."""
_PLAIN: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_days: Final[dict[str, int | None]] = {}
_plain_days: Final[dict[str, int]] = {}


def day(value: Json) -> int | None:
    """Read the day of a string: only its first 10 characters count.

    ISO 8601 as `dateutil.parser.isoparse` reads it (`2019`, `2019-02`, `20190203`, `2019-034`, week dates) and, failing
    that, `%Y-%m-%d` (unpadded numbers, any Unicode digits). The result is a `date.toordinal`, or `None`.

    >>> day("2019-02-03T23:00:00-05:00") == day("20190203") == day("2019-2-3")
    True
    >>> day("03/02/2019"), day(20190203), day("")
    (None, None, None)
    """
    if type(value) is not str:
        return None
    plain = plain_day(value)
    if plain:
        return plain
    first = value[:DATE]
    known = _days.get(first)
    if known is not None or first in _days:
        return known
    if len(_days) >= CACHE_SIZE:
        _days.clear()
    result = _days[first] = _parse_day(first)
    return result


def plain_day(written: str) -> int:
    """Read the day of what begins with YYYY-MM-DD, of most years (`date.toordinal`); 0 if it doesn't."""
    if _IS_COMPILED:
        return _plain_day(written)
    first = written[:DATE]
    known = _plain_days.get(first)
    if known is None:
        if len(_plain_days) >= CACHE_SIZE:
            _plain_days.clear()
        known = _plain_days[first] = _plain_day(first)
    return known


def _plain_day(written: str) -> int:
    if len(written) < DATE or ord(written[4]) != HYPHEN or ord(written[7]) != HYPHEN:
        return 0
    year = two_digits(written, 0, 100) * 100 + two_digits(written, 2, 100)
    month = two_digits(written, 5, 13)
    number = two_digits(written, 8, 32)
    if _FIRST_YEAR <= year <= _LAST_YEAR and month > 0 and number > 0:
        index = (year - _FIRST_YEAR) * 12 + month - 1
        when = _BEFORE[index] + int(number)
        if when <= _BEFORE[index + 1]:
            return when
    return 0


_IS_COMPILED: Final = not isinstance(_plain_day, FunctionType)
"""Interpreted, looking a day up takes a fraction of reading it."""


def two_digits(written: str, index: "i64", end: "i64") -> "i64":
    """Read the two digits, from 0 to 9, that stand there; `NO_NUMBER` if they are none, or no number below the end."""
    tens: i64 = ord(written[index])
    ones: i64 = ord(written[index + 1])
    number = (tens - ZERO) * 10 + ones - ZERO
    if ZERO <= tens <= NINE and ZERO <= ones <= NINE and number < end:
        return number
    return NO_NUMBER


def is_no_day(first: str) -> bool:
    """Tell quickly of many texts that no way of reading days makes something of them: the others are slow.

    They don't begin with a year, or are YYYY-MM-DD with a month or a day that isn't in the calendar.
    """
    if not first[:4].isdecimal():
        return True
    if _PLAIN.fullmatch(first):
        try:
            date.fromisoformat(first)
        except ValueError:
            return True
    return False


def _parse_day(first: str) -> int | None:
    if is_no_day(first):
        return None
    try:
        return isoparse(first).toordinal()
    except (ValueError, OverflowError):
        pass
    try:
        return datetime.strptime(first, "%Y-%m-%d").toordinal()  # noqa: DTZ007 the offset is dropped with the time
    except (ValueError, OverflowError):
        return None

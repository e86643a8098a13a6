"""Reading values from a compiled release.

Publishers' data is often broken, so every read survives any JSON value in any place. There are two ways to read:

- `walk` follows a dotted path through objects and, where it meets a list, through each of its entries;
- `get` follows it through objects only: a list on the way means that nothing is there.

What is found is then read as a string, a number, a day or a moment; what can't be read so is `None`.
"""

import math
import re
from calendar import monthrange
from datetime import UTC, date, datetime
from typing import Any, Final

from dateutil.parser import isoparse

Json = Any
"""Any JSON value, as `orjson.loads` gives it."""
Found = tuple[str, Json]
"""A concrete path, as in `awards[0].suppliers[1]`, and the value there."""
Dated = tuple[str, str, int, str, str]
"""A date: its concrete path, the string there, and the day that it says (`date.toordinal`); then what it is in.

These are the concrete path of the object that has it, and the first segment of that: `contracts[1].documents[0]` and
`contracts[1]`, both empty for the release itself.
"""

CACHE_SIZE: Final = 20_000
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?(?:Z|[+-][0-9]{2}:[0-5][0-9])?"
)
"""What `datetime.fromisoformat` reads as `isoparse` does, in a tenth of the time."""
LONGEST_MOMENT: Final = 40
"""Longer strings aren't remembered, in characters: they aren't dates and times, as a rule, and take memory."""
_MONTH: Final = re.compile("[0-9]{4}-[0-9]{2}")
_UNKNOWN: Final = datetime.min  # noqa: DTZ901 it only marks what isn't in the cache, and is told apart by identity
_NUMBERS: Final = {f"-{number:02}": number for number in range(1, 32)}
"""The days of a month, as they end a date."""
_days: Final[dict[str, int | None]] = {}
_months: Final[dict[str, tuple[int, int]]] = {}
_moments: Final[dict[str, datetime | None]] = {}


def walk(value: Json, path: str) -> list[Found]:
    """Give the `(concrete path, value)` pairs at a dotted path, in document order.

    Before the last key, an object is entered, as is each entry of a list that is an object; anything else ends that
    branch. A list at the last key gives its entries; an entry that is itself a list is given as it is.

    >>> walk({"awards": [{"id": 1}, 5, {"id": ["a", ["b"]]}]}, "awards.id")
    [('awards[0].id', 1), ('awards[2].id[0]', 'a'), ('awards[2].id[1]', ['b'])]
    """
    found: list[Found] = [("", value)]
    for key in path.split("."):
        found = step_into(found, key)
    return found


def step_into(found: list[Found], key: str) -> list[Found]:
    """Walk one key further from values that were found: only objects are entered."""
    further: list[Found] = []
    for path, value in found:
        if type(value) is dict and key in value:
            spread(further, f"{path}.{key}" if path else key, value[key])
    return further


def entries(value: Json) -> list[Json]:
    """Give the entries of a list, or the value alone if it isn't one."""
    return value if type(value) is list else [value]


def texts(found: list[Found], key: str) -> set[str]:
    """Walk one key further from values that were found, and give what is there as strings."""
    written: set[str] = set()
    for _path, value in found:
        if type(value) is dict and key in value:
            here = value[key]
            if type(here) is str:
                written.add(here)
            else:
                written.update([text(entry) for entry in entries(here)])
    return written


def spread(found: list[Found], path: str, value: Json) -> None:
    """Add the value at a path, or each entry of it if it is a list."""
    if type(value) is list:
        for index, entry in enumerate(value):
            found.append((f"{path}[{index}]", entry))
    else:
        found.append((path, value))


def get(value: Json, path: str, default: Json = None) -> Json:
    """Give the value at a dotted path through objects only, or the default if it isn't there.

    >>> get({"tender": {"value": {"amount": 3}}}, "tender.value.amount")
    3
    >>> get({"awards": [{"id": 1}]}, "awards.id")
    """
    for key in path.split("."):
        if type(value) is not dict or key not in value:
            return default
        value = value[key]
    return value


def get_list(value: Json, path: str) -> list[Json]:
    """Give the list at a path (through objects only), or an empty one."""
    found = get(value, path)
    return found if type(found) is list else []


def text(value: Json) -> str:
    """Write a value as Python does: `None`, `True`, `1.0`; a string stays what it is."""
    return value if type(value) is str else str(value)


def number(value: Json) -> float | None:
    """Read a value as Python's `float` does, so `"12.5"` and `true` count; `None` if it can't, or isn't finite.

    >>> number("12.5"), number(True), number("nan"), number([1]), number(None)
    (12.5, 1.0, None, None, None)
    """
    kind = type(value)
    if kind is dict or kind is list or value is None:
        return None
    try:
        result = float(value)
    except (ValueError, OverflowError):
        return None
    return result if math.isfinite(result) else None


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
    first = value[:10]
    known = _days.get(first)
    if known is not None or first in _days:
        return known
    if len(_days) >= CACHE_SIZE:
        _days.clear()
        _months.clear()
    result = _days[first] = _parse_day(first)
    return result


def _start_of_month(month: str) -> tuple[int, int]:
    """Give the day before a month (YYYY-MM), and how many days the month has; none if there isn't such a month."""
    try:
        if _MONTH.fullmatch(month):
            first = date.fromisoformat(f"{month}-01")
            return first.toordinal() - 1, monthrange(first.year, first.month)[1]
    except ValueError:
        pass
    return 0, 0


def _parse_day(first: str) -> int | None:
    number = _NUMBERS.get(first[7:], 0)
    if number:
        month = first[:7]
        start = _months.get(month)
        if start is None:
            start = _months[month] = _start_of_month(month)
        if number <= start[1]:
            return start[0] + number
    if not first[:4].isdecimal():  # neither of the two below reads what doesn't begin with a year, and both are slow
        return None
    try:
        return isoparse(first).toordinal()
    except (ValueError, OverflowError):
        pass
    try:
        return datetime.strptime(first, "%Y-%m-%d").toordinal()  # noqa: DTZ007 the offset is dropped with the time
    except (ValueError, OverflowError):
        return None


def moment(value: Json) -> datetime | None:
    """Read the whole string as a date and time, by `isoparse`, failing that by `%Y-%m-%dT%H:%M:%S%z`.

    >>> moment("2019-02-03T24:00:00Z").isoformat()
    '2019-02-04T00:00:00+00:00'
    >>> moment("2019-02-03xyz")
    """
    if type(value) is not str:
        return None
    known = _moments.get(value, _UNKNOWN)
    if known is not _UNKNOWN:
        return known
    if len(_moments) >= CACHE_SIZE:
        _moments.clear()
    result = _parse_moment(value)
    if len(value) <= LONGEST_MOMENT:
        _moments[value] = result
    return result


def _parse_moment(value: str) -> datetime | None:
    try:
        if _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
    except ValueError:
        pass
    try:
        return isoparse(value)
    except (ValueError, OverflowError):
        pass
    try:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z")
    except (ValueError, OverflowError):
        return None


def seconds_between(start: datetime, end: datetime) -> float:
    """Subtract two moments. If only one of them has a UTC offset, the other is taken to be UTC."""
    if start.tzinfo is not end.tzinfo:
        start = start if start.tzinfo is not None else start.replace(tzinfo=UTC)
        end = end if end.tzinfo is not None else end.replace(tzinfo=UTC)
    return (end - start).total_seconds()


def identity(value: Json) -> Json:
    """Give what is equal and hashes alike for values that are equal as JSON: 1 and 1.0 are, 1 and true aren't.

    >>> identity(1) == identity(1.0), identity(1) == identity(True), identity("1") == identity(1)
    (True, False, False)
    >>> identity({"a": [1], "b": None}) == identity({"b": None, "a": [1.0]})
    True
    """
    kind = type(value)
    if kind is str or kind is int or kind is float or value is None:
        return value
    if kind is bool:
        return (bool, value)
    if kind is list:
        return (list, tuple([identity(entry) for entry in value]))
    return (dict, frozenset([(key, identity(entry)) for key, entry in value.items()]))


def equal(one: Json, other: Json) -> bool:
    """Tell whether two values are equal as JSON."""
    if type(one) is str or type(other) is str:
        return bool(one == other)
    return bool(identity(one) == identity(other))

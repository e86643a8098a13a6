"""Exchange rates, and the conversion of amounts between currencies with them.

All rates are against one currency (EUR): an amount in A is worth `round(amount * (rate[B] / rate[A]), 6)` in B.
"""

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isfinite, nan
from typing import Final, Literal

from checks.values import Json, number

CACHE_SIZE: Final = 20_000
NO_LIMIT: Final = -1

_MILLION: Final = 1e6
_ROUNDABLE: Final = float(2**28)
_WHOLE: Final = float(2**52)
_CERTAIN: Final = 0.48


@dataclass(frozen=True, slots=True)
class Conversion:
    """What rate a currency has on a day for which there is none.

    Between two known days: the value on the straight line between both, rounded to 6 digits (`linear`), the nearer
    one's and on a tie the later one's (`closest`), or none (empty), if at least one of them is at most
    `interpolation_max_days` away. Before the first or after the last known day: that day's (`closest`) or none
    (empty), if it is at most `extrapolation_max_days` away. -1 days: no limit.
    """

    interpolation: Literal["linear", "closest", ""] = "linear"
    interpolation_max_days: int = 90
    extrapolation: Literal["closest", ""] = "closest"
    extrapolation_max_days: int = 180

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # Said explicitly, since a compiled frozen class can't be filled in by pickle.
        within, beyond = self.interpolation_max_days, self.extrapolation_max_days
        return Conversion, (self.interpolation, within, self.extrapolation, beyond)


class _Series:
    """The rates of one currency: its known days (`date.toordinal`, ascending), and the rate on each."""

    __slots__ = ("days", "values")

    def __init__(self, days: "array[int]", values: "array[float]") -> None:
        self.days = days
        self.values = values

    def __reduce__(self) -> "tuple[object, tuple[array[int], array[float]]]":
        return _Series, (self.days, self.values)

    def rate(self, day: int, conversion: Conversion) -> float:
        """Give the rate on a day, or NaN if none can be had."""
        after = bisect_left(self.days, day)
        if after < len(self.days) and self.days[after] == day:
            return self.values[after]
        if 0 < after < len(self.days):
            return self._between(after, day, conversion)
        return self._beyond(0 if after == 0 else after - 1, day, conversion)

    def _between(self, after: int, day: int, conversion: Conversion) -> float:
        first = self.days[after - 1]
        last = self.days[after]
        limit = conversion.interpolation_max_days
        if limit != NO_LIMIT and day - first > limit and last - day > limit:
            return nan
        before = self.values[after - 1]
        then = self.values[after]
        if conversion.interpolation == "linear":
            return round(before + (day - first) * (then - before) / (last - first), 6)
        if conversion.interpolation == "closest":
            return before if day - first < last - day else then
        return nan

    def _beyond(self, edge: int, day: int, conversion: Conversion) -> float:
        limit = conversion.extrapolation_max_days
        if conversion.extrapolation == "closest" and (limit == NO_LIMIT or abs(day - self.days[edge]) <= limit):
            return self.values[edge]
        return nan


class Rates:
    """The rates of all known currencies, compact: 12 bytes per currency and day, 8 where currencies share their days.

    `days` gives pairs of a day (a `date`, or its `toordinal`) and that day's rates by currency; later pairs of a day
    replace earlier ones' rates, and any order will do. A currency has its own known days: those that give it a rate.
    """

    __slots__ = ("_factors", "_series", "conversion")

    def __init__(
        self, days: Iterable[tuple[date | int, Mapping[str, float]]], conversion: Conversion | None = None
    ) -> None:
        self.conversion = Conversion() if conversion is None else conversion
        self._series: dict[str, _Series] = _collect(days)
        self._factors: dict[tuple[str, str, int], float] = {}

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # The cache stays behind: it would make the pickle large, and is refilled at once.
        return _restore, (self._series, self.conversion)

    @property
    def currencies(self) -> frozenset[str]:
        """The currencies that have a rate on any day."""
        return frozenset(self._series)

    def rate(self, currency: Json, day: int) -> float | None:
        """Give the rate of a currency on a day (`date.toordinal`), or `None` if there is none."""
        found = self._rate(currency, day) if type(currency) is str else nan
        return found if isfinite(found) else None

    def convert(self, amount: Json, source: Json, target: str, day: int | None) -> float | None:
        """Convert an amount between two currencies at the rates of a day (`date.toordinal`), rounded to 6 digits.

        The result is `None` if the day is missing, the amount isn't a number (as Python's `float` reads it), a currency
        isn't known or has no rate on that day, or the result isn't finite.

        >>> rates = Rates([(date(2019, 1, 1), {"EUR": 1, "USD": 1.2}), (date(2019, 1, 3), {"EUR": 1, "USD": 1.4})])
        >>> rates.convert(100, "EUR", "USD", date(2019, 1, 2).toordinal())
        130.0
        >>> rates.convert(100, "XYZ", "USD", date(2019, 1, 2).toordinal())
        """
        if day is None or type(source) is not str:
            return None
        value = amount if type(amount) is float else number(amount)
        if value is None:
            return None
        key = (source, target, day)
        factor = self._factors.get(key)
        if factor is None:
            factor = self._factor(key)
        return rounded(value * factor)

    def _factor(self, key: tuple[str, str, int]) -> float:
        """Work out and keep what an amount is multiplied with; NaN if it can't be converted."""
        source, target, day = key
        divisor = self._rate(source, day)
        factor = self._rate(target, day) / divisor if divisor != 0 else nan
        if len(self._factors) >= CACHE_SIZE:
            self._factors.clear()
        self._factors[key] = factor
        return factor

    def _rate(self, currency: str, day: int) -> float:
        series = self._series.get(currency)
        return nan if series is None else series.rate(day, self.conversion)


def _restore(series: dict[str, _Series], conversion: Conversion) -> Rates:
    rates = Rates((), conversion)
    rates._series = series  # noqa: SLF001
    return rates


def rounded(value: float) -> float | None:
    """Round to 6 digits exactly as `round` does, at a tenth of its cost where that is certain.

    Below 2**28, a million times the value is off by less than 0.02: unless it lies close to the middle of two whole
    numbers, the nearest one, divided by a million, is what `round` gives.
    """
    if 0.0 < value < _ROUNDABLE:
        scaled = value * _MILLION
        whole = (scaled + _WHOLE) - _WHOLE
        if -_CERTAIN < scaled - whole < _CERTAIN:
            return whole / _MILLION
    return round(value, 6) if isfinite(value) else None


def _collect(days: Iterable[tuple[date | int, Mapping[str, float]]]) -> dict[str, _Series]:
    found: dict[str, _Series] = {}
    for day, rates in days:
        ordinal = day.toordinal() if isinstance(day, date) else day
        for currency, rate in rates.items():
            series = found.get(currency)
            if series is None:
                series = found[currency] = _Series(array("i"), array("d"))
            series.days.append(ordinal)
            series.values.append(rate)
    shared: dict[bytes, array[int]] = {}
    for series in found.values():
        _sort(series)
        series.days = shared.setdefault(series.days.tobytes(), series.days)
    return found


def _sort(series: _Series) -> None:
    """Put the days in order, each once."""
    previous = -1
    for day in series.days:
        if day <= previous:
            break
        previous = day
    else:
        return
    by_day = dict(zip(series.days, series.values, strict=True))
    series.days = array("i", sorted(by_day))
    series.values = array("d", [by_day[day] for day in series.days])

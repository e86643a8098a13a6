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

from checks.values import Found, Json, number, own_key

CACHE_SIZE: Final = 4_000
"""On how many days the factors of conversion to a currency are kept."""
CURRENCIES_KEPT: Final = 200
LONGEST_CODE: Final = 20
"""Factors of what is longer, in characters, which no currency is, are not kept."""
NO_LIMIT: Final = -1
DOLLARS: Final = "USD"
AMOUNT: Final = own_key("amount")
CURRENCY: Final = own_key("currency")

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


class OddCurrency:
    """A currency that is neither a string nor `null`."""

    __slots__ = ("value",)

    def __init__(self, value: Json) -> None:
        self.value = value


Amount = tuple[Json, str | OddCurrency | None, float]
"""The amount of a value, its currency, and its worth in US dollars.

The amount is a number (maybe infinite or NaN), or `None` if it can't be read as one. The worth isn't rounded, and not
finite if it isn't known. What is in US dollars is worth what it is, without any rate.
"""


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
        return self.rate_at(bisect_left(self.days, day), day, conversion)

    def rate_at(self, after: int, day: int, conversion: Conversion) -> float:
        """Give it, knowing the index of the first known day that isn't before that day."""
        days = self.days
        if after < len(days):
            if days[after] == day:
                return self.values[after]
            if after:
                return self._between(after, day, conversion)
        return self._beyond(after - 1 if after else 0, day, conversion)

    def _between(self, after: int, day: int, conversion: Conversion) -> float:
        first = self.days[after - 1]
        last = self.days[after]
        limit = conversion.interpolation_max_days
        if limit != NO_LIMIT and day - first > limit and last - day > limit:
            return nan
        before = self.values[after - 1]
        then = self.values[after]
        if conversion.interpolation == "linear":
            rate = rounded(before + (day - first) * (then - before) / (last - first))
            return nan if rate is None else rate
        if conversion.interpolation == "closest":
            return before if day - first < last - day else then
        return nan

    def _beyond(self, edge: int, day: int, conversion: Conversion) -> float:
        limit = conversion.extrapolation_max_days
        if conversion.extrapolation == "closest" and (limit == NO_LIMIT or abs(day - self.days[edge]) <= limit):
            return self.values[edge]
        return nan


class _Factors:
    """What amounts are multiplied with on a day, by their currency, to convert them; NaN if they can't be.

    Each is worked out when first asked for. The target's is 1, even if it has no rate; `own` is NaN then.
    """

    __slots__ = ("_after", "_conversion", "_day", "_known", "_rate", "_series", "_target", "own")

    def __init__(self, series: dict[str, _Series], target: str, day: int | None, conversion: Conversion) -> None:
        self._known: dict[str | None, float] = {target: 1.0}
        self._series = series
        self._target = series.get(target)
        self._conversion = conversion
        self._day = 0
        self._after = 0
        self._rate = nan
        self.own = nan
        if day is None or self._target is None:
            self._series = {}
            return
        self._day = day
        self._after = bisect_left(self._target.days, day)
        self._rate = self._target.rate_at(self._after, day, conversion)
        if isfinite(self._rate) and self._rate != 0:
            self.own = 1.0

    def of(self, currency: Json) -> float:
        """Give the factor of a currency. Raises `TypeError` if it is neither a string nor `None`."""
        factor = self._known.get(currency)
        return self._find(currency) if factor is None else factor

    def _find(self, currency: Json) -> float:
        if type(currency) is not str and currency is not None:
            raise TypeError
        series = None if currency is None else self._series.get(currency)
        if series is None or self._target is None:
            factor = nan
        else:
            shared = series.days is self._target.days
            after = self._after if shared else bisect_left(series.days, self._day)
            divisor = series.rate_at(after, self._day, self._conversion)
            factor = self._rate / divisor if divisor != 0 else nan
        if len(self._known) < CURRENCIES_KEPT and (currency is None or len(currency) <= LONGEST_CODE):
            self._known[currency] = factor
        return factor


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
        self._factors: dict[str, dict[int | None, _Factors]] = {}

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
        factors = self._on(target, day)
        return rounded(value * (factors.of(source) if source != target else factors.own))

    def amounts(self, found: list[list[Found]], day: int | None) -> list[list[Amount]]:
        """Read the amounts of lists of what was found, in their order, at the rates of a day."""
        factors = self._on(DOLLARS, day)
        return [_amounts(values, factors) if values else _NO_AMOUNTS for values in found]

    def _on(self, target: str, day: int | None) -> _Factors:
        by_day = self._factors.get(target)
        if by_day is None:
            by_day = self._factors[target] = {}
        factors = by_day.get(day)
        if factors is None:
            if len(by_day) >= CACHE_SIZE:
                by_day.clear()
            factors = by_day[day] = _Factors(self._series, target, day, self.conversion)
        return factors

    def _rate(self, currency: str, day: int) -> float:
        series = self._series.get(currency)
        return nan if series is None else series.rate(day, self.conversion)


_NO_AMOUNTS: Final[list[Amount]] = []


def _amounts(values: list[Found], factors: _Factors) -> list[Amount]:
    amounts: list[Amount] = []
    for _, value in values:
        if type(value) is dict:
            amount = value.get(AMOUNT)
            currency = value.get(CURRENCY)
            if type(amount) is float or type(amount) is int:
                try:
                    given: float = amount
                    amounts.append((amount, currency, given * factors.of(currency)))
                    continue
                except (TypeError, OverflowError):
                    pass  # its currency isn't a string, or its amount is too large
        amounts.append(_read_broken(value, factors))
    return amounts


def _read_broken(value: Json, factors: _Factors) -> Amount:
    """Read what may not be an object, have no currency that is a string, or no amount that is a number as it is."""
    if type(value) is not dict:
        return None, None, nan
    given = value.get("amount")
    amount = None if given is None or given == "" else number(given)
    currency = value.get("currency")
    if type(currency) is not str:
        return amount, None if currency is None else OddCurrency(currency), nan
    return amount, currency, nan if amount is None else amount * factors.of(currency)


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

"""Amounts of money that are compared or added: read from values, and brought to one currency."""

from collections.abc import Callable
from math import inf
from typing import Final

from checks.moments import moment
from checks.money import AMOUNT, CURRENCY, DOLLARS
from checks.release import Release
from checks.values import Json, equal, number

DEVIATION: Final = 0.5
"""The share of an amount by which another may deviate from it."""
Amount = tuple[float, Json]
"""An amount of money: a finite number, and its currency as it is given."""


def amount_of(value: Json) -> Amount | None:
    """Read a value's `amount` and `currency`; `None` if the one isn't numeric or the other is missing."""
    if type(value) is not dict:
        return None
    currency = value.get(CURRENCY)
    if currency is None:
        return None
    amount = value.get(AMOUNT)
    if type(amount) is not float or not -inf < amount < inf:
        amount = number(amount)
    return None if amount is None else (amount, currency)


def in_one_currency(
    amounts: list[Amount], release: Release, day_of: Callable[[Release], int | None]
) -> tuple[list[float], Json]:
    """Bring amounts to one currency: as they are if they all have the same, else all converted to US dollars.

    They are converted at the rates of a day of the release: `date_day` or `moment_day`. Gives the numbers, in the same
    order, and the currency; there are no numbers if one can't be converted.
    """
    currency = amounts[0][1]
    for _number, other in amounts:
        if other is not currency and (other != currency or (type(other) is not str and not equal(other, currency))):
            return _in_dollars(amounts, release, day_of(release)), DOLLARS
    return [amount[0] for amount in amounts], currency


def _in_dollars(amounts: list[Amount], release: Release, day: int | None) -> list[float]:
    """Convert amounts, rounded to 6 digits; those in US dollars too, which needs the day as well, and rounds."""
    rates = release.reference_data.rates
    converted: list[float] = []
    for amount, currency in amounts:
        dollars = rates.convert(amount, currency, DOLLARS, day)
        if dollars is None:
            return []
        converted.append(dollars)
    return converted


def date_day(release: Release) -> int | None:
    """Give the day of the release's `date`, of which only the first 10 characters count (`date.toordinal`)."""
    return release.day


def moment_day(release: Release) -> int | None:
    """Give the day of the release's `date` if it is a date and time as a whole (`date.toordinal`)."""
    when = moment(release.data.get("date"))
    return None if when is None else when[0]


def total(numbers: list[float]) -> float:
    """Add numbers in plain floating point, one by one, in order; the sum may be too large for it, thus infinite.

    `sum` won't do: from Python 3.12 on it compensates for rounding, so that results would depend on the version.
    """
    result = 0.0
    for value in numbers:
        result += value
    return result


def deviates(expected: float, actual: float) -> bool:
    """Tell whether an amount is further from what is expected, which isn't zero, than half of that."""
    return not abs(expected - actual) / abs(expected) <= DEVIATION

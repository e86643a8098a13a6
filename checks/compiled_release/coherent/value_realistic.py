"""Each value is within five billion US dollars.

Applies to each value at `tender.value`, `tender.minValue`, `awards.value`, `contracts.value`, `planning.budget.amount`
and `contracts.implementation.transactions.value` with an `amount` that is a number (as Python's `float` reads it: "2"
is one) and a `currency`. One in US dollars is taken as it is; others are converted at the rates of the day of the
release's `date`, and left out if that can't be done.

Passes if the amount in US dollars is between -5,000,000,000 and 5,000,000,000.

Mend it by correcting the amount or the currency that is wrong: often a decimal point was lost.

>>> check(release(tender={"value": {"amount": 5_000_000_000, "currency": "USD"}}))
passed
>>> check(release(tender={"value": {"amount": 5_000_000_001, "currency": "USD"}}))
failed: path='tender.value', amount=5000000001.0, currency='USD'
>>> check(release(tender={"value": {"amount": 5_000_000_001, "currency": "ABC"}}))
not applicable: no value has an amount that is in US dollars or can be converted to them
"""

from math import isfinite
from typing import Final

from checks.release import VALUES, Release, at
from checks.results import Result, counted, not_applicable
from checks.values import Json, number

VERSION: Final = 1.0
MOST: Final = 5e9
"""The greatest amount in US dollars."""
LEAST: Final = -MOST
NO_VALUE: Final = not_applicable("no value has an amount that is in US dollars or can be converted to them")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    application_count = 0
    unrealistic = False
    for amounts in release.amounts:
        for _amount, _currency, dollars in amounts:
            if LEAST <= dollars <= MOST:
                application_count += 1
            elif isfinite(dollars):
                application_count += 1
                unrealistic = True
    if not application_count:
        return NO_VALUE
    return counted(application_count, _failed(release) if unrealistic else [])


def _failed(release: Release) -> list[Json]:
    return [
        {"path": path, "amount": number(amount), "currency": currency}
        for place, amounts in zip(VALUES, release.amounts, strict=True)
        for (path, _), (amount, currency, dollars) in zip(release.found[at(place)], amounts, strict=True)
        if isfinite(dollars) and not LEAST <= dollars <= MOST
    ]

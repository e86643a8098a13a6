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

from typing import Final

from checks.compiled_release.amounts import DOLLARS, amount_of
from checks.release import VALUES, Release
from checks.results import Result, counted, not_applicable
from checks.values import Json

VERSION: Final = 1.0
MOST: Final = 5e9
"""The greatest amount in US dollars, either way."""
NO_VALUE: Final = not_applicable("no value has an amount that is in US dollars or can be converted to them")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    application_count = 0
    failed: list[Json] = []
    found = release.found
    convert = release.reference_data.rates.convert
    day = release.day
    for place in VALUES:
        for path, value in found[place]:
            amount = amount_of(value)
            if amount is None:
                continue
            number, currency = amount
            dollars = number if currency == DOLLARS else convert(number, currency, DOLLARS, day)
            if dollars is None:
                continue
            application_count += 1
            if not -MOST <= dollars <= MOST:
                failed.append({"path": path, "amount": number, "currency": currency})
    return counted(application_count, failed) if application_count else NO_VALUE

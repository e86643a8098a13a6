"""The budget is within 50 % of the value of the tender.

Applies once, if `tender.value` and `planning.budget.amount` both have a `currency`, and an `amount` that is a number
(as Python's `float` reads it: "2" is one), neither is zero, and both are positive or both negative. If their
currencies differ, both are converted to US dollars at the rates of the day of the release's `date`; the check doesn't
apply if that can't be done.

Passes if the difference is at most half of the value of the tender.

Mend it by correcting the amount or the currency that is wrong: often digits were lost, or thousands were left out.

>>> check(release(tender={"value": {"amount": 100, "currency": "EUR"}},
...     planning={"budget": {"amount": {"amount": 150, "currency": "EUR"}}}))
passed
>>> check(release(tender={"value": {"amount": 100, "currency": "EUR"}},
...     planning={"budget": {"amount": {"amount": 1000, "currency": "EUR"}}}))
failed: tender.value={'amount': 100, 'currency': 'EUR'},
planning.budget.amount={'amount': 1000, 'currency': 'EUR'}
>>> check(release(tender={"value": {"amount": 100, "currency": "EUR"}}))
not applicable: an amount or a currency is missing, or an amount isn't a number
"""

from typing import Final

from checks.compiled_release.amounts import amount_of, date_day, deviates, in_one_currency
from checks.release import Release, at
from checks.results import Result, not_applicable, single
from checks.values import Json

VERSION: Final = 1.0
NEEDS: Final = ("tender.value", "planning.budget.amount")
NO_AMOUNT: Final = not_applicable("an amount or a currency is missing, or an amount isn't a number")
NOT_CONVERTIBLE: Final = not_applicable("the currencies differ, and the amounts can't be converted to US dollars")
NOT_COMPARABLE: Final = not_applicable("an amount is zero, or one is positive and the other negative")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    value = found_alone(release, "tender.value")
    tender = amount_of(value)
    if tender is None:
        return NO_AMOUNT
    budget = found_alone(release, "planning.budget.amount")
    planning = amount_of(budget)
    if planning is None:
        return NO_AMOUNT
    amounts, _currency = in_one_currency([tender, planning], release, date_day)
    if not amounts:
        return NOT_CONVERTIBLE
    expected, actual = amounts
    if expected == 0 or actual == 0 or (expected > 0) != (actual > 0):
        return NOT_COMPARABLE
    return single({"tender.value": value, "planning.budget.amount": budget} if deviates(expected, actual) else None)


def found_alone(release: Release, path: str) -> Json:
    """Give what is at a path through objects only: where a list is on the way, the path that was found differs."""
    found = release.found[at(path)]
    return found[0][1] if found and found[0][0] == path else None

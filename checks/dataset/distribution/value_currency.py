"""The currencies of values are counted; this can't fail.

Counts the codes at `currency` of `tender.value`, `tender.minValue`, `awards.value`, `contracts.value`,
`planning.budget.amount` and `contracts.implementation.transactions.value`; anything but a string is passed over.

Passes whatever they are; the value is 100.

Not computed if there are no codes.

Mend it, if the shares aren't what you expect, by looking for values that were given a default currency.

>>> check(release(tender={"value": {"amount": 5, "currency": "USD"}}))
passed: 100 %
>>> check(release(awards=[{"value": {"currency": "EUR"}}, {"value": {"currency": "usd"}}]))
passed: 100 %
>>> check(release(tender={"value": {"amount": 5}}))
not computed: No release has a code at tender.value.currency, tender.minValue.currency, awards.value.currency,
contracts.value.currency, planning.budget.amount.currency or contracts.implementation.transactions.value.currency.
"""

from typing import Final

from checks.dataset.amounts import Values
from checks.dataset.codes import distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult
from checks.release import VALUES

VERSION: Final = 1.0
COLLECTED: Final = Collected(Values)
PATHS: Final = tuple(f"{value}.currency" for value in VALUES)


def finish(values: Values, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(values.currencies, PATHS, lookups, VERSION)

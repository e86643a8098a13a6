"""The three most frequent values of contracts make up less than a tenth of all.

Counts the pairs of amount and currency at `contracts.value`: the amount must be numeric, the currency there and neither
`null` nor a list nor an object; both are compared by what they are, so 5 and 5.0 are the same.

Passes if the three most frequent pairs make up less than 10 % of all; the value is their share. Of pairs that are
equally frequent, the one seen first counts.

Not computed if there are no pairs.

Mend it by looking at the most frequent pairs: often they stand for amounts that aren't known. Leave those out.

>>> check(*[release(contracts=[{"value": {"amount": number, "currency": "USD"}}]) for number in range(60)])
passed: 5 %
>>> check(*[release(contracts=[{"value": {"amount": number % 10, "currency": "USD"}}]) for number in range(60)])
failed: 30 %
>>> check(release())
not computed: No release has a value at contracts.value with an amount and a currency.
"""

from typing import Final

from checks.dataset.amounts import Values
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.repetition import repetition
from checks.dataset.results import DatasetResult

VERSION: Final = 1.0
COLLECTED: Final = Collected(Values)
PATH: Final = "contracts.value"


def finish(values: Values, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return repetition(values.amounts[PATH], PATH, lookups, VERSION)

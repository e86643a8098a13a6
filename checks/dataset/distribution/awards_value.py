"""The largest hundredth of awards don't make up more than half of the money.

Looks at the values at `awards.value` that have a currency and a numeric amount that isn't negative, in US dollars: as
they are, or converted at the rate of the release's `date`, and truncated. Sorted from the largest, they fall into
groups: the first hundredth, up to 5, to 20 and to 50 hundredths, and the rest.

Passes if the first group adds up to at most half of all. The value is 100 or 0.

Not computed with fewer than 100 such values, or if they add up to 0.

Mend it by looking at the examples of the first group: often an amount has a digit too many or the wrong currency.

>>> check(*[release(awards=[{"value": {"amount": number, "currency": "USD"}}]) for number in range(200)])
passed: 100 %
>>> check(*[release(awards=[{"value": {"amount": 10 ** (number % 100), "currency": "USD"}}]) for number in range(200)])
failed: 0 %
>>> check(release(awards=[{"value": {"amount": 5, "currency": "USD"}}]))
not computed: At least 100 values are needed at awards.value that are in US dollars or convert to them; found: 1.
"""

from typing import Final

from checks.dataset.amounts import Values
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult
from checks.dataset.value_groups import distribution

VERSION: Final = 1.0
COLLECTED: Final = Collected(Values)
PATH: Final = "awards.value"


def finish(values: Values, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(values.amounts[PATH], PATH, lookups, VERSION)

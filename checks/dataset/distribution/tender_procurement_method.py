"""Open tenders are neither missing nor all there is.

Counts the codes at `tender.procurementMethod`; anything but a string is passed over.

Passes if the code open has a share between 0.1 % and 99 % of all codes, both included. The value is 100 or 0.

Not computed if there are no codes.

Mend it by publishing the tenders of every procurement method, and by mapping your own methods to open, selective,
limited and direct one by one.

>>> check(*[release(tender={"procurementMethod": method}) for method in ("open", "open", "direct")])
passed: 100 %
>>> check(release(tender={"procurementMethod": "direct"}))
failed: 0 %
>>> check(release(tender={"procurementMethod": None}))
not computed: No release has a code at tender.procurementMethod.
"""

from typing import Final

from checks.dataset.codes import distribution
from checks.dataset.collecting import Collected, Lookups
from checks.dataset.results import DatasetResult
from checks.dataset.tenders import Tenders

VERSION: Final = 1.0
COLLECTED: Final = Collected(Tenders)
PATHS: Final = ("tender.procurementMethod",)
TESTED: Final = ("open",)


def finish(tenders: Tenders, lookups: Lookups) -> DatasetResult:
    """Give the check's result."""
    return distribution(tenders.codes["procurementMethod"], PATHS, lookups, VERSION, TESTED)

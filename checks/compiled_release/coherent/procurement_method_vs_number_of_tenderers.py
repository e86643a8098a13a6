"""A direct procedure has at most one tenderer.

Applies once, if `tender.procurementMethod` is direct and `tender.numberOfTenderers` is a number (as Python's `float`
reads it: "2" is one).

Passes if that number is 0 or 1.

Mend it by correcting `tender.procurementMethod` (`limited`, if several were asked) or `tender.numberOfTenderers`.

>>> check(release(tender={"procurementMethod": "direct", "numberOfTenderers": 1}))
passed
>>> check(release(tender={"procurementMethod": "direct", "numberOfTenderers": 3}))
failed: numberOfTenderers=3
>>> check(release(tender={"procurementMethod": "open", "numberOfTenderers": 3}))
not applicable: the procurement method isn't direct
>>> check(release(tender={"procurementMethod": "direct"}))
not applicable: the number of tenderers isn't a number
"""

from typing import Final

from checks.release import Release
from checks.results import Result, not_applicable, single
from checks.values import number

VERSION: Final = 1.0
OTHER_METHOD: Final = not_applicable("the procurement method isn't direct")
NO_NUMBER: Final = not_applicable("the number of tenderers isn't a number")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    if release.tender.get("procurementMethod") != "direct":
        return OTHER_METHOD
    raw = release.tender.get("numberOfTenderers")
    stated = number(raw)
    if stated is None:
        return NO_NUMBER
    return single(None if stated in {0, 1} else {"numberOfTenderers": raw})

"""The number of tenderers is the number of the tenderers that are listed.

Applies once, if `tender.numberOfTenderers` is a number (as Python's `float` reads it: "2" is one) and
`tender.tenderers` is a list.

Passes if that list has that many entries.

Mend it by listing all tenderers, or by correcting `tender.numberOfTenderers`.

>>> check(release(tender={"numberOfTenderers": 1, "tenderers": [{"id": "1"}]}))
passed
>>> check(release(tender={"numberOfTenderers": 2, "tenderers": [{"id": "1"}]}))
failed: numberOfTenderers=2, len(tenderers)=1
>>> check(release(tender={"numberOfTenderers": 2}))
not applicable: the tenderers aren't a list
>>> check(release(tender={"tenderers": []}))
not applicable: the number of tenderers isn't a number
"""

from typing import Final

from checks.release import Release
from checks.results import Result, not_applicable, single
from checks.values import number

VERSION: Final = 1.0
NO_NUMBER: Final = not_applicable("the number of tenderers isn't a number")
NO_LIST: Final = not_applicable("the tenderers aren't a list")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    raw = release.tender.get("numberOfTenderers")
    stated = number(raw)
    if stated is None:
        return NO_NUMBER
    tenderers = release.tender.get("tenderers")
    if type(tenderers) is not list:
        return NO_LIST
    count = len(tenderers)
    return single(None if stated == count else {"numberOfTenderers": raw, "len(tenderers)": count})

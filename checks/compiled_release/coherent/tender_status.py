"""Nothing was awarded while the tender is open or came to nothing.

Applies once, if `tender.status` is planning, planned, active, cancelled, unsuccessful or withdrawn.

Passes if there are no `awards` and no `contracts`; anything but a list counts as none.

Mend it by setting `tender.status` to `complete` once awards are published.

>>> check(release(tender={"status": "active"}))
passed
>>> check(release(tender={"status": "active"}, awards=[{"id": "1"}]))
failed: contracts_count=0, awards_count=1
>>> check(release(tender={"status": "complete"}, awards=[{"id": "1"}]))
not applicable: the tender isn't open, and didn't come to nothing
"""

from typing import Final

from checks.release import Release
from checks.results import Result, not_applicable, single

VERSION: Final = 1.0
STATUSES: Final = frozenset({"planning", "planned", "active", "cancelled", "unsuccessful", "withdrawn"})
OTHER_STATUS: Final = not_applicable("the tender isn't open, and didn't come to nothing")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    status = release.tender.get("status")
    if type(status) is not str or status not in STATUSES:
        return OTHER_STATUS
    contracts = release.data.get("contracts")
    awards = release.data.get("awards")
    contracts_count = len(contracts) if type(contracts) is list else 0
    awards_count = len(awards) if type(awards) is list else 0
    if not contracts_count and not awards_count:
        return single(None)
    return single({"contracts_count": contracts_count, "awards_count": awards_count})

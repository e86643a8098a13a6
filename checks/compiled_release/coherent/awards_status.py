"""No contract belongs to an award that is pending or came to nothing.

Applies to each of the `awards` with an `id` whose `status` is pending, cancelled or unsuccessful.

Passes if none of the `contracts` has that `id` as its `awardID`; the two are compared as strings.

Mend it by setting the award's `status` to `active` once contracts are signed, or by correcting the contract's
`awardID`.

>>> check(release(awards=[{"id": "1", "status": "pending"}]))
passed
>>> check(release(awards=[{"id": "1", "status": "pending"}], contracts=[{"awardID": "1"}]))
failed: path='awards[0]', id='1'
>>> check(release(awards=[{"id": "1", "status": "active"}], contracts=[{"awardID": "1"}]))
not applicable: no award with an id is pending, cancelled or unsuccessful
"""

from typing import Final

from checks.release import AWARDS, CONTRACTS, Release
from checks.results import Result, counted, not_applicable
from checks.values import Json, text, texts

VERSION: Final = 1.0
NEEDS: Final = ("awards",)
INACTIVE: Final = frozenset({"pending", "cancelled", "unsuccessful"})
NO_INACTIVE_AWARD: Final = not_applicable("no award with an id is pending, cancelled or unsuccessful")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    application_count = 0
    failed: list[Json] = []
    contracted: set[str] | None = None
    for path, award in release.found[AWARDS]:
        if type(award) is not dict or "id" not in award:
            continue
        status = award.get("status")
        if type(status) is not str or status not in INACTIVE:
            continue
        application_count += 1
        if contracted is None:
            contracted = texts(release.found[CONTRACTS], "awardID")
        if text(award["id"]) in contracted:
            failed.append({"path": path, "id": award["id"]})
    return counted(application_count, failed) if application_count else NO_INACTIVE_AWARD

"""Amendments are made after what they amend, and before the release.

Applies to each pair of dates:

- the start of the tender period (`tender.tenderPeriod.startDate`) with the dates of `tender.amendments`;
- the `date` of an award with those of its `amendments`;
- the date on which a contract was signed (`dateSigned`) with those of its `amendments`;
- the dates of the amendments of the tender, of awards and of contracts, each with the `date` of the release.

Only the day counts, without time and UTC offset. A pair with a date that can't be read is left out.

Passes if the first date isn't after the second.

Mend it by correcting the date that is wrong; the date of an amendment is when it was made.

>>> check(release(date="2019-03-01", tender={"amendments": [{"date": "2019-02-01"}]}))
passed
>>> check(release(date="2019-03-01", tender={"amendments": [{"date": "2019-04-01"}]}))
failed: path_1='tender.amendments[0].date', value_1='2019-04-01', path_2='date', value_2='2019-03-01'
>>> check(release(date="2019-03-01"))
not applicable: no two dates can be compared
"""

from typing import Final

from checks.compiled_release.date_pairs import compare_all, compare_same_entry, compare_with_release, compared
from checks.release import ANY_DATE, Release, at
from checks.results import Result
from checks.values import Json

VERSION: Final = 1.0
NEEDS: Final = (ANY_DATE,)
TENDER_START: Final = at("tender.tenderPeriod.startDate")
AWARDED: Final = at("awards.date")
SIGNED: Final = at("contracts.dateSigned")
OF_TENDER: Final = at("tender.amendments.date")
OF_AWARDS: Final = at("awards.amendments.date")
OF_CONTRACTS: Final = at("contracts.amendments.date")
OF_ALL: Final = [OF_TENDER, OF_AWARDS, OF_CONTRACTS]


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    failed: list[Json] = []
    application_count = compare_all(release, TENDER_START, OF_TENDER, failed)
    application_count += compare_same_entry(release, AWARDED, OF_AWARDS, failed)
    application_count += compare_same_entry(release, SIGNED, OF_CONTRACTS, failed)
    application_count += compare_with_release(release, OF_ALL, failed)
    return compared(application_count, failed)

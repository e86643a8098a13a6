"""Each period starts before it ends.

Applies to each period with a `startDate` and an `endDate` at `tender.tenderPeriod`, `tender.enquiryPeriod`,
`tender.awardPeriod`, `tender.contractPeriod`, `awards.contractPeriod` and `contracts.period`.

Only the day counts, without time and UTC offset. A period with a date that can't be read is left out.

Passes if the start isn't after the end.

Mend it by correcting the date that is wrong; often the two were swapped, or day and month in one of them.

>>> check(release(tender={"tenderPeriod": {"startDate": "2019-01-01", "endDate": "2019-02-01"}}))
passed
>>> check(release(contracts=[{"period": {"startDate": "2019-02-01", "endDate": "2019-01-01"}}]))
failed: path_1='contracts[0].period.startDate', value_1='2019-02-01',
path_2='contracts[0].period.endDate', value_2='2019-01-01'
>>> check(release(contracts=[{"period": {"startDate": "2019-02-01"}}]))
not applicable: no two dates can be compared
"""

from typing import Final

from checks.compiled_release.date_pairs import compare_all, compare_same_entry, compared
from checks.release import ANY_DATE, PERIODS, Release, at
from checks.results import Result
from checks.values import Json

VERSION: Final = 1.0
NEEDS: Final = (ANY_DATE,)
DATES: Final = [(place, at(f"{place}.startDate"), at(f"{place}.endDate")) for place in PERIODS]
OF_TENDER: Final = [(start, end) for place, start, end in DATES if place.startswith("tender.")]
OF_ENTRIES: Final = [(start, end) for place, start, end in DATES if not place.startswith("tender.")]


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    application_count = 0
    failed: list[Json] = []
    for start, end in OF_TENDER:
        application_count += compare_all(release, start, end, failed)
    for start, end in OF_ENTRIES:
        application_count += compare_same_entry(release, start, end, failed)
    return compared(application_count, failed)

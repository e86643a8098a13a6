"""Milestones are met and modified before the release.

Applies to each `dateModified` and each `dateMet` of the `milestones` of `planning`, `tender`, `contracts` and
`contracts.implementation`, with the `date` of the release.

Only the day counts, without time and UTC offset. A pair with a date that can't be read is left out.

Passes if the first date isn't after the second.

Mend it by correcting the date that is wrong: when a milestone is to be met is its `dueDate`, not its `dateMet`.

>>> check(release(date="2019-03-01", tender={"milestones": [{"dateMet": "2019-02-01"}]}))
passed
>>> check(release(date="2019-03-01", tender={"milestones": [{"dateMet": "2019-04-01"}]}))
failed: path_1='tender.milestones[0].dateMet', value_1='2019-04-01', path_2='date', value_2='2019-03-01'
>>> check(release(date="2019-03-01", tender={"milestones": [{"dueDate": "2019-04-01"}]}))
not applicable: no two dates can be compared
"""

from typing import Final

from checks.compiled_release.date_pairs import compare_with_release, compared
from checks.release import ANY_DATE, MILESTONES, Release, at
from checks.results import Result
from checks.values import Json

VERSION: Final = 1.0
NEEDS: Final = (ANY_DATE,)
DATES: Final = [at(f"{place}.{key}") for place in MILESTONES for key in ("dateModified", "dateMet")]


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    failed: list[Json] = []
    application_count = compare_with_release(release, DATES, failed)
    return compared(application_count, failed)

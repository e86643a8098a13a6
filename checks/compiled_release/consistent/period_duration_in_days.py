"""The duration of each period is the time from its start to its end.

Applies to each period at `tender.tenderPeriod`, `tender.enquiryPeriod`, `tender.awardPeriod`, `tender.contractPeriod`,
`awards.contractPeriod` and `contracts.period` with a `startDate`, an end (`endDate` or, if that isn't a date and time,
`maxExtentDate`) and a `durationInDays` that is a number (as Python's `float` reads it: "2" is one). Of two dates of
which one has no UTC offset, that one is taken to be in UTC.

Passes if `durationInDays` is the time between them in days, to the second, or lies between the whole numbers of days
just below and just above it.

Mend it by computing `durationInDays` from the dates of the period.

>>> check(release(contracts=[{"period": {"startDate": "2019-01-01", "endDate": "2019-01-11", "durationInDays": 10}}]))
passed
>>> check(release(contracts=[{"period": {"startDate": "2019-01-01", "endDate": "2019-01-11", "durationInDays": 1}}]))
failed: contracts[0].period
>>> check(release(contracts=[{"period": {"startDate": "2019-01-01", "endDate": "2019-01-11"}}]))
not applicable: no period has a start, an end and a duration
"""

from typing import Final

from checks.moments import moment, seconds_between
from checks.release import PERIODS, Release, at
from checks.results import Result, counted, not_applicable
from checks.values import Json, number

VERSION: Final = 1.0
PLACES: Final = [at(path) for path in PERIODS]
SECONDS_A_DAY: Final = 86_400
NO_PERIOD: Final = not_applicable("no period has a start, an end and a duration")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    application_count = 0
    failed: list[Json] = []
    found = release.found
    for place in PLACES:
        for path, period in found[place]:
            if type(period) is not dict or "durationInDays" not in period:
                continue
            stated = number(period["durationInDays"])
            start = None if stated is None else moment(period.get("startDate"))
            if stated is None or start is None:
                continue
            end = moment(period.get("endDate")) or moment(period.get("maxExtentDate"))
            if end is None:
                continue
            application_count += 1
            seconds = int(seconds_between(start, end) // 1)
            if not seconds // SECONDS_A_DAY <= stated <= -(-seconds // SECONDS_A_DAY):
                failed.append(path)
    return counted(application_count, failed) if application_count else NO_PERIOD

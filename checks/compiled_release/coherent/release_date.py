"""Nothing in the release happened after the release was published.

Applies to each of these dates, with the `date` of the release: the `date` of amendments of the tender, of awards and of
contracts; the `date` of awards, the `dateSigned` of contracts, and the `date` of their transactions; `dateModified`
and `dateMet` of the milestones of `planning`, `tender`, `contracts` and `contracts.implementation`; `datePublished` and
`dateModified` of the documents of `planning`, `tender`, `awards`, `contracts` and `contracts.implementation`.

Only the day counts, without time and UTC offset. A pair with a date that can't be read is left out.

Passes if it isn't after the release's `date`.

Mend it by setting `date` to when this version of the data was published, and by correcting dates in the future.

>>> check(release(date="2019-03-01", awards=[{"date": "2019-02-01"}]))
passed
>>> check(release(date="2019-03-01", contracts=[{"dateSigned": "2019-04-01"}]))
failed: path_1='contracts[0].dateSigned', value_1='2019-04-01', path_2='date', value_2='2019-03-01'
>>> check(release(awards=[{"date": "2019-02-01"}]))
not applicable: no two dates can be compared
"""

from typing import Final

from checks.compiled_release.date_pairs import compare_with_release, compared
from checks.release import AMENDMENTS, ANY_DATE, DOCUMENTS, MILESTONES, TRANSACTIONS, Release, at
from checks.results import Result
from checks.values import Json

VERSION: Final = 1.0
NEEDS: Final = (ANY_DATE,)
DATES: Final = [
    *(at(f"{amendments}.date") for amendments in AMENDMENTS),
    at("awards.date"),
    at("contracts.dateSigned"),
    at(f"{TRANSACTIONS}.date"),
    *(at(f"{milestones}.{key}") for milestones in MILESTONES for key in ("dateModified", "dateMet")),
    *(at(f"{documents}.{key}") for documents in DOCUMENTS for key in ("datePublished", "dateModified")),
]


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    failed: list[Json] = []
    application_count = compare_with_release(release, DATES, failed)
    return compared(application_count, failed)

"""Documents are published before they are modified, and both before the release.

Applies to each pair of dates of each of the `documents` of `planning`, `tender`, `awards`, `contracts` and
`contracts.implementation`: its `datePublished` with its `dateModified`, and each of them with the `date` of the
release.

Only the day counts, without time and UTC offset. A pair with a date that can't be read is left out.

Passes if the first date isn't after the second.

Mend it by correcting the date that is wrong; `date` is when this version of the data was published.

>>> check(release(date="2019-03-01", tender={"documents": [{"datePublished": "2019-02-01"}]}))
passed
>>> check(release(date="2019-03-01", tender={"documents": [{"datePublished": "2019-04-01"}]}))
failed: path_1='tender.documents[0].datePublished', value_1='2019-04-01', path_2='date', value_2='2019-03-01'
>>> check(release(date="2019-03-01", tender={"documents": [{"title": "A"}]}))
not applicable: no two dates can be compared
"""

from typing import Final

from checks.compiled_release.date_pairs import compare_same_object, compare_with_release, compared
from checks.release import ANY_DATE, DOCUMENTS, Release, at
from checks.results import Result
from checks.values import Json

VERSION: Final = 1.0
NEEDS: Final = (ANY_DATE,)
DATES: Final = [[at(f"{place}.datePublished"), at(f"{place}.dateModified")] for place in DOCUMENTS]


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    application_count = 0
    failed: list[Json] = []
    for published_and_modified in DATES:
        published, modified = published_and_modified
        application_count += compare_same_object(release, published, modified, failed)
        application_count += compare_with_release(release, published_and_modified, failed)
    return compared(application_count, failed)

"""Tender, awards, contracts and payments follow each other in time.

Applies to each pair of dates:

- the end of the tender period (`tender.tenderPeriod.endDate`) with each of: the start of the contract period
  (`tender.contractPeriod.startDate`), the dates of awards (`awards.date`), and the dates on which contracts were signed
  (`contracts.dateSigned`);
- the dates of awards, the dates on which contracts were signed, and the dates of transactions
  (`contracts.implementation.transactions.date`), each with the `date` of the release;
- the date on which a contract was signed with those of its transactions;
- the date of an award with those on which its contracts were signed (their `awardID` is its `id`, as strings).

Only the day counts, without time and UTC offset. A pair with a date that can't be read is left out.

Passes if the first date isn't after the second.

Mend it by correcting the date that is wrong; `date` is when this version of the data was published.

>>> check(release(date="2019-03-01T00:00:00Z", awards=[{"date": "2019-02-01T00:00:00Z"}]))
passed
>>> check(release(date="2019-03-01", awards=[{"date": "2019-04-01"}]))
failed: path_1='awards[0].date', value_1='2019-04-01', path_2='date', value_2='2019-03-01'
>>> check(release(date="2019-03-01", awards=[{"date": "soon"}]))
not applicable: no two dates can be compared
"""

from typing import Final

from checks.compiled_release.date_pairs import compare_all, compare_same_entry, compare_with_release, compared
from checks.release import ANY_DATE, AWARDS, CONTRACTS, TRANSACTIONS, Release, at, bounded, later_pairs
from checks.results import Result
from checks.values import Dated, Json, text

VERSION: Final = 1.0
NEEDS: Final = (ANY_DATE,)
TENDER_END: Final = at("tender.tenderPeriod.endDate")
CONTRACT_START: Final = at("tender.contractPeriod.startDate")
AWARDED: Final = at("awards.date")
SIGNED: Final = at("contracts.dateSigned")
PAID: Final = at(f"{TRANSACTIONS}.date")
OF_ALL: Final = [AWARDED, SIGNED, PAID]


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    failed: list[Json] = []
    application_count = compare_all(release, TENDER_END, CONTRACT_START, failed)
    application_count += compare_all(release, TENDER_END, AWARDED, failed)
    application_count += compare_all(release, TENDER_END, SIGNED, failed)
    application_count += compare_with_release(release, OF_ALL, failed)
    application_count += compare_same_entry(release, SIGNED, PAID, failed)
    application_count += _compare_awards_with_contracts(release, failed)
    return compared(application_count, failed)


def _compare_awards_with_contracts(release: Release, failed: list[Json]) -> int:
    """Compare the date of each award with the dates on which its contracts were signed."""
    if not release.dates[AWARDED] or not release.dates[SIGNED]:
        return 0
    dates_signed = _by_object(release.dates[SIGNED])
    signed: dict[str, list[Dated]] = {}
    for path, contract in release.found[CONTRACTS]:
        if path in dates_signed and "awardID" in contract:
            signed.setdefault(text(contract["awardID"]), []).append(dates_signed[path])
    dates_awarded = _by_object(release.dates[AWARDED])
    application_count = 0
    for path, award in release.found[AWARDS]:
        if path in dates_awarded and "id" in award and (same := signed.get(text(award["id"]))):
            application_count = bounded(application_count + len(same))
            failed.extend(later_pairs([dates_awarded[path]], same))
    return application_count


def _by_object(dates: list[Dated]) -> dict[str, Dated]:
    """Give dates by the paths of the objects that have them; dates in lists are left out."""
    return {date.parent: date for date in dates if not date.path.endswith("]")}

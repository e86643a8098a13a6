"""The contracts of each award add up to within 50 % of the award's value.

Applies to each of the `awards` that is an object with an `id` that no other award has, and that at least one of the
`contracts` names as its `awardID` (both compared as strings), if the `value` of the award and of each of these
contracts has a `currency`, and an `amount` that is a number (as Python's `float` reads it: "2" is one), none of them is
zero, and all are positive or all negative. If their currencies aren't all the same, all are converted to US dollars at
the rates of the day of the release's `date`; an award for which that can't be done is left out.

Passes if the difference between the value of the award and the sum of its contracts is at most half of the former.

Mend it by correcting the amount or the currency that is wrong, or by publishing the contracts that are missing.

>>> check(release(awards=[{"id": "1", "value": {"amount": 100, "currency": "EUR"}}],
...     contracts=[{"awardID": "1", "value": {"amount": 90, "currency": "EUR"}}]))
passed
>>> check(release(awards=[{"id": "1", "value": {"amount": 100, "currency": "EUR"}}],
...     contracts=[{"awardID": "1", "value": {"amount": 40, "currency": "EUR"}}]))
failed: award_id='1', award_amount=100.0, contracts_amount_sum=40.0, currency='EUR'
>>> check(release(awards=[{"id": "1", "value": {"amount": 100, "currency": "EUR"}}]))
not applicable: no contract names an award
>>> check(release(awards=[{"id": "1", "value": {"amount": 100, "currency": "EUR"}}], contracts=[{"awardID": "2"}]))
not applicable: no award has contracts, and amounts that can be compared with theirs
"""

from math import isfinite
from typing import Final

from checks.compiled_release.amounts import Amount, amount_of, deviates, in_one_currency, moment_day, total
from checks.release import Release
from checks.results import Result, counted, not_applicable
from checks.values import Json, text

VERSION: Final = 1.0
NEEDS: Final = ("awards", "contracts")
NO_AWARDS: Final = not_applicable("no award has an id")
NO_CONTRACTS: Final = not_applicable("no contract names an award")
NOT_COMPARABLE: Final = not_applicable("no award has contracts, and amounts that can be compared with theirs")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    awards = by_id(release.data.get("awards"), "id")
    if not awards:
        return NO_AWARDS
    contracts = by_id(release.data.get("contracts"), "awardID")
    if not contracts:
        return NO_CONTRACTS
    application_count = 0
    failed: list[Json] = []
    for award_id, same in awards.items():
        if len(same) > 1 or award_id not in contracts:
            continue
        award = same[0]
        amounts, currency = _comparable(release, [award, *contracts[award_id]])
        if not amounts:
            continue
        expected = amounts[0]
        actual = total(amounts[1:])
        if not isfinite(actual):
            continue
        application_count += 1
        if deviates(expected, actual):
            failed.append(
                {
                    "award_id": award["id"],
                    "award_amount": expected,
                    "contracts_amount_sum": actual,
                    "currency": currency,
                }
            )
    return counted(application_count, failed) if application_count else NOT_COMPARABLE


def by_id(entries: Json, key: str) -> dict[str, list[dict[str, Json]]]:
    """Group the objects of a list by the id at a key, as a string; those without it are left out."""
    grouped: dict[str, list[dict[str, Json]]] = {}
    if type(entries) is list:
        for entry in entries:
            if type(entry) is dict and key in entry:
                value = entry[key]
                written = value if type(value) is str else text(value)
                if written in grouped:
                    grouped[written].append(entry)
                else:
                    grouped[written] = [entry]
    return grouped


def _comparable(release: Release, entries: list[dict[str, Json]]) -> tuple[list[float], Json]:
    """Give the amounts of an award and its contracts, and their currency; no amounts if they can't be compared."""
    amounts: list[Amount] = []
    for entry in entries:
        amount = amount_of(entry.get("value"))
        if amount is None:
            return [], None
        amounts.append(amount)
    numbers, currency = in_one_currency(amounts, release, moment_day)
    if numbers and not min(numbers) > 0 and not max(numbers) < 0:
        return [], None
    return numbers, currency

"""The transactions of each contract add up to at most the contract's value.

Applies to each of the `contracts` with transactions (`implementation.transactions`), if the `value` of the contract and
of each transaction has a `currency`, and an `amount` that is a number (as Python's `float` reads it: "2" is one). If
their currencies aren't all the same, all are converted to US dollars at the rates of the day of the release's `date`; a
contract for which that can't be done is left out, as is one whose transactions add up to more than a floating point
number can hold.

Passes if the sum of the transactions isn't greater than the value of the contract.

Mend it by correcting the amount or the currency that is wrong, or by publishing the contract's value as amended.

>>> paid = {"transactions": [{"value": {"amount": 60, "currency": "EUR"}}]}
>>> check(release(contracts=[{"value": {"amount": 100, "currency": "EUR"}, "implementation": paid}]))
passed
>>> check(release(contracts=[{"value": {"amount": 50, "currency": "EUR"}, "implementation": paid}]))
failed: path='contracts[0]', contract_amount=50.0, transactions_amount_sum=60.0, currency='EUR'
>>> check(release(contracts=[{"implementation": paid}]))
not applicable: no contract has transactions, and amounts that can be compared with theirs
>>> check(release())
not applicable: there are no contracts
"""

from math import inf
from typing import Final

from checks.compiled_release.amounts import Amount, amount_of, in_one_currency, moment_day, total
from checks.release import CONTRACTS, TRANSACTIONS, Release, at
from checks.results import Result, counted, not_applicable
from checks.values import Json, entries

VERSION: Final = 1.0
NEEDS: Final = (TRANSACTIONS,)
AT_TRANSACTIONS: Final = at(TRANSACTIONS)
NO_CONTRACTS: Final = not_applicable("there are no contracts")
NOT_COMPARABLE: Final = not_applicable("no contract has transactions, and amounts that can be compared with theirs")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    contracts = release.found[CONTRACTS]
    if not contracts:
        return NO_CONTRACTS
    if not release.found[AT_TRANSACTIONS]:
        return NOT_COMPARABLE
    application_count = 0
    failed: list[Json] = []
    for path, contract in contracts:
        if type(contract) is not dict:
            continue
        transactions = _transactions(contract)
        if not transactions:
            continue
        amounts, currency = _comparable(release, contract, transactions)
        if not amounts:
            continue
        most = amounts[0]
        actual = total(amounts[1:])
        if actual == inf:
            continue
        application_count += 1
        if actual > most:
            failed.append(
                {"path": path, "contract_amount": most, "transactions_amount_sum": actual, "currency": currency}
            )
    return counted(application_count, failed) if application_count else NOT_COMPARABLE


def _transactions(contract: dict[str, Json]) -> list[Json]:
    """Give what walking `implementation.transactions` inside the contract finds."""
    transactions: list[Json] = []
    for implementation in entries(contract.get("implementation")):
        if type(implementation) is dict and "transactions" in implementation:
            transactions += entries(implementation["transactions"])
    return transactions


def _comparable(release: Release, contract: dict[str, Json], transactions: list[Json]) -> tuple[list[float], Json]:
    """Give the amounts of a contract and its transactions, and their currency; no amounts if they can't be compared."""
    amounts: list[Amount] = []
    for entry in (contract, *transactions):
        amount = amount_of(entry.get("value")) if type(entry) is dict else None
        if amount is None:
            return [], None
        amounts.append(amount)
    return in_one_currency(amounts, release, moment_day)

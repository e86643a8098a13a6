"""Nothing was paid for a contract that is pending or cancelled.

Applies to each of the `contracts` whose `status` is pending or cancelled.

Passes if it has no `implementation.transactions`; anything but a list counts as none.

Mend it by setting the contract's `status` to `active` or `terminated` once transactions are published.

>>> check(release(contracts=[{"status": "pending"}]))
passed
>>> check(release(contracts=[{"status": "pending", "implementation": {"transactions": [{"id": "1"}]}}]))
failed: path='contracts[0]', transactions_count=1
>>> check(release(contracts=[{"status": "active"}]))
not applicable: no contract is pending or cancelled
"""

from typing import Final

from checks.release import CONTRACTS, Release
from checks.results import Result, counted, not_applicable
from checks.values import Json, get_list

VERSION: Final = 1.0
NEEDS: Final = ("contracts",)
INACTIVE: Final = frozenset({"pending", "cancelled"})
NO_INACTIVE_CONTRACT: Final = not_applicable("no contract is pending or cancelled")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    application_count = 0
    failed: list[Json] = []
    for path, contract in release.found[CONTRACTS]:
        if type(contract) is not dict:
            continue
        status = contract.get("status")
        if type(status) is not str or status not in INACTIVE:
            continue
        application_count += 1
        transactions = get_list(contract, "implementation.transactions")
        if transactions:
            failed.append({"path": path, "transactions_count": len(transactions)})
    return counted(application_count, failed) if application_count else NO_INACTIVE_CONTRACT

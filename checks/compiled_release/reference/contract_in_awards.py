"""Each contract belongs to an award that is there.

Applies to each of the `contracts`.

Passes if it has an `awardID`, and exactly one of the `awards` has it as its `id`, as the same type: the string "1"
isn't the number 1. A contract that isn't an object has no `awardID`.

Mend it by publishing the award of each contract, with an `id` of its own, and using that as the contract's `awardID`.

>>> check(release(contracts=[{"awardID": "1"}], awards=[{"id": "1"}]))
passed
>>> check(release(contracts=[{"awardID": 1}], awards=[{"id": "1"}]))
failed: path='contracts[0]', awardID=1,
reason='an award has this id, but as another type: one is a string, the other is not'
>>> check(release(awards=[{"id": "1"}]))
not applicable: there are no contracts
"""

from typing import Final

from checks.compiled_release.references import Reasons, resolve
from checks.release import CONTRACTS, Release
from checks.results import Result, not_applicable

VERSION: Final = 1.0
NEEDS: Final = ("contracts",)
NO_CONTRACTS: Final = not_applicable("there are no contracts")
REASONS: Final = Reasons(
    no_id="the contract has no awardID",
    no_target="no award has an id",
    other_type="an award has this id, but as another type: one is a string, the other is not",
    unknown="no award has this id",
    several="several awards have this id",
)


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    contracts = release.found[CONTRACTS]
    return resolve(contracts, "awardID", release.award_ids, REASONS) if contracts else NO_CONTRACTS

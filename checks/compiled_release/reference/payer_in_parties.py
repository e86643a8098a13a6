"""The payer of each transaction is one of the parties.

Applies to each organization at `contracts.implementation.transactions.payer`.

Passes if it has an `id`, and exactly one of the `parties` has the same `id`, as the same type: the string "1" isn't
the number 1. A reference that isn't an object has no `id`.

Mend it by adding the organization to `parties`, once, and using the `id` that it has there wherever it is referred
to.

>>> check(
...     release(
...         contracts=[{"implementation": {"transactions": [{"payer": {"id": "1"}}]}}],
...         parties=[{"id": "1"}],
...     )
... )
passed
>>> check(
...     release(
...         contracts=[{"implementation": {"transactions": [{"payer": {"id": "1"}}]}}],
...         parties=[{"id": "2"}],
...     )
... )
failed: path='contracts[0].implementation.transactions[0].payer', id='1', reason='no party has this id'
>>> check(release(parties=[{"id": "1"}]))
not applicable: no transaction names its payer
"""

from typing import Final

from checks.compiled_release.references import PARTY_REASONS, resolve
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["payer"]
NEEDS: Final = (PATH,)
REFERENCES: Final = at(PATH)
NO_REFERENCE: Final = not_applicable("no transaction names its payer")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return resolve(references, "id", release.parties, PARTY_REASONS) if references else NO_REFERENCE

"""The payer of each transaction has the same name in the parties.

Applies to each organization at `contracts.implementation.transactions.payer` that is an object with a `name`, and
an `id` that exactly one of the `parties` with a `name` has. The ids are compared as strings, so that the string "1"
is the number 1.

Passes if the names are exactly the same: case, accents and spaces count.

Mend it by giving the payer the `name` that the party has, or by correcting the `id` if another organization is
meant.

>>> check(
...     release(
...         contracts=[{"implementation": {"transactions": [{"payer": {"id": "1", "name": "A"}}]}}],
...         parties=[{"id": "1", "name": "A"}],
...     )
... )
passed
>>> check(
...     release(
...         contracts=[{"implementation": {"transactions": [{"payer": {"id": "1", "name": "A"}}]}}],
...         parties=[{"id": "1", "name": "B"}],
...     )
... )
failed: party={'path': 'parties[0]', 'id': '1', 'name': 'B'},
reference={'path': 'contracts[0].implementation.transactions[0].payer', 'id': '1', 'name': 'A'}
>>> check(
...     release(
...         contracts=[{"implementation": {"transactions": [{"payer": {"id": "1", "name": "A"}}]}}],
...         parties=[{"id": "1"}],
...     )
... )
not applicable: no party has both an id and a name
"""

from typing import Final

from checks.compiled_release.organizations import check_names
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["payer"]
NEEDS: Final = (PATH, "parties")
REFERENCES: Final = at(PATH)
NO_REFERENCE: Final = not_applicable("no transaction names its payer")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return check_names(release, references) if references else NO_REFERENCE

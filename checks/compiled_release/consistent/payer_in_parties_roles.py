"""The payer of each transaction has the role `payer` in the parties.

Applies to each organization at `contracts.implementation.transactions.payer` that is an object with an `id` that
exactly one of the `parties` has. The ids are compared as strings, so that the string "1" is the number 1.

Passes if that party's `roles` are a list that includes `payer`.

Mend it by adding `payer` to the `roles` of the party.

>>> check(
...     release(
...         contracts=[{"implementation": {"transactions": [{"payer": {"id": "1"}}]}}],
...         parties=[{"id": "1", "roles": ["payer"]}],
...     )
... )
passed
>>> check(
...     release(
...         contracts=[{"implementation": {"transactions": [{"payer": {"id": "1"}}]}}],
...         parties=[{"id": "1", "roles": []}],
...     )
... )
failed: party={'path': 'parties[0]', 'id': '1', 'roles': []},
reference={'path': 'contracts[0].implementation.transactions[0].payer', 'id': '1', 'role': 'payer'}
>>> check(release(contracts=[{"implementation": {"transactions": [{"payer": {"id": "1"}}]}}]))
not applicable: no party has an id
"""

from typing import Final

from checks.compiled_release.organizations import check_roles
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["payer"]
NEEDS: Final = (PATH, "parties")
REFERENCES: Final = at(PATH)
ROLE: Final = "payer"
NO_REFERENCE: Final = not_applicable("no transaction names its payer")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return check_roles(release, references, ROLE) if references else NO_REFERENCE

"""The payee of each transaction has the role `payee` in the parties.

Applies to each organization at `contracts.implementation.transactions.payee` that is an object with an `id` that
exactly one of the `parties` has. The ids are compared as strings, so that the string "1" is the number 1.

Passes if that party's `roles` are a list that includes `payee`.

Mend it by adding `payee` to the `roles` of the party.

>>> check(
...     release(
...         contracts=[{"implementation": {"transactions": [{"payee": {"id": "1"}}]}}],
...         parties=[{"id": "1", "roles": ["payee"]}],
...     )
... )
passed
>>> check(
...     release(
...         contracts=[{"implementation": {"transactions": [{"payee": {"id": "1"}}]}}],
...         parties=[{"id": "1", "roles": []}],
...     )
... )
failed: party={'path': 'parties[0]', 'id': '1', 'roles': []},
reference={'path': 'contracts[0].implementation.transactions[0].payee', 'id': '1', 'role': 'payee'}
>>> check(release(contracts=[{"implementation": {"transactions": [{"payee": {"id": "1"}}]}}]))
not applicable: no party has an id
"""

from typing import Final

from checks.compiled_release.organizations import check_roles
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["payee"]
NEEDS: Final = (PATH, "parties")
REFERENCES: Final = at(PATH)
ROLE: Final = "payee"
NO_REFERENCE: Final = not_applicable("no transaction names its payee")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return check_roles(release, references, ROLE) if references else NO_REFERENCE

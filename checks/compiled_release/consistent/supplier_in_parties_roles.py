"""Each supplier of an award has the role `supplier` in the parties.

Applies to each organization at `awards.suppliers` that is an object with an `id` that exactly one of the `parties`
has. The ids are compared as strings, so that the string "1" is the number 1.

Passes if that party's `roles` are a list that includes `supplier`.

Mend it by adding `supplier` to the `roles` of the party.

>>> check(release(awards=[{"suppliers": [{"id": "1"}]}], parties=[{"id": "1", "roles": ["supplier"]}]))
passed
>>> check(release(awards=[{"suppliers": [{"id": "1"}]}], parties=[{"id": "1", "roles": []}]))
failed: party={'path': 'parties[0]', 'id': '1', 'roles': []},
reference={'path': 'awards[0].suppliers[0]', 'id': '1', 'role': 'supplier'}
>>> check(release(awards=[{"suppliers": [{"id": "1"}]}]))
not applicable: no party has an id
"""

from typing import Final

from checks.compiled_release.organizations import check_roles
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["supplier"]
NEEDS: Final = (PATH, "parties")
REFERENCES: Final = at(PATH)
ROLE: Final = "supplier"
NO_REFERENCE: Final = not_applicable("no award names a supplier")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return check_roles(release, references, ROLE) if references else NO_REFERENCE

"""Each tenderer has the role `tenderer` in the parties.

Applies to each organization at `tender.tenderers` that is an object with an `id` that exactly one of the `parties`
has. The ids are compared as strings, so that the string "1" is the number 1.

Passes if that party's `roles` are a list that includes `tenderer`.

Mend it by adding `tenderer` to the `roles` of the party.

>>> check(release(tender={"tenderers": [{"id": "1"}]}, parties=[{"id": "1", "roles": ["tenderer"]}]))
passed
>>> check(release(tender={"tenderers": [{"id": "1"}]}, parties=[{"id": "1", "roles": []}]))
failed: party={'path': 'parties[0]', 'id': '1', 'roles': []},
reference={'path': 'tender.tenderers[0]', 'id': '1', 'role': 'tenderer'}
>>> check(release(tender={"tenderers": [{"id": "1"}]}))
not applicable: no party has an id
"""

from typing import Final

from checks.compiled_release.organizations import check_roles
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["tenderer"]
NEEDS: Final = (PATH, "parties")
REFERENCES: Final = at(PATH)
ROLE: Final = "tenderer"
NO_REFERENCE: Final = not_applicable("the tender names no tenderer")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return check_roles(release, references, ROLE) if references else NO_REFERENCE

"""Each supplier of an award has the same name in the parties.

Applies to each organization at `awards.suppliers` that is an object with a `name`, and an `id` that exactly one of
the `parties` with a `name` has. The ids are compared as strings, so that the string "1" is the number 1.

Passes if the names are exactly the same: case, accents and spaces count.

Mend it by giving the supplier the `name` that the party has, or by correcting the `id` if another organization is
meant.

>>> check(release(awards=[{"suppliers": [{"id": "1", "name": "A"}]}], parties=[{"id": "1", "name": "A"}]))
passed
>>> check(release(awards=[{"suppliers": [{"id": "1", "name": "A"}]}], parties=[{"id": "1", "name": "B"}]))
failed: party={'path': 'parties[0]', 'id': '1', 'name': 'B'},
reference={'path': 'awards[0].suppliers[0]', 'id': '1', 'name': 'A'}
>>> check(release(awards=[{"suppliers": [{"id": "1", "name": "A"}]}], parties=[{"id": "1"}]))
not applicable: no party has both an id and a name
"""

from typing import Final

from checks.compiled_release.organizations import check_names
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["supplier"]
NEEDS: Final = (PATH, "parties")
REFERENCES: Final = at(PATH)
NO_REFERENCE: Final = not_applicable("no award names a supplier")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return check_names(release, references) if references else NO_REFERENCE

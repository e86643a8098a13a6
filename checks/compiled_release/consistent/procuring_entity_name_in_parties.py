"""The tender's procuring entity has the same name in the parties.

Applies to each organization at `tender.procuringEntity` that is an object with a `name`, and an `id` that exactly
one of the `parties` with a `name` has. The ids are compared as strings, so that the string "1" is the number 1.

Passes if the names are exactly the same: case, accents and spaces count.

Mend it by giving the procuring entity the `name` that the party has, or by correcting the `id` if another
organization is meant.

>>> check(release(tender={"procuringEntity": {"id": "1", "name": "A"}}, parties=[{"id": "1", "name": "A"}]))
passed
>>> check(release(tender={"procuringEntity": {"id": "1", "name": "A"}}, parties=[{"id": "1", "name": "B"}]))
failed: party={'path': 'parties[0]', 'id': '1', 'name': 'B'},
reference={'path': 'tender.procuringEntity', 'id': '1', 'name': 'A'}
>>> check(release(tender={"procuringEntity": {"id": "1", "name": "A"}}, parties=[{"id": "1"}]))
not applicable: no party has both an id and a name
"""

from typing import Final

from checks.compiled_release.organizations import check_names
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["procuring_entity"]
NEEDS: Final = (PATH, "parties")
REFERENCES: Final = at(PATH)
NO_REFERENCE: Final = not_applicable("the tender names no procuring entity")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return check_names(release, references) if references else NO_REFERENCE

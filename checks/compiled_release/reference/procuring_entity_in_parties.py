"""The tender's procuring entity is one of the parties.

Applies to the organization at `tender.procuringEntity` (to each of them, if it is a list).

Passes if it has an `id`, and exactly one of the `parties` has the same `id`, as the same type: the string "1" isn't
the number 1. A reference that isn't an object has no `id`.

Mend it by adding the organization to `parties`, once, and using the `id` that it has there wherever it is referred
to.

>>> check(release(tender={"procuringEntity": {"id": "1"}}, parties=[{"id": "1"}]))
passed
>>> check(release(tender={"procuringEntity": {"id": "1"}}, parties=[{"id": "2"}]))
failed: path='tender.procuringEntity', id='1', reason='no party has this id'
>>> check(release(parties=[{"id": "1"}]))
not applicable: the tender names no procuring entity
"""

from typing import Final

from checks.compiled_release.references import PARTY_REASONS, resolve
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["procuring_entity"]
NEEDS: Final = (PATH,)
REFERENCES: Final = at(PATH)
NO_REFERENCE: Final = not_applicable("the tender names no procuring entity")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return resolve(references, "id", release.parties, PARTY_REASONS) if references else NO_REFERENCE

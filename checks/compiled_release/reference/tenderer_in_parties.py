"""Each tenderer is one of the parties.

Applies to each organization at `tender.tenderers`.

Passes if it has an `id`, and exactly one of the `parties` has the same `id`, as the same type: the string "1" isn't
the number 1. A reference that isn't an object has no `id`.

Mend it by adding the organization to `parties`, once, and using the `id` that it has there wherever it is referred
to.

>>> check(release(tender={"tenderers": [{"id": "1"}]}, parties=[{"id": "1"}]))
passed
>>> check(release(tender={"tenderers": [{"id": "1"}]}, parties=[{"id": "2"}]))
failed: path='tender.tenderers[0]', id='1', reason='no party has this id'
>>> check(release(parties=[{"id": "1"}]))
not applicable: the tender names no tenderer
"""

from typing import Final

from checks.compiled_release.references import PARTY_REASONS, resolve
from checks.release import ORGANIZATIONS, Release, at
from checks.results import Result, not_applicable

VERSION: Final = 1.0
PATH: Final = ORGANIZATIONS["tenderer"]
NEEDS: Final = (PATH,)
REFERENCES: Final = at(PATH)
NO_REFERENCE: Final = not_applicable("the tender names no tenderer")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    references = release.found[REFERENCES]
    return resolve(references, "id", release.parties, PARTY_REASONS) if references else NO_REFERENCE

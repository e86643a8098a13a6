"""Each party with a role is named where that role is played.

Applies to each role of each of the `parties` with an `id`, if it is `procuringEntity`, `tenderer`, `supplier`, `payer`
or `payee`. A role that is listed twice counts twice; `buyer` is left out, since a release names one buyer only.

Passes if the party's `id` is among the ids at `tender.procuringEntity`, `tender.tenderers`, `awards.suppliers`,
`contracts.implementation.transactions.payer` or `contracts.implementation.transactions.payee`, whichever is the role's
place. The ids are compared as strings.

Mend it by adding the party where it plays its role, or by removing the role from the party.

>>> check(release(parties=[{"id": "1", "roles": ["supplier"]}], awards=[{"suppliers": [{"id": "1"}]}]))
passed
>>> check(release(parties=[{"id": "1", "roles": ["supplier"]}]))
failed: path='parties[0]', role='supplier', id='1'
>>> check(release(parties=[{"id": "1", "roles": ["buyer"]}]))
not applicable: no party has an id and one of the roles looked at
"""

from typing import Final

from checks.release import ORGANIZATIONS, PARTIES, Release, at
from checks.results import Result, counted, not_applicable
from checks.values import Json, text, texts

VERSION: Final = 1.0
NEEDS: Final = ("parties",)
PLACES: Final[dict[str, int]] = {
    "procuringEntity": at(ORGANIZATIONS["procuring_entity"]),
    "tenderer": at(ORGANIZATIONS["tenderer"]),
    "supplier": at(ORGANIZATIONS["supplier"]),
    "payer": at(ORGANIZATIONS["payer"]),
    "payee": at(ORGANIZATIONS["payee"]),
}
NOWHERE: Final = -1
NO_ROLES: Final = not_applicable("no party has an id and one of the roles looked at")


def check(release: Release) -> Result:
    """Apply the check to one compiled release."""
    application_count = 0
    failed: list[Json] = []
    named: dict[int, set[str]] = {}
    for path, party in release.found[PARTIES]:
        if type(party) is not dict or "id" not in party:
            continue
        roles = party.get("roles")
        if type(roles) is not list:
            continue
        written = text(party["id"])
        for role in roles:
            place = PLACES.get(role, NOWHERE) if type(role) is str else NOWHERE
            if place == NOWHERE:
                continue
            application_count += 1
            ids = named.get(place)
            if ids is None:
                ids = named[place] = texts(release.found[place], "id")
            if written not in ids:
                failed.append((path, role, written))
    return counted(application_count, failed, _not_played) if application_count else NO_ROLES


def _not_played(failed: Json) -> Json:
    path, role, written = failed
    return {"path": path, "role": role, "id": written}

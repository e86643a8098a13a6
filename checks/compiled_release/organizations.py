"""Whether a release says the same of an organization where it refers to it as in its parties.

The bodies of `consistent.*_in_parties_roles` and `consistent.*_name_in_parties`.
"""

from typing import Final

from checks.release import Release
from checks.results import Result, counted, not_applicable
from checks.values import Found, Json, equal, text

NO_PARTIES: Final = not_applicable("no party has an id")
NO_NAMED_PARTIES: Final = not_applicable("no party has both an id and a name")
NO_MATCH: Final = not_applicable("no reference has an id that exactly one party has")
NO_NAMED_MATCH: Final = not_applicable("no reference has a name, and an id that exactly one party with a name has")


def check_roles(release: Release, references: list[Found], role: str) -> Result:
    """Check that each party that is referred to lists the role; ids are compared as strings.

    A reference counts if it is an object with an id that exactly one party has.
    """
    parties = release.parties.by_text
    if not parties:
        return NO_PARTIES
    application_count = 0
    failed: list[Json] = []
    for path, reference in references:
        if type(reference) is not dict or "id" not in reference:
            continue
        value = reference["id"]
        match = parties.get(value if type(value) is str else text(value))
        if match is None:
            continue
        application_count += 1
        party_path, party = match
        roles = party.get("roles")
        if type(roles) is not list:
            roles = []
        if role not in roles:
            failed.append((party_path, party["id"], roles, path, value, role))
    return counted(application_count, failed, _without_role) if application_count else NO_MATCH


def _without_role(failed: Json) -> Json:
    party_path, party_id, roles, path, reference_id, role = failed
    return {
        "party": {"path": party_path, "id": party_id, "roles": roles},
        "reference": {"path": path, "id": reference_id, "role": role},
    }


def check_names(release: Release, references: list[Found]) -> Result:
    """Check that each reference has the name of its party; ids are compared as strings, names by JSON equality.

    Only parties with an id and a name count, and only references with both whose id exactly one such party has.
    """
    parties = release.parties.named
    if not parties:
        return NO_NAMED_PARTIES
    application_count = 0
    failed: list[Json] = []
    for path, reference in references:
        if type(reference) is not dict or "id" not in reference or "name" not in reference:
            continue
        value = reference["id"]
        match = parties.get(value if type(value) is str else text(value))
        if match is None:
            continue
        application_count += 1
        party_path, party = match
        if not equal(reference["name"], party["name"]):
            failed.append((party_path, party, path, reference))
    return counted(application_count, failed, _otherwise_named) if application_count else NO_NAMED_MATCH


def _otherwise_named(failed: Json) -> Json:
    party_path, party, path, reference = failed
    return {
        "party": {"path": party_path, "id": party["id"], "name": party["name"]},
        "reference": {"path": path, "id": reference["id"], "name": reference["name"]},
    }

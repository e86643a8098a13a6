"""Whether what is referred to by its id exists: the body of the checks of the group `reference`."""

from typing import Final, NamedTuple

from checks.release import Ids
from checks.results import Result, counted
from checks.values import Found, Json, identity, text


class Reasons(NamedTuple):
    """What to say in each of the five ways in which a reference can fail."""

    no_id: str
    no_target: str
    other_type: str
    unknown: str
    several: str


def resolve(references: list[Found], key: str, targets: Ids, reasons: Reasons) -> Result:
    """Look for each reference's id, at `key`, among the ids of the targets; exactly one of them must equal it.

    An id is compared with its type, by JSON equality. A reference that isn't an object has none.
    """
    counts = targets.counts
    failed: list[Json] = []
    for path, reference in references:
        if type(reference) is dict and key in reference:
            value = reference[key]
            count = counts.get(value if type(value) is str else identity(value), 0)
            if count == 1:
                continue
            if count:
                reason = reasons.several
            elif not counts:
                reason = reasons.no_target
            else:
                reason = reasons.other_type if text(value) in targets.texts else reasons.unknown
            failed.append((path, key, value, reason))
        else:
            failed.append((path, key, None, reasons.no_id))
    return counted(len(references), failed, _unresolved)


def _unresolved(failed: Json) -> Json:
    path, key, value, reason = failed
    return {"path": path, key: value, "reason": reason}


PARTY_REASONS: Final = Reasons(
    no_id="the reference has no id",
    no_target="no party has an id",
    other_type="a party has this id, but as another type: one is a string, the other is not",
    unknown="no party has this id",
    several="several parties have this id",
)
"""The reasons of a reference to a party."""

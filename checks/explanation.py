"""Says of a failing compiled release-level result where in the release it is, what is there, and what is wrong."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from checks.results import Result
from checks.values import Json


class Failure(NamedTuple):
    """One failing place: the concrete path (empty: the release), the value there, and the reason."""

    path: str
    value: Json
    reason: str


def failures(result: Result) -> list[Failure]:
    """Give the failing places of a result: one for each of its failed paths, one for a check that applies once."""
    meta = result.meta or {}
    if "failed_paths" in meta:
        return [_failed_path(failed) for failed in meta["failed_paths"]]
    paths = {"numberOfTenderers": "tender.numberOfTenderers", "tender.value": "tender.value"}
    first = next((key for key in paths if key in meta), "")
    return [Failure(paths.get(first, "tender.status"), meta.get(first), _listed(meta))]


def _failed_path(failed: Json) -> Failure:
    if type(failed) is not dict:
        return Failure(str(failed), None, "the days between start and end are not durationInDays")
    if "path_1" in failed:
        reason = f"is after {failed['path_2']}, {failed['value_2']}"
        return Failure(failed["path_1"], failed["value_1"], reason)
    if "reference" in failed:
        return _reference(failed["party"], failed["reference"])
    if "award_id" in failed:
        return Failure("awards", failed["award_id"], _listed(failed, but="award_id"))
    for key in ("id", "awardID"):
        if key in failed:
            return Failure(failed["path"], failed[key], failed.get("reason") or _listed(failed, but="path"))
    return Failure(failed["path"], failed.get("amount", failed.get("status")), _listed(failed, but="path"))


def _reference(party: Mapping[str, Any], reference: Mapping[str, Any]) -> Failure:
    if "role" in reference:
        reason = f"the party {party['path']} does not have the role {reference['role']}"
        return Failure(reference["path"], reference["id"], reason)
    return Failure(reference["path"], reference["name"], f"the party {party['path']} has another name: {party['name']}")


def _listed(values: Mapping[str, Any], but: str = "") -> str:
    return ", ".join(f"{key}: {value}" for key, value in values.items() if key != but)

"""Releases of one contracting process, merged into its compiled release."""

import warnings
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from checks.values import Json

if TYPE_CHECKING:
    from ocdsmerge import Merger

_OMIT: Final = "omitWhenMerged"
_WHOLE: Final = "wholeListMerge"
_RULES: Final[dict[str, str]] = {
    # OCDS 1.1: what describes a single release and not the process.
    "id": _OMIT,
    "date": _OMIT,
    "tag": _OMIT,
    # OCDS 1.1: lists that are replaced as a whole, since their entries are no objects, or objects without an `id` or
    # with one that doesn't tell them apart. All other lists are merged by the `id` of their entries.
    "awards.amendment.changes": _WHOLE,
    "awards.amendments.changes": _WHOLE,
    "awards.items.additionalClassifications": _WHOLE,
    "awards.suppliers.additionalIdentifiers": _WHOLE,
    "buyer.additionalIdentifiers": _WHOLE,
    "contracts.amendment.changes": _WHOLE,
    "contracts.amendments.changes": _WHOLE,
    "contracts.implementation.transactions.payee.additionalIdentifiers": _WHOLE,
    "contracts.implementation.transactions.payer.additionalIdentifiers": _WHOLE,
    "contracts.items.additionalClassifications": _WHOLE,
    "contracts.relatedProcesses.relationship": _WHOLE,
    "parties.additionalIdentifiers": _WHOLE,
    "parties.roles": _WHOLE,
    "relatedProcesses.relationship": _WHOLE,
    "tender.additionalProcurementCategories": _WHOLE,
    "tender.amendment.changes": _WHOLE,
    "tender.amendments.changes": _WHOLE,
    "tender.items.additionalClassifications": _WHOLE,
    "tender.procuringEntity.additionalIdentifiers": _WHOLE,
    "tender.submissionMethod": _WHOLE,
    "tender.tenderers.additionalIdentifiers": _WHOLE,
}
_LONGEST: Final = 200


class CannotMerge(Exception):  # noqa: N818
    """Releases can't be merged; the message says why."""


class Merged(NamedTuple):
    """A compiled release; or a single release as it stands, with the reason why it couldn't be made into one."""

    release: Json
    unmerged: str | None


def merge(releases: list[Json]) -> Json:
    """Merge the releases of one process, by date as text, into its compiled release.

    By the merge routine of OCDS 1.1: later values replace earlier ones, and entries of lists are matched by their `id`.
    Raises `CannotMerge`.
    """
    for release in releases:
        if type(release) is not dict:
            raise CannotMerge("a release is not an object")
        if type(release.get("ocid")) is not str:
            raise CannotMerge("a release has no ocid, or one that is not text")
        if type(release.get("date")) is not str:
            raise CannotMerge("a release has no date, or one that is not text")
    if not releases:
        raise CannotMerge("there are no releases")
    if len({release["ocid"] for release in releases}) > 1:
        raise CannotMerge("the releases have different ocids")
    return _merged(releases)


def _merged(releases: list[Json]) -> Json:
    from ocdsmerge.exceptions import OCDSMergeError  # noqa: PLC0415 as in _merger

    try:
        with warnings.catch_warnings():
            # Entries with the same id in one release: the last one counts.
            warnings.simplefilter("ignore")
            return _merger().create_compiled_release(releases)
    except OCDSMergeError as error:
        # The message quotes values, which can be long.
        message = str(error)
        raise CannotMerge(message if len(message) <= _LONGEST else f"{message[:_LONGEST]}\u2026") from None
    except (TypeError, ValueError, AttributeError, KeyError, RecursionError) as error:
        # What the merger doesn't foresee are values of one type in one release and of another in the next, and objects
        # or lists as ids.
        raise CannotMerge(_because(error)) from None


@cache
def _merger() -> "Merger":
    from ocdsmerge import Merger  # noqa: PLC0415 an HTTP client comes with it, and most releases are compiled already

    # With rules given, the merger asks for no schema: nothing is fetched.
    return Merger(merge_rules={tuple(path.split(".")): rule for path, rule in _RULES.items()})


def compiled(releases: list[Json]) -> Merged:
    """Merge the releases of one process; a single one that can't be is given as it stands, if it is an object.

    Raises `CannotMerge`.
    """
    try:
        return Merged(merge(releases), None)
    except CannotMerge as reason:
        if len(releases) == 1 and type(releases[0]) is dict:
            return Merged(releases[0], str(reason))
        raise


def _because(error: Exception) -> str:
    message = str(error)
    if "unhashable" in message:
        return "an `id` in a list is an object or a list"
    return f"a field has values of different types in the releases ({message[:_LONGEST]})"

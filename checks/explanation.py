"""Says of a failing compiled release-level result where in the release it is, what is there, and what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from checks.results import Result
from checks.values import Json

Details = Mapping[str, Any]
"""A failed path, or the `meta` of a check that applies once."""


class Failure(NamedTuple):
    """One failing place: the concrete path (empty: the release), the value there, and the reason."""

    path: str
    value: Json
    reason: str


def failures(result: Result) -> list[Failure]:
    """Give the failing places of a result: one for each of its failed paths, one for a check that applies once."""
    meta = result.meta or {}
    return [_failure(failed) for failed in meta["failed_paths"]] if "failed_paths" in meta else [_failure(meta)]


def _failure(failed: Json) -> Failure:
    if type(failed) is not dict:
        return Failure(str(failed), None, "the days between start and end are not durationInDays")
    for keys, explain in _EXPLANATIONS:
        if all(key in failed for key in keys):
            return explain(failed)
    return Failure(str(failed.get("path", "")), None, ", ".join(f"{key}: {value}" for key, value in failed.items()))


def _tender_status(failed: Details) -> Failure:
    awards, contracts = failed["awards_count"], failed["contracts_count"]
    return Failure("tender.status", None, f"but there are {awards} awards and {contracts} contracts")


def _listed_tenderers(failed: Details) -> Failure:
    number = failed["numberOfTenderers"]
    return Failure("tender.numberOfTenderers", number, f"but {failed['len(tenderers)']} tenderers are listed")


def _direct(failed: Details) -> Failure:
    return Failure("tender.numberOfTenderers", failed["numberOfTenderers"], "but the procedure is a direct one")


def _budget(failed: Details) -> Failure:
    return Failure("tender.value", failed["tender.value"], f"but the budget is {failed['planning.budget.amount']}")


def _dates(failed: Details) -> Failure:
    return Failure(failed["path_1"], failed["value_1"], f"is after {failed['path_2']}, {failed['value_2']}")


def _party(failed: Details) -> Failure:
    party, reference = failed["party"], failed["reference"]
    if "role" in reference:
        reason = f"the party at {party['path']} does not have the role {reference['role']}"
        return Failure(reference["path"], reference["id"], reason)
    reason = f"the party at {party['path']} has another name: {party['name']}"
    return Failure(reference["path"], reference["name"], reason)


def _role(failed: Details) -> Failure:
    return Failure(failed["path"], failed["id"], f"has the role {failed['role']}, but is not named where it is played")


def _resolved(failed: Details) -> Failure:
    return Failure(failed["path"], failed["awardID"] if "awardID" in failed else failed["id"], failed["reason"])


def _inactive_award(failed: Details) -> Failure:
    return Failure(failed["path"], failed["id"], "a contract belongs to this award, which is not active")


def _transactions(failed: Details) -> Failure:
    return Failure(failed["path"], None, f"has {failed['transactions_count']} transactions")


def _milestone(failed: Details) -> Failure:
    return Failure(failed["path"], failed["status"], "but there is a date on which it was met")


def _award_amount(failed: Details) -> Failure:
    most, actual, currency = failed["award_amount"], failed["contracts_amount_sum"], failed["currency"]
    reason = f"the award with this id is worth {most}, its contracts {actual} {currency} together"
    return Failure("awards", failed["award_id"], reason)


def _contract_amount(failed: Details) -> Failure:
    most, actual, currency = failed["contract_amount"], failed["transactions_amount_sum"], failed["currency"]
    return Failure(failed["path"], most, f"its transactions add up to {actual} {currency}")


def _amount(failed: Details) -> Failure:
    return Failure(failed["path"], failed["amount"], f"{failed['currency']} are more than five billion US dollars")


_EXPLANATIONS: Final[Sequence[tuple[Sequence[str], Callable[[Details], Failure]]]] = (
    (("path_1", "path_2"), _dates),
    (("party", "reference"), _party),
    (("path", "reason"), _resolved),
    (("path", "role"), _role),
    (("path", "transactions_count"), _transactions),
    (("path", "transactions_amount_sum"), _contract_amount),
    (("path", "status"), _milestone),
    (("path", "amount"), _amount),
    (("path", "id"), _inactive_award),
    (("award_id", "award_amount"), _award_amount),
    (("contracts_count", "awards_count"), _tender_status),
    (("numberOfTenderers", "len(tenderers)"), _listed_tenderers),
    (("numberOfTenderers",), _direct),
    (("tender.value", "planning.budget.amount"), _budget),
)
"""How a failure is told by the keys of its details; the first that fits."""

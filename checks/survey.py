"""Reads a compiled release once, and finds all that several checks look at: what is at certain paths, and dates."""

from collections.abc import Mapping
from typing import Final

from checks.values import Dated, Found, Json, day

ORGANIZATIONS: Final[Mapping[str, str]] = {
    "supplier": "awards.suppliers",
    "tenderer": "tender.tenderers",
    "buyer": "buyer",
    "procuring_entity": "tender.procuringEntity",
    "payer": "contracts.implementation.transactions.payer",
    "payee": "contracts.implementation.transactions.payee",
}
"""Where a release refers to its parties, by who they are."""
DOCUMENTS: Final = tuple(
    f"{place}.documents" for place in ("planning", "tender", "awards", "contracts", "contracts.implementation")
)
MILESTONES: Final = tuple(
    f"{place}.milestones" for place in ("planning", "tender", "contracts", "contracts.implementation")
)
AMENDMENTS: Final = ("tender.amendments", "awards.amendments", "contracts.amendments")
PERIODS: Final = (
    "tender.tenderPeriod",
    "tender.enquiryPeriod",
    "tender.awardPeriod",
    "tender.contractPeriod",
    "awards.contractPeriod",
    "contracts.period",
)
VALUES: Final = (
    "tender.value",
    "tender.minValue",
    "awards.value",
    "contracts.value",
    "planning.budget.amount",
    "contracts.implementation.transactions.value",
)
RELATED_PROCESSES: Final = ("relatedProcesses", "contracts.relatedProcesses")
TRANSACTIONS: Final = "contracts.implementation.transactions"

FOUND: Final = (
    "parties",
    *ORGANIZATIONS.values(),
    "awards",
    "contracts",
    "contracts.implementation",
    TRANSACTIONS,
    *DOCUMENTS,
    *MILESTONES,
    *AMENDMENTS,
    *PERIODS,
    *VALUES,
    *RELATED_PROCESSES,
)
"""The dotted paths at which a survey finds everything."""

DATED: Final = (
    "awards.date",
    "contracts.dateSigned",
    f"{TRANSACTIONS}.date",
    *(f"{documents}.{key}" for documents in DOCUMENTS for key in ("datePublished", "dateModified")),
    *(f"{milestones}.{key}" for milestones in MILESTONES for key in ("dateModified", "dateMet")),
    *(f"{amendments}.date" for amendments in AMENDMENTS),
    *(f"{period}.{key}" for period in PERIODS for key in ("startDate", "endDate")),
)
"""The dotted paths at which a survey finds dates, besides the release's own `date`."""


class _Place:
    """A dotted path where there are things to look at, and what to look for in those that are objects.

    `dates` and `places` have a key, what the key adds to a concrete path, and what is there.
    """

    __slots__ = ("collected", "dates", "dotted", "entered", "places")

    def __init__(self, dotted: str) -> None:
        self.dotted = dotted
        self.collected = dotted in FOUND
        dot = "." if dotted else ""
        prefix = dotted + dot
        keys = {path[len(prefix) :].split(".")[0]: None for path in (*FOUND, *DATED) if path.startswith(prefix)}
        self.dates: tuple[tuple[str, str, str], ...] = tuple(
            (key, dot + key, prefix + key) for key in keys if prefix + key in DATED
        )
        self.places: tuple[tuple[str, str, _Place], ...] = tuple(
            (key, dot + key, _Place(prefix + key)) for key in keys if prefix + key not in DATED
        )
        self.entered = bool(keys)


_RELEASE: Final = _Place("")
_NONE: Final[list[Found]] = []
_NOTHING_FOUND: Final[dict[str, list[Found]]] = dict.fromkeys(FOUND, _NONE)


class Survey:
    """What was found in a release.

    `found` has by dotted path (each of `FOUND`) the `(concrete path, value)` pairs that walking that path yields;
    `dates` by those dotted paths (of `DATED`) at which some parse as a day, these: their concrete path, string and day.
    `date` has the release's own date likewise.
    """

    __slots__ = ("date", "dates", "found")

    def __init__(self, release: dict[str, Json]) -> None:
        self.found: dict[str, list[Found]] = _NOTHING_FOUND.copy()
        self.dates: dict[str, list[Dated]] = {}
        self.date: list[Dated] = dated("date", release.get("date"))
        self._enter(release, "", _RELEASE)

    def _enter(self, entered: dict[str, Json], path: str, place: _Place) -> None:
        """Add what is in an object at a place: its dates, and what is at the places below it."""
        for key, added, dotted in place.dates:
            if key in entered:
                here = dated(path + added, entered[key])
                if dotted in self.dates:
                    self.dates[dotted] += here
                elif here:
                    self.dates[dotted] = here
        for key, added, below in place.places:
            if key in entered:
                value = entered[key]
                if type(value) is list:
                    self._add([(f"{path}{added}[{index}]", entry) for index, entry in enumerate(value)], below)
                else:
                    self._add([(path + added, value)], below)

    def _add(self, here: list[Found], place: _Place) -> None:
        """Add what is at a place, and what is in those of it that are objects."""
        if place.collected and here:
            known = self.found[place.dotted]
            self.found[place.dotted] = known + here if known else here
        if place.entered:
            for path, value in here:
                if type(value) is dict:
                    self._enter(value, path, place)


def dated(path: str, value: Json) -> list[Dated]:
    """Give the date at a path, or those among the entries of a list there, that parse as a day."""
    when = day(value)
    if when is not None:
        return [(path, value, when)]
    if type(value) is list:
        return [(f"{path}[{i}]", entry, when) for i, entry in enumerate(value) if (when := day(entry)) is not None]
    return []

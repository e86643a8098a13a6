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
    """One key of the dotted paths above, and the keys below it."""

    __slots__ = ("collected", "dated", "dotted", "key", "places")

    def __init__(self, key: str, dotted: str) -> None:
        self.key = key
        self.dotted = dotted
        self.collected = dotted in FOUND
        self.dated = dotted in DATED
        prefix = f"{dotted}." if dotted else ""
        keys = {path[len(prefix) :].split(".")[0]: None for path in (*FOUND, *DATED) if path.startswith(prefix)}
        self.places: tuple[_Place, ...] = tuple(_Place(below, prefix + below) for below in keys)


_RELEASE: Final = _Place("", "").places
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

    def _enter(self, entered: dict[str, Json], prefix: str, places: tuple[_Place, ...]) -> None:
        """Take what an object has at places."""
        for place in places:
            key = place.key
            if key in entered:
                value = entered[key]
                if type(value) is list:
                    path = prefix + key
                    for index, entry in enumerate(value):
                        self._take(place, f"{path}[{index}]", entry)
                else:
                    self._take(place, prefix + key, value)

    def _take(self, place: _Place, path: str, value: Json) -> None:
        """Add a value at a place, or the date that it is, and enter it if it is an object."""
        if place.dated:
            when = day(value)
            if when is not None:
                if place.dotted in self.dates:
                    self.dates[place.dotted].append((path, value, when))
                else:
                    self.dates[place.dotted] = [(path, value, when)]
            return
        if place.collected:
            known = self.found[place.dotted]
            if known:
                known.append((path, value))
            else:
                self.found[place.dotted] = [(path, value)]
        if place.places and type(value) is dict:
            self._enter(value, path + ".", place.places)


def dated(path: str, value: Json) -> list[Dated]:
    """Give the date at a path, or those among the entries of a list there, that parse as a day."""
    when = day(value)
    if when is not None:
        return [(path, value, when)]
    if type(value) is list:
        return [(f"{path}[{i}]", entry, when) for i, entry in enumerate(value) if (when := day(entry)) is not None]
    return []

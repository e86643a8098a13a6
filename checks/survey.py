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


_KEPT: Final = 30
"""How many entries of a list have their places kept."""
_KEPT_LEVELS: Final = 2
"""In how many lists, one in another, they are kept."""


class _Place:
    """A concrete path, and what is looked for there.

    Places are kept, since most releases have the same ones, and writing a path takes longer than looking what is there.
    `collected` says whether all that is there is found, `entered` whether something is looked for in an object there:
    at the keys `dates` for dates, at the keys `places` for the rest.
    """

    __slots__ = ("collected", "dates", "dotted", "entered", "entries", "entry", "path", "places")

    def __init__(self, dotted: str, path: str) -> None:
        self.dotted = dotted
        self.path = path
        self.entry = path.partition(".")[0]
        self.collected = dotted in _NOTHING_FOUND
        self.entered = dotted in _BELOW
        self.entries = _NO_ENTRIES
        self.places: tuple[tuple[str, _Place], ...] | None = None
        self.dates: tuple[tuple[str, _Place], ...] = ()

    def look_below(self) -> "tuple[tuple[str, _Place], ...]":
        """Make `dates` and `places`, and give the latter."""
        prefix = f"{self.path}." if self.path else ""
        dates, places = _BELOW[self.dotted]
        self.dates = tuple([(key, _Place(dotted, prefix + key)) for key, dotted in dates])
        self.places = tuple([(key, _Place(dotted, prefix + key)) for key, dotted in places])
        return self.places

    def of_entries(self, count: int) -> "list[_Place]":
        """Give the places of at least so many entries of a list here."""
        entries = self.entries
        if count > len(entries):
            entries = entries + [_Place(self.dotted, f"{self.path}[{index}]") for index in range(len(entries), count)]
            if self.path.count("[") < _KEPT_LEVELS:
                self.entries = entries[:_KEPT]
        return entries


_Keys = tuple[tuple[str, str], ...]


def _below() -> dict[str, tuple[_Keys, _Keys]]:
    """Give by dotted path what is looked for in an object there: the keys of dates, and others, with dotted paths."""
    below: dict[str, tuple[dict[str, str], dict[str, str]]] = {}
    for path in (*FOUND, *DATED):
        dotted = ""
        for key in path.split("."):
            further = f"{dotted}.{key}" if dotted else key
            dates, places = below.setdefault(dotted, ({}, {}))
            (dates if further in DATED else places)[key] = further
            dotted = further
    return {dotted: (tuple(dates.items()), tuple(places.items())) for dotted, (dates, places) in below.items()}


_NONE: Final[list[Found]] = []
_NOTHING_FOUND: Final[dict[str, list[Found]]] = dict.fromkeys(FOUND, _NONE)
_NO_ENTRIES: Final[list[_Place]] = []
_BELOW: Final = _below()
_RELEASE: Final = _Place("", "")


class Survey:
    """What was found in a release.

    `found` has by dotted path (each of `FOUND`) the `(concrete path, value)` pairs that walking that path yields;
    `dates` has by dotted path (of `DATED`) the dates there that parse as a day, if there are some. `date` has the
    release's own date likewise.
    """

    __slots__ = ("date", "dates", "found")

    def __init__(self, release: dict[str, Json]) -> None:
        found = _NOTHING_FOUND.copy()
        self.found = found
        self.dates: dict[str, list[Dated]] = {}
        self.date = dated("date", release.get("date"), _RELEASE)
        objects = [(release, _RELEASE)]
        for entered, here in objects:  # which grows; what is at one dotted path stays in order
            places = here.places
            for key, place in here.look_below() if places is None else places:
                if key in entered:
                    value = entered[key]
                    if type(value) is list:
                        self._take_entries(value, place, objects)
                        continue
                    if place.collected:
                        known = found[place.dotted]
                        if known:
                            known.append((place.path, value))
                        else:
                            found[place.dotted] = [(place.path, value)]
                    if place.entered and type(value) is dict:
                        objects.append((value, place))
            if here.dates:
                self._take_dates(entered, here)

    def _take_entries(self, entries: list[Json], place: _Place, objects: list[tuple[dict[str, Json], _Place]]) -> None:
        """Take the entries of a list at a place, and add those that are to be entered."""
        places = place.entries
        if len(entries) > len(places):
            places = place.of_entries(len(entries))
        known = self.found[place.dotted] if place.collected else None
        if known is _NONE:
            known = self.found[place.dotted] = []
        index = 0
        for entry in entries:
            below = places[index]
            index += 1  # noqa: SIM113 faster than `enumerate`, of which so short a list makes little use
            if known is not None:
                known.append((below.path, entry))
            if below.entered and type(entry) is dict:
                objects.append((entry, below))

    def _take_dates(self, entered: dict[str, Json], place: _Place) -> None:
        """Take the dates in an object at a place."""
        dates = self.dates
        path = place.path
        entry = place.entry
        for key, below in place.dates:
            if key in entered:
                value = entered[key]
                when = day(value)
                if when is not None:
                    if below.dotted in dates:
                        dates[below.dotted].append((below.path, value, when, path, entry))
                    else:
                        dates[below.dotted] = [(below.path, value, when, path, entry)]
                elif type(value) is list and (some := dated(below.path, value, place)):
                    dates.setdefault(below.dotted, []).extend(some)


def dated(path: str, value: Json, place: _Place) -> list[Dated]:
    """Give the date at a path in an object at a place, or those among the entries of a list, that parse as a day."""
    when = day(value)
    if when is not None:
        return [(path, value, when, place.path, place.entry)]
    if type(value) is not list:
        return []
    return [
        (f"{path}[{index}]", entry, when, place.path, place.entry)
        for index, entry in enumerate(value)
        if (when := day(entry)) is not None
    ]

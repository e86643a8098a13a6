"""Reads a compiled release once, and finds all that several checks look at: what is at certain paths, and dates."""

from collections.abc import Mapping
from typing import Final

from checks.days import day
from checks.values import Dated, Found, Json, own_key

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

ANY_DATE: Final = "any date"
"""Stands for all of these, where paths are asked for at which something is: a date is at one of them."""
BITS: Final = {path: 1 << number for number, path in enumerate((*FOUND, ANY_DATE))}
"""What stands for each path, or for any date, in the set of those at which something is."""
_ANY_DATE: Final = BITS[ANY_DATE]


_INDICES: Final = {path: index for paths in (FOUND, DATED) for index, path in enumerate(paths)}


def at(path: str) -> int:
    """Give where in what a survey finds is what is at a dotted path; raises `KeyError` if it finds nothing there."""
    return _INDICES[path]


PARTIES: Final = at("parties")
AWARDS: Final = at("awards")
CONTRACTS: Final = at("contracts")


_Keys = tuple[tuple[str, str], ...]


def _below() -> list[dict[str, _Keys]]:
    """Give by dotted path of an object the keys looked for in it, with their dotted paths: dates, then all others."""
    dates: dict[str, dict[str, str]] = {}
    places: dict[str, dict[str, str]] = {}
    for path in (*FOUND, *DATED):
        dotted = ""
        for key in path.split("."):
            further = f"{dotted}.{key}" if dotted else key
            (dates if further in DATED else places).setdefault(dotted, {})[own_key(key)] = further
            dotted = further
    return [{dotted: tuple(keys.items()) for dotted, keys in below.items()} for below in (dates, places)]


_DATES_BELOW, _PLACES_BELOW = _below()
_KEPT: Final = 30
"""How many entries of a list have their places kept."""
_KEPT_LEVELS: Final = 2
"""In how many lists, one in another, they are kept."""


class Place:
    """A concrete path, and what is looked for there.

    Places are kept, since most releases have the same ones, and writing a path takes longer than looking what is
    there. `bit` is one of `BITS` if what is there is found, else 0, and `index` says where it is put if it is found or
    a date. `dated` says whether dates are looked for in an object there, `entered` whether anything else is. `dates`
    and `places` have the keys of these, and `entries` the places of a list's entries, as far as they were asked for.
    """

    __slots__ = ("bit", "dated", "dates", "dotted", "entered", "entries", "entry", "index", "path", "places")

    def __init__(self, dotted: str, path: str) -> None:
        self.dotted = dotted
        self.path = path
        self.entry = ""
        self.bit = BITS.get(dotted, 0)
        self.index = _INDICES.get(dotted, -1)
        self.dated = dotted in _DATES_BELOW
        self.entered = dotted in _PLACES_BELOW
        self.dates = _NO_KEYS
        self.places = _NO_KEYS
        self.entries = _NO_ENTRIES

    def find_dates(self) -> "_Places":
        """Make and give `dates`, and make `entry`, the first segment of the path."""
        self.entry = self.path.partition(".")[0]
        self.dates = self._look_below(_DATES_BELOW[self.dotted])
        return self.dates

    def find_places(self) -> "_Places":
        """Make and give `places`."""
        self.places = self._look_below(_PLACES_BELOW[self.dotted])
        return self.places

    def _look_below(self, keys: _Keys) -> "_Places":
        prefix = f"{self.path}." if self.path else ""
        return tuple([(key, Place(dotted, prefix + key)) for key, dotted in keys])

    def find_entries(self, count: int) -> "list[Place]":
        """Make and give more `entries`, at least as many as there are in a list."""
        more = [Place(self.dotted, f"{self.path}[{index}]") for index in range(len(self.entries), count)]
        entries = self.entries + more
        if self.path.count("[") < _KEPT_LEVELS:
            self.entries = entries[:_KEPT]
        return entries


_Places = tuple[tuple[str, Place], ...]
_Object = tuple[dict[str, Json], Place]
_NO_KEYS: Final[_Places] = ()
_NO_ENTRIES: Final[list[Place]] = []
_NONE: Final[list[Found]] = []
_NOTHING_FOUND: Final[list[list[Found]]] = [_NONE] * len(FOUND)
_NO_DATE: Final[list[Dated]] = []
_NO_DATES: Final[list[list[Dated]]] = [_NO_DATE] * len(DATED)
_RELEASE: Final = Place("", "")
_ABSENT: Final = object()


def survey(release: dict[str, Json]) -> tuple[list[list[Found]], int, list[list[Dated]]]:
    """Find what is in a release.

    The first has for each dotted path of `FOUND` the `(concrete path, value)` pairs that walking that path yields, the
    second the `BITS` of those at which something is; the third for each of `DATED` the dates there that parse as a day.
    """
    there = 0
    found = _NOTHING_FOUND.copy()
    dates = _NO_DATES.copy()
    objects = [(release, _RELEASE)]
    for entered, here in objects:  # which grows; what is at one dotted path stays in order
        for key, place in here.places or here.find_places():
            value = entered.get(key, _ABSENT)
            if value is _ABSENT:
                continue
            if type(value) is list:
                there |= _take_entries(value, place, found, dates, objects)
                continue
            if place.bit:
                there |= place.bit
                known = found[place.index]
                if known:
                    known.append((place.path, value))
                else:
                    found[place.index] = [(place.path, value)]
            if type(value) is dict:
                if place.dated:
                    there |= _take_dates(value, place, dates)
                if place.entered:
                    objects.append((value, place))
    return found, there, dates


def _take_entries(
    entries: list[Json],
    place: Place,
    found: list[list[Found]],
    dates: list[list[Dated]],
    objects: list[_Object],
) -> int:
    """Take the entries of a list at a place, and add those that are to be entered; give the bits of what is there."""
    if not entries:
        return 0
    places = place.entries
    if len(entries) > len(places):
        places = place.find_entries(len(entries))
    known = found[place.index] if place.bit else []
    if known is _NONE:
        known = found[place.index] = []
    there = place.bit
    dated = place.dated
    entered = place.entered
    index = 0
    for entry in entries:
        below = places[index]
        index += 1  # noqa: SIM113 faster than `enumerate`, of which so short a list makes little use
        known.append((below.path, entry))
        if type(entry) is dict:
            if dated:
                there |= _take_dates(entry, below, dates)
            if entered:
                objects.append((entry, below))
    return there


def _take_dates(entered: dict[str, Json], place: Place, dates: list[list[Dated]]) -> int:
    """Take the dates in an object at a place; give the bit of any date if there are some."""
    there = 0
    for key, below in place.dates or place.find_dates():
        value = entered.get(key)
        if value is None:
            continue
        when = day(value)
        if when is not None:
            date = Dated(below.path, value, when, place.path, place.entry)
            known = dates[below.index]
            if known:
                known.append(date)
            else:
                dates[below.index] = [date]
            there = _ANY_DATE
        elif type(value) is list and (some := _dates_in(value, below.path, place)):
            dates[below.index] = dates[below.index] + some
            there = _ANY_DATE
    return there


def _dates_in(values: list[Json], path: str, place: Place) -> list[Dated]:
    return [
        Dated(f"{path}[{index}]", value, when, place.path, place.entry)
        for index, value in enumerate(values)
        if (when := day(value)) is not None
    ]


def own_dates(release: dict[str, Json]) -> list[Dated]:
    """Give the `date` of a release, or those in a list there, if they parse as a day."""
    value: Json = release.get("date")
    when = day(value)
    if when is not None:
        return [Dated("date", value, when, "", "")]
    return _dates_in(value, "date", _RELEASE) if type(value) is list else []

"""One compiled release as the checks see it: read once, shared by all of them."""

from collections.abc import Mapping, Sequence
from typing import Final

from checks.reference_data import ReferenceData
from checks.values import Dated, Found, Json, day, entries, identity, text, texts

ORGANIZATIONS: Final[dict[str, str]] = {
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
"""The dotted paths whose walks a `Release` holds in `found`."""
DATED: Final = (
    "date",
    "awards.date",
    "contracts.dateSigned",
    f"{TRANSACTIONS}.date",
    *(f"{amendments}.date" for amendments in AMENDMENTS),
    *(f"{milestones}.{key}" for milestones in MILESTONES for key in ("dateModified", "dateMet")),
    *(f"{documents}.{key}" for documents in DOCUMENTS for key in ("datePublished", "dateModified")),
    *(f"{period}.{key}" for period in PERIODS for key in ("startDate", "endDate")),
)
"""The dotted paths of dates; a `Release` holds those that parse in `dates`, its own in `date`."""


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


class Release:
    """One compiled release, surveyed once.

    `found` holds, by dotted path (`FOUND`), the `(concrete path, value)` pairs that walking that path yields; `dates`, by
    those dotted paths (`DATED`) at which some parse as a day, these dates: their concrete path, string and day. `date`
    has the release's own date likewise (several, if it is a list), `day` its day if it is a string. `tender` is the
    tender if it is an object, else empty. `item` is the number of the item in its dataset.
    """

    __slots__ = (
        "_after_date",
        "_award_ids",
        "_parties",
        "data",
        "date",
        "dates",
        "day",
        "found",
        "item",
        "ocid",
        "reference_data",
        "tender",
    )

    def __init__(self, data: dict[str, Json], item: int, reference_data: ReferenceData) -> None:
        self.data = data
        self.item = item
        self.reference_data = reference_data
        ocid = data.get("ocid")
        self.ocid: str | None = ocid if type(ocid) is str else None
        tender = data.get("tender")
        self.tender: dict[str, Json] = tender if type(tender) is dict else {}
        found = _NOTHING_FOUND.copy()
        dates: dict[str, list[Dated]] = {}
        _survey(data, "", _RELEASE, found, dates)
        self.found: Mapping[str, Sequence[Found]] = found
        self.dates: Mapping[str, Sequence[Dated]] = dates
        date: Json = data.get("date")
        self.day = day(date)
        self.date: Sequence[Dated] = dates.pop("date", ())
        self._parties: Parties | None = None
        self._award_ids: Ids | None = None
        self._after_date: dict[str, list[Json]] = {}

    @property
    def parties(self) -> "Parties":
        """The release's parties by their ids, indexed when first asked for."""
        if self._parties is None:
            parties = self.found["parties"]
            self._parties = Parties(parties) if parties else _NO_PARTIES
        return self._parties

    @property
    def award_ids(self) -> "Ids":
        """The ids of the release's awards, indexed when first asked for."""
        if self._award_ids is None:
            self._award_ids = Ids(self.found["awards"])
        return self._award_ids

    def after_date(self, path: str) -> list[Json]:
        """Describe the pairs of a date at a dotted path and the release's `date` where the first is after the second.

        They are found once, since several checks ask for them; nobody may change them.
        """
        failed = self._after_date.get(path)
        if failed is None:
            failed = self._after_date[path] = later_pairs(self.dates[path], self.date)
        return failed


def _survey(
    value: dict[str, Json], path: str, place: _Place, found: dict[str, list[Found]], dates: dict[str, list[Dated]]
) -> None:
    """Add what is in an object at a place: its dates, and what is at the places below it."""
    for key, added, dotted in place.dates:
        if key in value:
            _add_dates(dates, dotted, path + added, value[key])
    for key, added, below in place.places:
        if key in value:
            inner = value[key]
            inner_path = path + added
            if type(inner) is list:
                _survey_list(inner, inner_path, below, found, dates)
                continue
            if below.collected:
                known = found[below.dotted]
                if known:
                    known.append((inner_path, inner))
                else:
                    found[below.dotted] = [(inner_path, inner)]
            if below.entered and type(inner) is dict:
                _survey(inner, inner_path, below, found, dates)


def _survey_list(
    values: list[Json], path: str, place: _Place, found: dict[str, list[Found]], dates: dict[str, list[Dated]]
) -> None:
    """Add the entries of a list at a place, and what is in those that are objects."""
    here = [(f"{path}[{index}]", value) for index, value in enumerate(values)]
    if place.collected and here:
        known = found[place.dotted]
        found[place.dotted] = known + here if known else here
    if place.entered:
        for value_path, value in here:
            if type(value) is dict:
                _survey(value, value_path, place, found, dates)


def _add_dates(dates: dict[str, list[Dated]], dotted: str, path: str, value: Json) -> None:
    """Add the date at a path, or those among the entries of a list there, if they parse as a day."""
    when = day(value)
    if when is not None:
        here = [(path, value, when)]
    elif type(value) is list:
        here = [(f"{path}[{i}]", entry, when) for i, entry in enumerate(value) if (when := day(entry)) is not None]
    else:
        return
    if dotted in dates:
        dates[dotted] += here
    elif here:
        dates[dotted] = here


def later_pairs(firsts: Sequence[Dated], seconds: Sequence[Dated]) -> list[Json]:
    """Describe the pairs, of all combinations, whose first date is after the second, in the order of the first."""
    later: list[Json] = []
    if len(seconds) == 1:
        path, value, last = seconds[0]
        for first in firsts:
            if first[2] > last:
                later.append({"path_1": first[0], "value_1": first[1], "path_2": path, "value_2": value})
    elif seconds:
        earliest = min([second[2] for second in seconds])
        for first in firsts:
            if first[2] > earliest:
                for second in seconds:
                    later.extend(later_pairs((first,), (second,)))
    return later


class Ids:
    """The ids of things found in a release.

    `counts` says how many of them equal an id with its type (by `values.identity`), `texts` which there are as strings.
    An id that is a list counts as each of its entries.
    """

    __slots__ = ("_texts", "_things", "counts")

    def __init__(self, things: Sequence[Found]) -> None:
        self._things = things
        self._texts: set[str] | None = None
        counts: dict[Json, int] = {}
        self.counts = counts
        for _path, thing in things:
            if type(thing) is dict and "id" in thing:
                value = thing["id"]
                if type(value) is str:
                    counts[value] = counts.get(value, 0) + 1
                else:
                    for entry in entries(value):
                        key = identity(entry)
                        counts[key] = counts.get(key, 0) + 1

    @property
    def texts(self) -> set[str]:
        """The ids as strings."""
        if self._texts is None:
            self._texts = texts(self._things, "id")
        return self._texts


class Parties(Ids):
    """The parties of one release by id.

    `by_text` has the parties with an `id` by it as a string, `named` those of them that have a `name` as well: their
    concrete paths and themselves, or `None` where several have it. Unlike in `counts`, an id that is a list is written
    as such.
    """

    __slots__ = ("by_text", "named")

    def __init__(self, parties: Sequence[Found]) -> None:
        super().__init__(parties)
        by_text: dict[str, Found | None] = {}
        named: dict[str, Found | None] = {}
        self.by_text = by_text
        self.named = named
        for found in parties:
            party = found[1]
            if type(party) is dict and "id" in party:
                value = party["id"]
                written = value if type(value) is str else text(value)
                by_text[written] = None if written in by_text else found
                if "name" in party:
                    named[written] = None if written in named else found


_NO_PARTIES: Final = Parties(())

"""One compiled release as the checks see it: read once, shared by all of them."""

from collections.abc import Sequence
from typing import Final

from checks.reference_data import ReferenceData
from checks.values import Dated, Found, Json, day, identity, spread, step_into, text

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
    "awards.date",
    "contracts.dateSigned",
    f"{TRANSACTIONS}.date",
    *(f"{amendments}.date" for amendments in AMENDMENTS),
    *(f"{milestones}.{key}" for milestones in MILESTONES for key in ("dateModified", "dateMet")),
    *(f"{documents}.{key}" for documents in DOCUMENTS for key in ("datePublished", "dateModified")),
    *(f"{period}.{key}" for period in PERIODS for key in ("startDate", "endDate")),
)
"""The dotted paths of dates, besides the release's own `date`; a `Release` holds those that parse in `dates`."""
DATE: Final = "date"


class _Step:
    """One key of the paths above, and the keys below it."""

    __slots__ = ("collected", "dated", "dotted", "steps")

    def __init__(self, dotted: str) -> None:
        self.dotted = dotted
        self.collected = dotted in FOUND
        self.dated = dotted in DATED
        prefix = f"{dotted}." if dotted else ""
        keys = {path[len(prefix) :].split(".")[0]: None for path in (*FOUND, *DATED) if path.startswith(prefix)}
        self.steps: dict[str, _Step] = {key: _Step(f"{prefix}{key}") for key in keys}


_STEPS: Final = _Step("").steps
_NOTHING_FOUND: Final[dict[str, Sequence[Found]]] = dict.fromkeys(FOUND, ())
_NO_DATES: Final[dict[str, Sequence[Dated]]] = dict.fromkeys((DATE, *DATED), ())


class Release:
    """One compiled release, surveyed once.

    `found` holds, by dotted path (`FOUND`), the `(concrete path, value)` pairs that walking that path yields;
    `dates`, by dotted path (`DATE` and `DATED`), the `(concrete path, string, day)` of those that parse as a day;
    `undated` tells that there are none of the latter but `date`. `tender` is the tender if it is an object, else empty.
    `item` is the number of the item in its dataset, `day` the day of the release's own `date` if that is a string.
    """

    __slots__ = (
        "_after_date",
        "_award_ids",
        "_parties",
        "data",
        "dates",
        "day",
        "found",
        "item",
        "ocid",
        "reference_data",
        "tender",
        "undated",
    )

    def __init__(self, data: dict[str, Json], item: int, reference_data: ReferenceData) -> None:
        self.data = data
        self.item = item
        self.reference_data = reference_data
        ocid = data.get("ocid")
        self.ocid: str | None = ocid if type(ocid) is str else None
        tender = data.get("tender")
        self.tender: dict[str, Json] = tender if type(tender) is dict else {}
        self.found: dict[str, Sequence[Found]] = _NOTHING_FOUND.copy()
        self.dates: dict[str, Sequence[Dated]] = _NO_DATES.copy()
        self._parties: Parties | None = None
        self._award_ids: Ids | None = None
        self._after_date: dict[str, list[Json]] = {}
        self.undated = True
        self._survey(data, "", _STEPS)
        date: Json = data.get(DATE)
        self.day = day(date)
        if self.day is not None:
            self.dates[DATE] = ((DATE, date, self.day),)
        elif type(date) is list:
            self.dates[DATE] = dated(DATE, date)

    def _survey(self, entered: dict[str, Json], prefix: str, steps: dict[str, _Step]) -> None:
        """Find what is at the steps' paths in an object, and below it."""
        for key, value in entered.items():
            step = steps.get(key)
            if step is None:
                continue
            path = prefix + key
            dotted = step.dotted
            if step.dated:
                found_dates = dated(path, value)
                if found_dates:
                    self.undated = False
                    before = self.dates[dotted]
                    self.dates[dotted] = [*before, *found_dates] if before else found_dates
                continue
            entries: list[Found] = []
            spread(entries, path, value)
            if step.collected:
                known = self.found[dotted]
                if type(known) is list:
                    known.extend(entries)
                else:
                    self.found[dotted] = entries
            if step.steps:
                for entry_path, entry in entries:
                    if type(entry) is dict:
                        self._survey(entry, entry_path + ".", step.steps)

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
            failed = self._after_date[path] = later_pairs(self.dates[path], self.dates[DATE])
        return failed


def dated(path: str, value: Json) -> Sequence[Dated]:
    """Give the date at a path, or those among the entries of a list there, that parse as a day."""
    when = day(value)
    if when is not None:
        return ((path, value, when),)
    if type(value) is not list:
        return ()
    return [(f"{path}[{index}]", entry, when) for index, entry in enumerate(value) if (when := day(entry)) is not None]


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
                    for entry in value if type(value) is list else (value,):
                        key = identity(entry)
                        counts[key] = counts.get(key, 0) + 1

    @property
    def texts(self) -> set[str]:
        """The ids as strings."""
        if self._texts is None:
            self._texts = {text(value) for _path, value in step_into(self._things, "id")}
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

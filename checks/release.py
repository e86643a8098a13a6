"""One compiled release as the checks see it: read once, shared by all of them."""

from collections.abc import Sequence
from typing import Final

from checks.reference_data import ReferenceData
from checks.values import Dated, Found, Json, day, identity, step_into, text

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
"""The dotted paths of dates; a `Release` holds those that parse in `dates`."""


class _Step:
    """One key of the paths above, and the keys below it."""

    __slots__ = ("collected", "dated", "dotted", "key", "steps")

    def __init__(self, key: str, dotted: str) -> None:
        self.key = key
        self.dotted = dotted
        self.collected = dotted in FOUND
        self.dated = dotted in DATED
        prefix = f"{dotted}." if dotted else ""
        keys = {path[len(prefix) :].split(".")[0]: None for path in (*FOUND, *DATED) if path.startswith(prefix)}
        self.steps: tuple[_Step, ...] = tuple(_Step(child, f"{prefix}{child}") for child in keys)


_ROOT: Final = _Step("", "")
_NOTHING_FOUND: Final[dict[str, Sequence[Found]]] = dict.fromkeys(FOUND, ())
_NO_DATES: Final[dict[str, Sequence[Dated]]] = dict.fromkeys(DATED, ())


class Release:
    """One compiled release, surveyed once.

    `found` holds, by dotted path (`FOUND`), the `(concrete path, value)` pairs that walking that path yields;
    `dates`, by dotted path (`DATED`), the `(concrete path, string, day)` of those that parse as a day.
    `tender` is the tender if it is an object, else empty.
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
    )

    def __init__(self, data: dict[str, Json], item: int, reference_data: ReferenceData) -> None:
        self.data = data
        self.item = item
        self.reference_data = reference_data
        ocid = data.get("ocid")
        self.ocid: str | None = ocid if type(ocid) is str else None
        self.day = day(data.get("date"))
        tender = data.get("tender")
        self.tender: dict[str, Json] = tender if type(tender) is dict else {}
        self.found: dict[str, Sequence[Found]] = _NOTHING_FOUND.copy()
        self.dates: dict[str, Sequence[Dated]] = _NO_DATES.copy()
        self._parties: Parties | None = None
        self._award_ids: Ids | None = None
        self._after_date: dict[str, list[Json]] = {}
        self._survey(data, "", _ROOT.steps)

    def _survey(self, entered: dict[str, Json], prefix: str, steps: tuple[_Step, ...]) -> None:
        for step in steps:
            key = step.key
            if key in entered:
                value = entered[key]
                if type(value) is list:
                    path = f"{prefix}{key}"
                    for index, entry in enumerate(value):
                        self._take(step, f"{path}[{index}]", entry)
                else:
                    self._take(step, f"{prefix}{key}", value)

    def _take(self, step: _Step, path: str, value: Json) -> None:
        if step.dated:
            when = day(value)
            if when is not None:
                dates = self.dates[step.dotted]
                if type(dates) is list:
                    dates.append((path, value, when))
                else:
                    self.dates[step.dotted] = [(path, value, when)]
            return
        if step.collected:
            found = self.found[step.dotted]
            if type(found) is list:
                found.append((path, value))
            else:
                self.found[step.dotted] = [(path, value)]
        if step.steps and type(value) is dict:
            self._survey(value, f"{path}.", step.steps)

    @property
    def parties(self) -> "Parties":
        """The release's parties by their ids, indexed when first asked for."""
        if self._parties is None:
            self._parties = Parties(self.found["parties"])
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
            failed = self._after_date[path] = later_pairs(self.dates[path], self.dates["date"])
        return failed


def later_pairs(firsts: Sequence[Dated], seconds: Sequence[Dated]) -> list[Json]:
    """Describe the pairs, of all combinations, whose first date is after the second, in the order of the first."""
    later: list[Json] = []
    if firsts and seconds:
        earliest = min([second[2] for second in seconds])
        for first in firsts:
            if first[2] > earliest:
                later.extend(
                    [
                        {"path_1": first[0], "value_1": first[1], "path_2": second[0], "value_2": second[1]}
                        for second in seconds
                        if first[2] > second[2]
                    ]
                )
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
        self.counts: dict[Json, int] = {}
        counts = self.counts
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
    concrete paths and themselves. Unlike in `counts`, an id that is a list is written as such.
    """

    __slots__ = ("by_text", "named")

    def __init__(self, parties: Sequence[Found]) -> None:
        super().__init__(parties)
        self.by_text: dict[str, list[Found]] = {}
        self.named: dict[str, list[Found]] = {}
        for found in parties:
            party = found[1]
            if type(party) is dict and "id" in party:
                written = text(party["id"])
                if written in self.by_text:
                    self.by_text[written].append(found)
                else:
                    self.by_text[written] = [found]
                if "name" in party:
                    if written in self.named:
                        self.named[written].append(found)
                    else:
                        self.named[written] = [found]

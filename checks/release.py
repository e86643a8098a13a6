"""One compiled release as the checks see it: read once, shared by all of them."""

from collections.abc import Sequence
from typing import Final

from checks.reference_data import ReferenceData
from checks.values import Dated, Found, Json, day, identity, text

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
    `item` is the number of the item in its dataset, `day` the day of the release's own `date` if that is a string.
    """

    __slots__ = ("_parties", "data", "dates", "day", "found", "item", "ocid", "reference_data")

    def __init__(self, data: dict[str, Json], item: int, reference_data: ReferenceData) -> None:
        self.data = data
        self.item = item
        self.reference_data = reference_data
        ocid = data.get("ocid")
        self.ocid: str | None = ocid if type(ocid) is str else None
        self.day = day(data.get("date"))
        self.found: dict[str, Sequence[Found]] = _NOTHING_FOUND.copy()
        self.dates: dict[str, Sequence[Dated]] = _NO_DATES.copy()
        self._parties: Parties | None = None
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


class Parties:
    """The parties of one release by id.

    `counts` says how many ids of parties equal an id with its type (`values.identity`), `texts` which ids there are as
    strings. `named` holds, by the id as a string, the parties that are objects with an `id`: its concrete path and it.
    A party whose `id` is a list has each of its entries as an id.
    """

    __slots__ = ("by_text", "counts", "texts")

    def __init__(self, parties: Sequence[Found]) -> None:
        self.counts: dict[object, int] = {}
        self.texts: set[str] = set()
        self.by_text: dict[str, list[Found]] = {}
        for path, party in parties:
            if type(party) is dict and "id" in party:
                value = party["id"]
                for entry in value if type(value) is list else (value,):
                    key = identity(entry)
                    self.counts[key] = self.counts.get(key, 0) + 1
                    written = text(entry)
                    self.texts.add(written)
                    self.by_text.setdefault(written, []).append((path, party))

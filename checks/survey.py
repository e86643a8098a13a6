"""Reads a compiled release once, and finds all that several checks look at: what is at certain paths, and dates.

One function for each kind of object, since this runs on every release: a loop over tables costs half as much again.
"""

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

Dates = tuple[tuple[str, str], ...]
"""Keys of dates in an object, and the dotted paths at which they are."""

DATES_IN: Final[Mapping[str, Dates]] = {
    **{
        place: (("datePublished", f"{place}.datePublished"), ("dateModified", f"{place}.dateModified"))
        for place in DOCUMENTS
    },
    **{place: (("dateModified", f"{place}.dateModified"), ("dateMet", f"{place}.dateMet")) for place in MILESTONES},
    **{place: (("date", f"{place}.date"),) for place in AMENDMENTS},
    **{place: (("startDate", f"{place}.startDate"), ("endDate", f"{place}.endDate")) for place in PERIODS},
}
"""The dates in documents, milestones, amendments and periods, by where these are."""
DATED: Final = (
    "awards.date",
    "contracts.dateSigned",
    f"{TRANSACTIONS}.date",
    *(dotted for dates in DATES_IN.values() for _key, dotted in dates),
)
"""The dotted paths at which a survey finds dates, besides the release's own `date`."""

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
        self._release(release)

    def _release(self, release: dict[str, Json]) -> None:
        if "parties" in release:
            self._add("parties", "parties", release["parties"])
        if "buyer" in release:
            self._add("buyer", "buyer", release["buyer"])
        for path, planning in _objects(_spread("planning", release.get("planning"))):
            self._planning(path, planning)
        for path, tender in _objects(_spread("tender", release.get("tender"))):
            self._tender(path, tender)
            self._tender_periods(path, tender)
        if "awards" in release:
            for path, award in _objects(self._add("awards", "awards", release["awards"])):
                self._award(path, award)
        if "contracts" in release:
            for path, contract in _objects(self._add("contracts", "contracts", release["contracts"])):
                self._contract(path, contract)
        if "relatedProcesses" in release:
            self._add("relatedProcesses", "relatedProcesses", release["relatedProcesses"])

    def _planning(self, path: str, planning: dict[str, Json]) -> None:
        if "budget" in planning:
            for budget_path, budget in _objects(_spread(f"{path}.budget", planning["budget"])):
                if "amount" in budget:
                    self._add("planning.budget.amount", f"{budget_path}.amount", budget["amount"])
        if "documents" in planning:
            self._add_dated("planning.documents", f"{path}.documents", planning["documents"])
        if "milestones" in planning:
            self._add_dated("planning.milestones", f"{path}.milestones", planning["milestones"])

    def _tender(self, path: str, tender: dict[str, Json]) -> None:
        if "value" in tender:
            self._add("tender.value", f"{path}.value", tender["value"])
        if "minValue" in tender:
            self._add("tender.minValue", f"{path}.minValue", tender["minValue"])
        if "procuringEntity" in tender:
            self._add("tender.procuringEntity", f"{path}.procuringEntity", tender["procuringEntity"])
        if "tenderers" in tender:
            self._add("tender.tenderers", f"{path}.tenderers", tender["tenderers"])
        if "documents" in tender:
            self._add_dated("tender.documents", f"{path}.documents", tender["documents"])
        if "milestones" in tender:
            self._add_dated("tender.milestones", f"{path}.milestones", tender["milestones"])
        if "amendments" in tender:
            self._add_dated("tender.amendments", f"{path}.amendments", tender["amendments"])

    def _tender_periods(self, path: str, tender: dict[str, Json]) -> None:
        if "tenderPeriod" in tender:
            self._add_dated("tender.tenderPeriod", f"{path}.tenderPeriod", tender["tenderPeriod"])
        if "enquiryPeriod" in tender:
            self._add_dated("tender.enquiryPeriod", f"{path}.enquiryPeriod", tender["enquiryPeriod"])
        if "awardPeriod" in tender:
            self._add_dated("tender.awardPeriod", f"{path}.awardPeriod", tender["awardPeriod"])
        if "contractPeriod" in tender:
            self._add_dated("tender.contractPeriod", f"{path}.contractPeriod", tender["contractPeriod"])

    def _award(self, path: str, award: dict[str, Json]) -> None:
        if "date" in award:
            self._add_dates("awards.date", f"{path}.date", award["date"])
        if "value" in award:
            self._add("awards.value", f"{path}.value", award["value"])
        if "suppliers" in award:
            self._add("awards.suppliers", f"{path}.suppliers", award["suppliers"])
        if "documents" in award:
            self._add_dated("awards.documents", f"{path}.documents", award["documents"])
        if "amendments" in award:
            self._add_dated("awards.amendments", f"{path}.amendments", award["amendments"])
        if "contractPeriod" in award:
            self._add_dated("awards.contractPeriod", f"{path}.contractPeriod", award["contractPeriod"])

    def _contract(self, path: str, contract: dict[str, Json]) -> None:
        if "dateSigned" in contract:
            self._add_dates("contracts.dateSigned", f"{path}.dateSigned", contract["dateSigned"])
        if "value" in contract:
            self._add("contracts.value", f"{path}.value", contract["value"])
        if "documents" in contract:
            self._add_dated("contracts.documents", f"{path}.documents", contract["documents"])
        if "milestones" in contract:
            self._add_dated("contracts.milestones", f"{path}.milestones", contract["milestones"])
        if "amendments" in contract:
            self._add_dated("contracts.amendments", f"{path}.amendments", contract["amendments"])
        if "period" in contract:
            self._add_dated("contracts.period", f"{path}.period", contract["period"])
        if "relatedProcesses" in contract:
            self._add("contracts.relatedProcesses", f"{path}.relatedProcesses", contract["relatedProcesses"])
        if "implementation" in contract:
            here = self._add("contracts.implementation", f"{path}.implementation", contract["implementation"])
            for implementation_path, implementation in _objects(here):
                self._implementation(implementation_path, implementation)

    def _implementation(self, path: str, implementation: dict[str, Json]) -> None:
        if "documents" in implementation:
            self._add_dated("contracts.implementation.documents", f"{path}.documents", implementation["documents"])
        if "milestones" in implementation:
            self._add_dated("contracts.implementation.milestones", f"{path}.milestones", implementation["milestones"])
        if "transactions" in implementation:
            here = self._add(TRANSACTIONS, f"{path}.transactions", implementation["transactions"])
            for transaction_path, transaction in _objects(here):
                self._transaction(transaction_path, transaction)

    def _transaction(self, path: str, transaction: dict[str, Json]) -> None:
        if "date" in transaction:
            self._add_dates("contracts.implementation.transactions.date", f"{path}.date", transaction["date"])
        if "value" in transaction:
            self._add("contracts.implementation.transactions.value", f"{path}.value", transaction["value"])
        if "payer" in transaction:
            self._add("contracts.implementation.transactions.payer", f"{path}.payer", transaction["payer"])
        if "payee" in transaction:
            self._add("contracts.implementation.transactions.payee", f"{path}.payee", transaction["payee"])

    def _add(self, dotted: str, path: str, value: Json) -> list[Found]:
        """Add the value at a path, or each entry of it if it is a list; give what was added."""
        if type(value) is list:
            here = [(f"{path}[{index}]", entry) for index, entry in enumerate(value)]
        else:
            here = [(path, value)]
        known = self.found[dotted]
        self.found[dotted] = known + here if known else here
        return here

    def _add_dated(self, dotted: str, path: str, value: Json) -> None:
        """Add the documents, milestones, amendments or periods at a path, and their dates."""
        dates = DATES_IN[dotted]
        for entry_path, entry in self._add(dotted, path, value):
            if type(entry) is dict:
                for key, dotted_date in dates:
                    if key in entry:
                        self._add_dates(dotted_date, f"{entry_path}.{key}", entry[key])

    def _add_dates(self, dotted: str, path: str, value: Json) -> None:
        """Add the date at a path, or those among the entries of a list there, if they parse as a day."""
        here = dated(path, value)
        if dotted in self.dates:
            self.dates[dotted] += here
        elif here:
            self.dates[dotted] = here


def _spread(path: str, value: Json) -> list[Found]:
    """Give the value at a path, or each entry of it if it is a list."""
    if type(value) is list:
        return [(f"{path}[{index}]", entry) for index, entry in enumerate(value)]
    return [(path, value)]


def _objects(found: list[Found]) -> list[tuple[str, dict[str, Json]]]:
    """Give those that are objects, and hold something."""
    return [entry for entry in found if type(entry[1]) is dict and entry[1]]


def dated(path: str, value: Json) -> list[Dated]:
    """Give the date at a path, or those among the entries of a list there, that parse as a day."""
    when = day(value)
    if when is not None:
        return [(path, value, when)]
    if type(value) is list:
        return [(f"{path}[{i}]", entry, when) for i, entry in enumerate(value) if (when := day(entry)) is not None]
    return []

"""One compiled release as the checks see it: read once, shared by all of them."""

from typing import Final

from checks.money import Amount
from checks.reference_data import ReferenceData
from checks.survey import (
    AMENDMENTS,
    ANY_DATE,
    AWARDS,
    CONTRACTS,
    DATED,
    DOCUMENTS,
    FOUND,
    MILESTONES,
    ORGANIZATIONS,
    PARTIES,
    PERIODS,
    RELATED_PROCESSES,
    TRANSACTIONS,
    VALUES,
    at,
    own_dates,
    survey,
)
from checks.values import Dated, Found, Json, entries, identity, text, texts

__all__ = [
    "AMENDMENTS",
    "ANY_DATE",
    "AWARDS",
    "CONTRACTS",
    "DATED",
    "DOCUMENTS",
    "FOUND",
    "MILESTONES",
    "ORGANIZATIONS",
    "PARTIES",
    "PERIODS",
    "RELATED_PROCESSES",
    "TRANSACTIONS",
    "VALUES",
    "Ids",
    "Parties",
    "Release",
    "at",
    "bounded",
    "described_pair",
    "later_pairs",
]


class Release:
    """One compiled release, surveyed once.

    `found[at(path)]` are the `(concrete path, value)` pairs that walking a dotted path (of `FOUND`) yields, `there` has
    the `BITS` of those paths at which something is; `dates[at(path)]` are the dates at a path (of `DATED`) that parse
    as a day. Nobody may change these. `date` has the release's own date likewise (several, if it is a list), `day` its
    day if it is a string. `tender` is the tender if it is an object, else empty. `item` is the number of the item in
    its dataset.
    """

    __slots__ = (
        "_after_date",
        "_amounts",
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
        "there",
    )

    def __init__(self, data: dict[str, Json], item: int, reference_data: ReferenceData) -> None:
        self.data = data
        self.item = item
        self.reference_data = reference_data
        ocid = data.get("ocid")
        self.ocid: str | None = ocid if type(ocid) is str else None
        tender = data.get("tender")
        self.tender: dict[str, Json] = tender if type(tender) is dict else {}
        # Compiled, what is known to be a `list` is read faster than any `Sequence`.
        self.found: list[list[Found]]
        self.dates: list[list[Dated]]
        self.found, self.there, self.dates = survey(data)
        self.date: list[Dated] = own_dates(data)
        self.day = self.date[0].day if self.date and self.date[0].path == "date" else None
        self._amounts: list[list[Amount]] | None = None
        self._parties: Parties | None = None
        self._award_ids: Ids | None = None
        self._after_date: list[list[Json]] | None = None

    @property
    def amounts(self) -> list[list[Amount]]:
        """The amounts of what is found at each of `VALUES`, read when first asked for."""
        if self._amounts is None:
            self._amounts = self.reference_data.rates.amounts([self.found[index] for index in _VALUES], self.day)
        return self._amounts

    @property
    def parties(self) -> "Parties":
        """The release's parties by their ids, indexed when first asked for."""
        if self._parties is None:
            parties = self.found[PARTIES]
            self._parties = Parties(parties) if parties else _NO_PARTIES
        return self._parties

    @property
    def award_ids(self) -> "Ids":
        """The ids of the release's awards, indexed when first asked for."""
        if self._award_ids is None:
            self._award_ids = Ids(self.found[AWARDS])
        return self._award_ids

    @property
    def after_date(self) -> list[list[Json]]:
        """The pairs of a date at a dotted path and the release's `date`, where the first is later.

        They are found when first asked for, in the order of `dates`; nobody may change them.
        """
        if self._after_date is None:
            own = self.date
            self._after_date = [later_pairs(dates, own) if dates else _NO_PAIRS for dates in self.dates]
        return self._after_date


MOST_PAIRS: Final = 200_000
"""So many pairs of dates of one release are compared at once: their number can be the square of that of its dates."""


def bounded(pairs: int) -> int:
    """Give a number of pairs; raises `ValueError` if it is more than `MOST_PAIRS`."""
    if pairs > MOST_PAIRS:
        raise ValueError(f"more than {MOST_PAIRS:,} pairs of dates would have to be compared")
    return pairs


def later_pairs(firsts: list[Dated], seconds: list[Dated]) -> list[Json]:
    """Give the pairs of dates, of all combinations, whose first is after the second, in the order of the first.

    Raises `ValueError` if there are too many combinations.
    """
    if not firsts or not seconds:
        return []
    bounded(len(firsts) * len(seconds))
    if len(seconds) == 1:
        second = seconds[0]
        return [(first, second) for first in firsts if first.day > second.day]
    earliest = min([second.day for second in seconds])
    later: list[Json] = []
    for first in firsts:
        if first.day > earliest:
            later.extend([(first, second) for second in seconds if first.day > second.day])
    return later


def described_pair(pair: tuple[Dated, Dated]) -> Json:
    """Describe one of `later_pairs` as results show it."""
    first, second = pair
    return {"path_1": first.path, "value_1": first.value, "path_2": second.path, "value_2": second.value}


class Ids:
    """The ids of things found in a release.

    `counts` says how many of them equal an id with its type (by `values.identity`), `texts` which there are as strings.
    An id that is a list counts as each of its entries.
    """

    __slots__ = ("_texts", "_things", "counts")

    def __init__(self, things: list[Found]) -> None:
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

    def __init__(self, parties: list[Found]) -> None:
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


_NO_PARTIES: Final = Parties([])
_NO_PAIRS: Final[list[Json]] = []
_VALUES: Final = [at(path) for path in VALUES]

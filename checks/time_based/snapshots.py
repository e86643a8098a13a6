"""What the time-based checks compare: a few numbers about each item of a dataset."""

from array import array
from collections.abc import Iterator
from typing import Final, NamedTuple, Self

from checks.digests import UINT64, digest
from checks.release import Release

NONE: Final = 0
"""Stands for what isn't there where a digest is expected."""
_TENDER: Final = 1
_PLANNING: Final = 2


class State(NamedTuple):
    """What a release has come to.

    `title` is a digest of `tender.title`, lowercased, with each run of white space made one space and the ends trimmed,
    or 0 if it isn't a string with more than white space. `tender` and `planning` say whether these are objects that
    aren't empty; `awards` and `contracts` count the entries of these lists.
    """

    title: int
    tender: bool
    planning: bool
    awards: int
    contracts: int


class Snapshot:
    """The items of a dataset and what each has come to, as columns: 33 bytes per item.

    `add` only notes what is there; `settle`, once per batch, makes it small. Neither the order of the releases nor how
    they are cut into batches changes what a comparison gives.
    """

    __slots__ = ("_awards", "_contracts", "_flags", "_items", "_noted", "_ocids", "_titles")

    def __init__(self) -> None:
        self._noted: list[tuple[int, str | None, str | None, int, int, int]] = []
        self._items = array(UINT64)
        self._ocids = array(UINT64)
        self._titles = array(UINT64)
        self._flags = array("B")
        self._awards = array("L")
        self._contracts = array("L")

    def __len__(self) -> int:
        return len(self._items) + len(self._noted)

    def add(self, release: Release) -> None:
        """Note what a release has come to."""
        data = release.data
        tender = data.get("tender")
        planning = data.get("planning")
        awards = data.get("awards")
        contracts = data.get("contracts")
        title = None
        flags = 0
        if type(tender) is dict and tender:
            flags = _TENDER
            title = tender.get("title")
        if type(planning) is dict and planning:
            flags |= _PLANNING
        self._noted.append(
            (
                release.item,
                release.ocid,
                title if type(title) is str else None,
                flags,
                len(awards) if type(awards) is list else 0,
                len(contracts) if type(contracts) is list else 0,
            )
        )

    def settle(self) -> None:
        """Make what was noted small. Pickling, merging and comparing do so themselves."""
        for item, ocid, title, flags, awards, contracts in self._noted:
            self._items.append(item)
            self._ocids.append(NONE if ocid is None else digest(ocid))
            words = title.split() if title else None
            self._titles.append(digest(" ".join(words).lower()) if words else NONE)
            self._flags.append(flags)
            self._awards.append(awards)
            self._contracts.append(contracts)
        self._noted.clear()

    def merge(self, other: Self) -> None:
        """Take in the items of another batch of the same dataset."""
        self.settle()
        other.settle()
        for mine, others in zip(self._columns(), other._columns(), strict=True):
            mine.extend(others)

    def by_ocid(self) -> dict[int, int]:
        """Give the index of the item with the lowest number by its ocid's digest."""
        self.settle()
        indexes: dict[int, int] = {}
        for index, (ocid, item) in enumerate(zip(self._ocids, self._items, strict=True)):
            if ocid != NONE and (ocid not in indexes or item < self._items[indexes[ocid]]):
                indexes[ocid] = index
        return indexes

    def item(self, index: int) -> int:
        """Give the number of the item at an index."""
        return self._items[index]

    def state(self, index: int) -> State:
        """Give what the item at an index has come to."""
        flags = self._flags[index]
        return State(
            self._titles[index],
            bool(flags & _TENDER),
            bool(flags & _PLANNING),
            self._awards[index],
            self._contracts[index],
        )

    def items(self) -> Iterator[tuple[int, int, int]]:
        """Give index, number and ocid's digest of each item, in no order."""
        self.settle()
        return zip(range(len(self)), self._items, self._ocids, strict=True)

    def _columns(self) -> "tuple[array[int], ...]":
        return self._items, self._ocids, self._titles, self._flags, self._awards, self._contracts

    def __getstate__(self) -> "tuple[array[int], ...]":
        self.settle()
        return self._columns()

    def __setstate__(self, state: "tuple[array[int], ...]") -> None:
        self._noted = []
        self._items, self._ocids, self._titles, self._flags, self._awards, self._contracts = state

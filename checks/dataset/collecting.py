"""The map and the reduce of the dataset-level checks: what is collected, and what is looked up at the end."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple, Protocol, Self

from checks.facts import Facts
from checks.release import Release
from checks.sampling import INDEX_BITS, Sampling, item_of


class Collector(ABC):
    """Collects something from each release of a batch; the batches' collectors are then merged.

    `add` only notes what is there (and notes all of a thing or nothing of it where numbers must stay side by side);
    `settle` then makes it small, once per batch, before it is pickled, merged or read. Neither the order of the
    releases nor how they are cut into batches changes what comes out.
    """

    __slots__ = ()
    SETTLED: ClassVar[tuple[str, ...]]
    """The names of the attributes that have all that was collected, once it is settled."""

    @abstractmethod
    def add(self, release: Release, scrambled: int) -> None:
        """Note what is collected from a release; the scrambled place is that of its item, at index 0."""

    @abstractmethod
    def settle(self) -> None:
        """Make what was noted small."""

    @abstractmethod
    def merge(self, other: Self) -> None:
        """Take in what another one collected; both are settled."""


class Collected(NamedTuple):
    """Says which collector a check is computed from; checks that say the same share it."""

    kind: Callable[..., Collector]
    arguments: tuple[Hashable, ...] = ()

    def collector(self, sampling: Sampling) -> Collector:
        """Make an empty one."""
        return self.kind(sampling, *self.arguments)


Ocids = Mapping[int, str | None]
"""The ocid of each item, if it is a string."""
Names = Mapping[int, dict[str, Any]]
"""What examples say of an item, by item: its number and its ocid. Nobody may change it."""


class Items(Protocol):
    """Whoever runs the checks knows the facts of each item, and its ocid, which is all that most examples say."""

    def facts(self, items: Collection[int]) -> Mapping[int, Facts]:
        """Give the facts of these items, by item."""

    def ocids(self, items: Collection[int]) -> Ocids:
        """Give the ocids of these items, by item."""


@dataclass(frozen=True, slots=True)
class Lookups:
    """What a check may look up when its result is made.

    `statuses` has the HTTP status by URL, or `None` for a URL that couldn't be had; it is `None` where nothing was
    requested at all.
    """

    items: Items
    sampling: Sampling
    statuses: Mapping[str, int | None] | None = None
    _known: dict[int, Facts] = field(default_factory=dict)
    _names: dict[int, dict[str, Any]] = field(default_factory=dict)

    def places(self, sample: Collection[int]) -> list[int]:
        """Give the places of a sample, in the order of the items."""
        return self.sampling.places(sample)

    def facts(self, places: Collection[int]) -> Mapping[int, Facts]:
        """Give the facts of the items of these places, by item (there may be more): those not known are looked up."""
        unknown = {place >> INDEX_BITS for place in places}.difference(self._known)
        if unknown:
            found = self.items.facts(unknown)
            self._known.update(found)
            self._names.update({item: _name(item, facts.ocid) for item, facts in found.items()})
        return self._known

    def names(self, places: Collection[int]) -> Names:
        """Give the names of the items of these places, by item (there may be more): those not known are looked up."""
        unknown = {place >> INDEX_BITS for place in places}.difference(self._names)
        if unknown:
            self._names.update({item: _name(item, ocid) for item, ocid in self.items.ocids(unknown).items()})
        return self._names


def _name(item: int, ocid: str | None) -> dict[str, Any]:
    return {"item_id": item, "ocid": ocid}


def examples(places: Collection[int], names: Names) -> list[dict[str, Any]]:
    """Name the items of places."""
    return [names[place >> INDEX_BITS] for place in places]


def example(place: int, facts: Mapping[int, Facts]) -> dict[str, Any]:
    """Name the item of a place, as every example does."""
    item = item_of(place)
    return _name(item, facts[item].ocid)

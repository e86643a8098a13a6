"""Who buys how often: collected once for both checks of buyers."""

from typing import ClassVar, Final, Self

from checks.dataset.collecting import Collector
from checks.dataset.occurrences import Occurrences
from checks.dataset.results import DatasetResult, not_computed
from checks.digests import digests
from checks.release import Release
from checks.sampling import INDEX_BITS, Sampling
from checks.values import text

LEAST_RELEASES: Final = 1_000


class Buyers(Collector):
    """Collects `buyer.id` as a string, if there and not `null`, of each release."""

    __slots__ = ("_noted", "_places", "ids")
    SETTLED: ClassVar[tuple[str, ...]] = ("ids",)

    def __init__(self, sampling: Sampling) -> None:  # noqa: ARG002 nothing is sampled before the end
        self._noted: list[str] = []
        self._places: list[int] = []
        self.ids = Occurrences()

    def add(self, release: Release, scrambled: int) -> None:  # noqa: ARG002
        """Note the buyer of a release."""
        buyer = release.data.get("buyer")
        if type(buyer) is dict:
            identifier = buyer.get("id")
            if identifier is not None:
                self._noted.append(identifier if type(identifier) is str else text(identifier))
                self._places.append(release.item << INDEX_BITS)

    def settle(self) -> None:
        """Put what was noted into columns."""
        if self._noted:
            self.ids.extend(digests(self._noted), self._places)
            self._noted = []
            self._places = []

    def merge(self, other: Self) -> None:
        """Take in the buyers of another batch."""
        self.ids.merge(other.ids)


def too_few(buyers: Buyers, version: float) -> DatasetResult | None:
    """Say so if there are too few releases with a buyer."""
    if len(buyers.ids) >= LEAST_RELEASES:
        return None
    return not_computed(
        version, f"At least {LEAST_RELEASES:,} releases with a buyer.id are needed; found: {len(buyers.ids)}."
    )

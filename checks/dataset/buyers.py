"""Who buys how often: collected once for both checks of buyers."""

from typing import Final, Self

from checks.dataset.occurrences import Occurrences
from checks.dataset.results import DatasetResult, not_computed
from checks.digests import digests
from checks.release import Release
from checks.sampling import Sampling, place_of
from checks.values import text

LEAST_RELEASES: Final = 1_000


class Buyers:
    """Collects `buyer.id` as a string, if there and not `null`, of each release."""

    __slots__ = ("_noted", "ids")

    def __init__(self) -> None:
        self._noted: list[tuple[str, int]] = []
        self.ids = Occurrences()

    def add(self, release: Release) -> None:
        """Note the buyer of a release."""
        buyer = release.data.get("buyer")
        if type(buyer) is dict:
            identifier = buyer.get("id")
            if identifier is not None:
                self._noted.append((text(identifier), place_of(release.item)))

    def settle(self, sampling: Sampling) -> None:  # noqa: ARG002 nothing is sampled here before the end
        """Put what was noted into columns."""
        self.ids.extend(digests([identifier for identifier, _ in self._noted]), [place for _, place in self._noted])
        self._noted = []

    def merge(self, other: Self) -> None:
        """Take in the buyers of another batch."""
        self.ids.merge(other.ids)


def too_few(buyers: Buyers, version: float) -> DatasetResult | None:
    """Say so if there are too few releases with a buyer."""
    if len(buyers.ids) >= LEAST_RELEASES:
        return None
    return not_computed(version, f"{len(buyers.ids)} releases have a buyer.id; at least {LEAST_RELEASES:,} are needed.")

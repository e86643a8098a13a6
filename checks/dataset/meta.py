"""What the dataset-level checks add to the dataset's metadata."""

from typing import Any, ClassVar, Final, NamedTuple, Self

from checks.dataset.collecting import Collected, Collector
from checks.dataset.processes import Processes
from checks.release import Release, at
from checks.sampling import Sampling

IMPLEMENTATION: Final = at("contracts.implementation")
STAGES: Final = ("planning", "tender", "award", "contract", "implementation")


class Lifecycle(Collector):
    """Counts how far the contracting processes have come.

    `planning` and `tender` are releases that have the key, `award` and `contract` the entries of these lists,
    `implementation` what there is at `contracts.implementation`.
    """

    __slots__ = ("_noted", "counts")
    SETTLED: ClassVar[tuple[str, ...]] = ("counts",)

    def __init__(self, sampling: Sampling) -> None:  # noqa: ARG002 nothing is sampled here
        self._noted: list[tuple[int, ...]] = []
        self.counts = (0,) * len(STAGES)

    def add(self, release: Release, scrambled: int) -> None:  # noqa: ARG002 nothing is sampled here
        """Note how far the process of a release has come."""
        data = release.data
        awards = data.get("awards")
        contracts = data.get("contracts")
        self._noted.append(
            (
                "planning" in data,
                "tender" in data,
                len(awards) if type(awards) is list else 0,
                len(contracts) if type(contracts) is list else 0,
                len(release.found[IMPLEMENTATION]),
            )
        )

    def settle(self) -> None:
        """Add up what was noted."""
        self.counts = tuple(map(sum, zip(self.counts, *self._noted, strict=True)))
        self._noted = []

    def merge(self, other: Self) -> None:
        """Take in the counts of another batch."""
        self._noted.append(other.counts)
        self.settle()


LIFECYCLE: Final = Collected(Lifecycle)
PROCESSES: Final = Collected(Processes)


class Meta(NamedTuple):
    """The number of distinct ocids that are strings, and the counts of the life cycle by stage."""

    total_unique_ocids: int
    tender_lifecycle: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """Give it as it stands in the dataset's metadata."""
        return {
            "compiled_releases": {"total_unique_ocids": self.total_unique_ocids},
            "tender_lifecycle": self.tender_lifecycle,
        }


def meta(processes: Processes, lifecycle: Lifecycle) -> Meta:
    """Give the metadata."""
    return Meta(len(set(processes.ocids)), dict(zip(STAGES, lifecycle.counts, strict=True)))

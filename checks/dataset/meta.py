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

    SETTLED: ClassVar[tuple[str, ...]] = STAGES
    __slots__ = STAGES

    def __init__(self, sampling: Sampling) -> None:  # noqa: ARG002 nothing is sampled here
        self.planning = 0
        self.tender = 0
        self.award = 0
        self.contract = 0
        self.implementation = 0

    def add(self, release: Release, scrambled: int) -> None:  # noqa: ARG002 nothing is sampled here
        """Count how far the process of a release has come."""
        data = release.data
        awards = data.get("awards")
        contracts = data.get("contracts")
        if "planning" in data:
            self.planning += 1
        if "tender" in data:
            self.tender += 1
        if type(awards) is list:
            self.award += len(awards)
        if type(contracts) is list:
            self.contract += len(contracts)
        self.implementation += len(release.found[IMPLEMENTATION])

    def settle(self) -> None:
        """Do nothing: what was counted is small."""

    def merge(self, other: Self) -> None:
        """Add the counts of another batch."""
        self.planning += other.planning
        self.tender += other.tender
        self.award += other.award
        self.contract += other.contract
        self.implementation += other.implementation


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
    return Meta(len(set(processes.ocids)), {stage: getattr(lifecycle, stage) for stage in STAGES})

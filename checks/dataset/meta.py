"""What the dataset-level checks add to the dataset's metadata."""

from typing import Any, Final, NamedTuple, Self

from checks.dataset.collecting import Collected
from checks.dataset.processes import Processes
from checks.release import Release
from checks.sampling import Sampling


class Lifecycle:
    """Counts how far the contracting processes have come.

    `planning` and `tender` are releases that have the key, `award` and `contract` the entries of these lists,
    `implementation` what there is at `contracts.implementation`.
    """

    __slots__ = ("award", "contract", "implementation", "planning", "tender")

    def __init__(self) -> None:
        self.planning = 0
        self.tender = 0
        self.award = 0
        self.contract = 0
        self.implementation = 0

    def add(self, release: Release) -> None:
        """Count a release."""
        data = release.data
        if "planning" in data:
            self.planning += 1
        if "tender" in data:
            self.tender += 1
        awards = data.get("awards")
        if type(awards) is list:
            self.award += len(awards)
        contracts = data.get("contracts")
        if type(contracts) is list:
            self.contract += len(contracts)
        self.implementation += len(release.found["contracts.implementation"])

    def settle(self, sampling: Sampling) -> None:
        """Do nothing: it is small."""

    def merge(self, other: Self) -> None:
        """Take in the counts of another batch."""
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
    stages = ("planning", "tender", "award", "contract", "implementation")
    return Meta(len(set(processes.ocids)), {stage: getattr(lifecycle, stage) for stage in stages})

"""All that the dataset-level checks need of a batch of releases, and their results at the end."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final, NamedTuple, Self

from checks.catalog import Check, find
from checks.dataset.amounts import Values
from checks.dataset.collecting import Collected, Collector, Items, Lookups
from checks.dataset.documents import Documents
from checks.dataset.meta import LIFECYCLE, PROCESSES, Meta, meta
from checks.dataset.results import DatasetResult, not_computed
from checks.release import Release
from checks.results import said
from checks.sampling import Sampling

AMOUNTS: Final = Collected(Values)
URLS: Final = Collected(Documents)
META: Final = "meta"
"""Stands for a check's name where the dataset's metadata are collected."""


class Failure(NamedTuple):
    """A dataset-level check that failed to run on a release, and why. The release is missing from its result."""

    name: str
    error: str


class Outcome(NamedTuple):
    """The results by check, what is added to the dataset's metadata, and how many amounts couldn't be converted.

    `unconverted` counts the amounts of tenders, awards and contracts, by currency; whatever isn't three letters is
    other.
    """

    results: Mapping[str, DatasetResult]
    meta: Meta
    unconverted: Mapping[str, int]


@cache
def _users() -> Mapping[Collected, list[str]]:
    """Give, by what is collected, the names of the checks that need it."""
    users: dict[Collected, list[str]] = {LIFECYCLE: [META], PROCESSES: [META]}
    for name, check in find("dataset").items():
        users.setdefault(check.module.COLLECTED, []).append(name)
    return users


class Accumulators:
    """What the dataset-level checks collect of the releases of a batch: the map and the reduce.

    They are small when pickled, and take about 150 bytes per release with one or two awards and contracts. The order of
    the releases, and how they are cut into batches, doesn't change the outcome, if each item is added once.
    """

    __slots__ = ("_adding", "_collectors", "_sampling")

    def __init__(self, sampling: Sampling) -> None:
        users = _users()
        self._sampling = sampling
        self._collectors = {collected: collected.collector(sampling) for collected in users}
        self._adding: list[tuple[Collector, list[str]]] = [
            (self._collectors[collected], names) for collected, names in users.items()
        ]

    def add(self, release: Release, scrambled: int) -> list[Failure]:
        """Take in a release, with its item's scrambled place; what fails to run doesn't disturb the others."""
        failures: list[Failure] = []
        for collector, names in self._adding:
            try:
                collector.add(release, scrambled)
            except Exception as error:  # noqa: BLE001 whatever a release's content leads to is reported, not raised
                failures += [Failure(name, said(error)) for name in names]
        return failures

    def settle(self) -> None:
        """Make it small. Pickling, merging and finishing do so themselves."""
        for collector in self._collectors.values():
            collector.settle()

    def merge(self, other: Self) -> None:
        """Take in another batch, which must have been collected with the same sampling."""
        self.settle()
        other.settle()
        for collected, collector in self._collectors.items():
            collector.merge(other._collectors[collected])

    def urls(self) -> list[str]:
        """Give the URLs whose HTTP statuses `finish` needs, if requests may be made; none, if there are too few."""
        self.settle()
        urls: list[str] = self._collector(URLS).urls_to_request
        return urls

    def finish(self, items: Items, statuses: Mapping[str, int | None] | None = None) -> Outcome:
        """Give the results.

        `statuses` has the HTTP status of each of `urls()` after redirects, or `None` for one that couldn't be had; it
        is `None` where no requests may be made.
        """
        self.settle()
        lookups = Lookups(items, self._sampling, statuses)
        results = {name: self._finish(check, lookups) for name, check in find("dataset").items()}
        unconverted: Counter[str] = Counter()
        for amounts in self._collector(AMOUNTS).amounts.values():
            unconverted.update(amounts.unconverted)
        return Outcome(results, meta(self._collector(PROCESSES), self._collector(LIFECYCLE)), unconverted)

    def _finish(self, check: Check, lookups: Lookups) -> DatasetResult:
        try:
            result: DatasetResult = check.module.finish(self._collector(check.module.COLLECTED), lookups)
        except Exception as error:  # noqa: BLE001 one check never takes the others down
            return not_computed(check.version, f"The check failed to run: {said(error)}")
        return result

    def _collector(self, collected: Collected) -> Any:  # noqa: ANN401 each check knows what it asked for
        return self._collectors[collected]

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        self.settle()
        settled = [[getattr(one, name) for name in one.SETTLED] for one in self._collectors.values()]
        return _restored, (self._sampling, settled)

    def fill(self, settled: Sequence[Sequence[Any]]) -> None:
        """Take over what collectors had once they were settled, in their order."""
        for collector, values in zip(self._collectors.values(), settled, strict=True):
            for name, value in zip(collector.SETTLED, values, strict=True):
                setattr(collector, name, value)


def _restored(sampling: Sampling, settled: Sequence[Sequence[Any]]) -> Accumulators:
    accumulators = Accumulators(sampling)
    accumulators.fill(settled)
    return accumulators

"""Runs the map and the reduce over a few releases."""

import pickle
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from checks.dataset.accumulators import Accumulators, Outcome
from checks.facts import Facts, facts
from checks.release import Release
from checks.sampling import Sampling

SAMPLING: Final = Sampling(b"dataset 1")


class KnownItems:
    """Keeps the facts of releases by item, as those who run the checks do."""

    def __init__(self, releases: Iterable[Release]) -> None:
        self.kept = {release.item: facts(release) for release in releases}

    def facts(self, items: Collection[int]) -> Mapping[int, Facts]:
        return {item: Facts(self.kept[item]) for item in items}

    def ocids(self, items: Collection[int]) -> Mapping[int, str | None]:
        return {item: facts.ocid for item, facts in self.facts(items).items()}


def numbered(releases: Iterable[Release]) -> list[Release]:
    """Number the releases from 1."""
    listed = list(releases)
    for item, release in enumerate(listed, 1):
        release.item = item
    return listed


def accumulated(releases: Iterable[Release]) -> Accumulators:
    """Collect what is needed of the releases, in which nothing may fail to run."""
    accumulators = Accumulators(SAMPLING)
    for release in releases:
        assert accumulators.add(release, SAMPLING.scramble(release.item)) == []
    return accumulators


def reduced(batches: Sequence[Sequence[Release]]) -> Accumulators:
    """Map each batch by itself, send it as bytes, and merge all of them."""
    total = Accumulators(SAMPLING)
    for batch in batches:
        total.merge(pickle.loads(pickle.dumps(accumulated(batch))))  # noqa: S301 it was made in the line itself
    return total


def outcome(releases: Iterable[Release], statuses: Mapping[str, int | None] | None = None) -> Outcome:
    """Give all results of releases, numbered from 1."""
    listed = numbered(releases)
    return accumulated(listed).finish(KnownItems(listed), statuses)

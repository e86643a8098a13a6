"""How often each outcome occurred, and a sample of where: what batches say of it merges to what all releases do."""

from array import array
from itertools import chain

from checks.digests import UINT64
from checks.outcomes import Case


class Tally:
    """Counts, and samples of scrambled places, by case.

    `counts` has no zeros. `samples` holds the `size` smallest scrambled places (`checks.sampling`), sorted. A place's
    index is that of the object among those of its node in the release: so the samples of most slots are of the same few
    items, and few have to be read for them.
    """

    __slots__ = ("counts", "samples", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self.counts: dict[Case, int] = {}
        self.samples: dict[Case, list[int]] = {}

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # As columns, since thousands of small tuples and lists take several times as long.
        samples = [self.samples.get(counted, []) for counted in self.counts]
        columns = (self.counts, self.counts.values(), map(len, samples), chain.from_iterable(samples))
        return _restored, (self.size, [array(UINT64, each).tobytes() for each in columns])

    def merge(self, other: "Tally") -> None:
        """Add what another tally counted and sampled."""
        for counted, count in other.counts.items():
            self.counts[counted] = self.counts.get(counted, 0) + count
        for sampled, scrambled in other.samples.items():
            mine = self.samples.get(sampled)
            if mine is None:
                self.samples[sampled] = scrambled
            elif len(mine) < self.size or scrambled[0] < mine[-1]:
                self.samples[sampled] = sorted(mine + scrambled)[: self.size]


def _restored(size: int, columns: list[bytes]) -> Tally:
    tally = Tally(size)
    cases, counts, lengths, samples = [array(UINT64, column) for column in columns]
    tally.counts = dict(zip(cases, counts, strict=True))
    places = samples.tolist()
    start = 0
    for key, length in zip(tally.counts, lengths, strict=True):
        if length:
            tally.samples[key] = places[start : start + length]
            start += length
    return tally

"""Counts outcomes, and samples where they occurred, from signatures: a mark and one letter for each of some slots.

Publishers repeat themselves, so most signatures occur often: while releases are walked only their places are noted by
signature; letters are looked at once per batch.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from checks.outcomes import MISSING
from checks.sampling import Sampling

Slot = tuple[str, int, str]
"""The mark of a signature, the number of a slot in it, and the letter there."""
LIKELY: Final = "0snpENABCLOXDFZ"
"""The letters, in the order in which it pays to look for them."""


class Tally:
    """How often each letter occurred in each slot, and a sample of where.

    `counts` has no zeros. `samples` holds the `size` smallest scrambled places (`checks.sampling`), sorted; if `failing`
    only letters in upper case (failures) are sampled. A place's index is that of the signature among its release's.
    """

    __slots__ = ("_places", "counts", "failing", "samples", "size")

    def __init__(self, size: int, *, failing: bool) -> None:
        self.size = size
        self.failing = failing
        self.counts: dict[Slot, int] = {}
        self.samples: dict[Slot, list[int]] = {}
        self._places: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, item: int, signatures: Iterable[str]) -> None:
        """Add the signatures of one item."""
        places = self._places
        place = item << 24
        for signature in signatures:
            places[signature].append(place)
            place += 1

    def settle(self, sampling: Sampling) -> None:
        """Count and sample what was added; needed before results are read, merged or sent."""
        by_mark: defaultdict[str, list[str]] = defaultdict(list)
        for signature in self._places:
            by_mark[signature[0]].append(signature)
        found: defaultdict[Slot, list[int]] = defaultdict(list)
        for mark, signatures in by_mark.items():
            self._count(mark, signatures)
            self._find(mark, signatures, sampling, found)
        for slot, candidates in found.items():
            candidates += self.samples.get(slot, ())
            candidates.sort()
            self.samples[slot] = candidates[: self.size]
        self._places = defaultdict(list)

    def _count(self, mark: str, signatures: Sequence[str]) -> None:
        """Count letters by column, in the signatures of a mark one after the other, each as often as it occurred."""
        width = len(signatures[0])
        joined = "".join([signature * len(self._places[signature]) for signature in signatures])
        counts = self.counts
        for slot in range(width - 1):
            column = joined[slot + 1 :: width]
            left = len(column)
            for letter in LIKELY:
                count = column.count(letter)
                if count:
                    key = (mark, slot, letter)
                    counts[key] = counts.get(key, 0) + count
                    left -= count
                    if not left:
                        break

    def _find(
        self, mark: str, signatures: Sequence[str], sampling: Sampling, found: defaultdict[Slot, list[int]]
    ) -> None:
        """Find the places to sample from, by column too, in the signatures one after the other, each once."""
        if self.failing:
            signatures = [signature for signature in signatures if signature[1:].lower() != signature[1:]]
        if not signatures:
            return
        width = len(signatures[0])
        repeated: list[str] = []
        scrambled: list[int] = []
        for signature in signatures:
            places = self._places[signature]
            if len(places) == 1:
                repeated.append(signature)
                scrambled.append(sampling.scramble_place(places[0]))
            else:
                sample = sampling.sample(places, self.size)
                repeated += [signature] * len(sample)
                scrambled += sample
        joined = "".join(repeated)
        for slot in range(width - 1):
            column = joined[slot + 1 :: width]
            if self.failing and (column.islower() or column == MISSING * len(column)):
                continue
            for letter in set(column):
                if self.failing and not letter.isupper():
                    continue
                candidates = found[mark, slot, letter]
                at = column.find(letter)
                while at >= 0:
                    candidates.append(scrambled[at])
                    at = column.find(letter, at + 1)

    def merge(self, other: "Tally") -> None:
        """Add what another tally counted and sampled; both are settled."""
        for slot, count in other.counts.items():
            self.counts[slot] = self.counts.get(slot, 0) + count
        for slot, scrambled in other.samples.items():
            mine = self.samples.get(slot)
            if mine is None:
                self.samples[slot] = scrambled
            elif len(mine) < self.size or scrambled[0] < mine[-1]:
                self.samples[slot] = sorted(mine + scrambled)[: self.size]

"""Counts outcomes, and samples where they occurred, from signatures: a mark and one letter for each of some slots.

Publishers repeat themselves, so most signatures occur often: while releases are walked only their places are noted by
signature; letters are looked at once per batch.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from checks.sampling import Sampling

Slot = tuple[str, int, str]
"""The mark of a signature, the number of a slot in it, and the letter there."""
LIKELY: Final = "0snpENABCLOXDFZ"
"""The letters, in the order in which it pays to look for them."""
NO_FAILURES: Final = "0spn"


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
        by_mark: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for signature in self._places:
            by_mark[signature[0], len(signature)].append(signature)
        found: defaultdict[Slot, list[int]] = defaultdict(list)
        for (mark, width), signatures in by_mark.items():
            self._count(mark, width, "".join([signature * len(self._places[signature]) for signature in signatures]))
            if self.failing:
                signatures = [signature for signature in signatures if signature[1:].lower() != signature[1:]]  # noqa: PLW2901
            self._find(mark, width, signatures, found)
        for slot, places in found.items():
            sample = sampling.sample(places, self.size)
            self.samples[slot] = sorted(self.samples.get(slot, []) + sample)[: self.size]
        self._places = defaultdict(list)

    def _count(self, mark: str, width: int, joined: str) -> None:
        """Count letters by column, in what all signatures of a mark are when joined."""
        for slot in range(width - 1):
            column = joined[slot + 1 :: width]
            left = len(column)
            for letter in LIKELY:
                count = column.count(letter)
                if count:
                    key = (mark, slot, letter)
                    self.counts[key] = self.counts.get(key, 0) + count
                    left -= count
                    if not left:
                        break

    def _find(self, mark: str, width: int, signatures: Sequence[str], found: defaultdict[Slot, list[int]]) -> None:
        """Find the places to sample from, by column too, where each signature is joined once."""
        joined = "".join(signatures)
        for slot in range(width - 1):
            column = joined[slot + 1 :: width]
            for letter in LIKELY:
                if self.failing and letter in NO_FAILURES:
                    continue
                at = column.find(letter)
                while at >= 0:
                    found[mark, slot, letter] += self._places[signatures[at]]
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

"""Counts outcomes, and samples where they occurred, from signatures (`checks.outcomes`).

Publishers repeat themselves, so most signatures occur often: while releases are walked only their places are noted by
signature; single outcomes are looked at once per batch.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from checks.outcomes import NODE_BITS, node_of
from checks.sampling import Sampling

Slot = tuple[int, int, int]
"""The number of a node, a slot in it, and the outcome there."""
LIKELY: Final = "01528394a6bcdef7"
"""The outcomes as hexadecimal digits, in the order in which it pays to look for them."""
NO_FAILURES: Final = "01"


class Tally:
    """How often each outcome occurred in each slot, and a sample of where.

    `slots` has the number of slots by node. `counts` has no zeros. `samples` holds the `size` smallest scrambled places
    (`checks.sampling`), sorted; if `failing`, of failures alone. A place's index is that of the signature among its
    release's.
    """

    __slots__ = ("_places", "counts", "failing", "samples", "size", "slots")

    def __init__(self, slots: Sequence[int], size: int, *, failing: bool) -> None:
        self.slots = slots
        self.size = size
        self.failing = failing
        self.counts: dict[Slot, int] = {}
        self.samples: dict[Slot, list[int]] = {}
        self._places: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, item: int, signatures: Iterable[int]) -> None:
        """Add the signatures of one item."""
        places = self._places
        place = item << 24
        for signature in signatures:
            places[signature].append(place)
            place += 1

    def settle(self, sampling: Sampling) -> None:
        """Count and sample what was added; needed before results are read, merged or sent."""
        by_node: defaultdict[int, list[int]] = defaultdict(list)
        for signature in self._places:
            by_node[node_of(signature)].append(signature)
        found: defaultdict[Slot, list[int]] = defaultdict(list)
        for node, signatures in by_node.items():
            # A digit for each outcome, the last slot's first.
            digits = [f"{signature >> NODE_BITS:0{self.slots[node]}x}" for signature in signatures]
            places = [self._places[signature] for signature in signatures]
            self._count(node, digits, places)
            self._find(node, digits, places, sampling, found)
        for slot, candidates in found.items():
            self.samples[slot] = sorted(candidates + self.samples.get(slot, []))[: self.size]
        self._places = defaultdict(list)

    def _count(self, node: int, digits: Sequence[str], places: Sequence[list[int]]) -> None:
        """Count outcomes by column, in the digits of all signatures, each as often as it occurred."""
        width = self.slots[node]
        joined = "".join([one * len(its_places) for one, its_places in zip(digits, places, strict=True)])
        counts = self.counts
        for slot in range(width):
            column = joined[width - 1 - slot :: width]
            left = len(column)
            for digit in LIKELY:
                count = column.count(digit)
                if count:
                    key = (node, slot, int(digit, 16))
                    counts[key] = counts.get(key, 0) + count
                    left -= count
                    if not left:
                        break

    def _find(
        self,
        node: int,
        digits: Sequence[str],
        places: Sequence[list[int]],
        sampling: Sampling,
        found: defaultdict[Slot, list[int]],
    ) -> None:
        """Find the places to sample from, by column too, in the digits of signatures, each once per candidate."""
        width = self.slots[node]
        repeated: list[str] = []
        scrambled: list[int] = []
        for one, its_places in zip(digits, places, strict=True):
            if self.failing and not one.strip(NO_FAILURES):
                continue
            if len(its_places) == 1:
                repeated.append(one)
                scrambled.append(sampling.scramble_place(its_places[0]))
            else:
                sample = sampling.sample(its_places, self.size)
                repeated += [one] * len(sample)
                scrambled += sample
        joined = "".join(repeated)
        for slot in range(width):
            column = joined[width - 1 - slot :: width]
            for digit in set(column.strip(NO_FAILURES) if self.failing else column):
                if self.failing and digit in NO_FAILURES:
                    continue
                candidates = found[node, slot, int(digit, 16)]
                at = column.find(digit)
                while at >= 0:
                    candidates.append(scrambled[at])
                    at = column.find(digit, at + 1)

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

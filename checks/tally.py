"""Counts outcomes, and samples where they occurred, from signatures (`checks.outcomes`).

Publishers repeat themselves, so most signatures occur often: while releases are walked only their places are noted by
signature; single outcomes are looked at once per batch.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from operator import mul, or_
from typing import Final

from checks.outcomes import BITS, MISSING, NODE_BITS, NODE_MASK, PASSED
from checks.sampling import Sampling

Slot = tuple[int, int, int]
"""The number of a node, a slot in it, and the outcome there."""
DIGITS: Final = b"0123456789abcdef"
LIKELY: Final = tuple((outcome, DIGITS[outcome]) for outcome in (0, 1, 5, 2, 8, 3, 9, 4, 10, 6, 11, 12, 13, 14, 15, 7))
"""The outcomes, each with its digit, in the order in which it pays to look for them."""
FAILING: Final = int("e" * 250, 16) << NODE_BITS
"""The bits that only failing outcomes have."""
NODE_DIGITS: Final = NODE_BITS // BITS


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
            by_node[signature & NODE_MASK].append(signature)
        for node, signatures in by_node.items():
            form = b"%%0%dx" % (self.slots[node] + NODE_DIGITS)
            rows = [form % signature for signature in signatures]
            found = self._count(node, signatures, rows)
            if found:
                self._sample(signatures, rows, found, sampling)
        self._places = defaultdict(list)

    def _count(self, node: int, signatures: Sequence[int], rows: Sequence[bytes]) -> Sequence[Slot]:
        """Count the outcomes in the signatures of a node, and in their digits, slot by slot; give those to sample."""
        counts = self.counts
        slots = self.slots[node]
        times = [len(self._places[signature]) for signature in signatures]
        total = sum(times)
        digits = b"".join(map(mul, rows, times))
        bits = reduce(or_, signatures) >> NODE_BITS
        found: list[Slot] = []
        for slot in range(slots):
            if not bits >> BITS * slot & 0xF:  # missing everywhere, as most fields are
                key = (node, slot, MISSING)
                counts[key] = counts.get(key, 0) + total
                if not self.failing:
                    found.append(key)
                continue
            column = digits[slots - 1 - slot :: slots + NODE_DIGITS]
            left = total
            for outcome, digit in LIKELY:
                count = column.count(digit)
                if count:
                    key = (node, slot, outcome)
                    counts[key] = counts.get(key, 0) + count
                    if outcome > PASSED or not self.failing:
                        found.append(key)
                    left -= count
                    if not left:
                        break
        return found

    def _sample(
        self, signatures: Sequence[int], rows: Sequence[bytes], found: Sequence[Slot], sampling: Sampling
    ) -> None:
        """Sample the places of outcomes: once all that could be needed are in their scrambled order, the first ones."""
        by_place: dict[int, bytes] = {}
        for signature, row in zip(signatures, rows, strict=True):
            if signature & FAILING or not self.failing:
                places = self._places[signature]
                if len(places) == 1:
                    by_place[sampling.scramble_place(places[0])] = row
                else:
                    by_place.update(dict.fromkeys(sampling.sample(places, self.size), row))
        scrambled = sorted(by_place)
        digits = b"".join([by_place[place] for place in scrambled])
        for key in found:
            node, slot, outcome = key
            slots = self.slots[node]
            column = digits[slots - 1 - slot :: slots + NODE_DIGITS]
            sample: list[int] = []
            at = column.find(DIGITS[outcome])
            while at >= 0 and len(sample) < self.size:
                sample.append(scrambled[at])
                at = column.find(DIGITS[outcome], at + 1)
            self.samples[key] = sorted(sample + self.samples[key])[: self.size] if key in self.samples else sample

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

"""Counts outcomes, and samples where they occurred, from signatures (`checks.outcomes`).

Publishers repeat themselves, so most signatures occur often: while releases are walked only their places are noted by
signature; single outcomes are looked at once per batch.
"""

from array import array
from bisect import bisect_right
from collections import defaultdict
from functools import reduce
from itertools import chain
from operator import and_, mul, or_
from typing import Any, Final

from checks.case_samples import SamplesSoFar
from checks.digests import UINT64
from checks.outcomes import BITS, NODE_BITS, NODE_MASK, OUTCOME_MASK, PASSED, Case, case, parts_of
from checks.sampling import MASK, smallest

DIGITS: Final = b"0123456789abcdef"
_NUMBERS: Final = bytes.maketrans(DIGITS, bytes(range(len(DIGITS))))
LIKELY: Final = (0, 1, 5, 2, 8, 3, 9, 4, 10, 6, 11, 12, 13, 14, 15, 7)
"""The outcomes in the order in which it pays to look for them."""
POSSIBLE: Final = tuple([(one, DIGITS[one]) for one in LIKELY if one & bits == one] for bits in range(1 << BITS))
"""The outcomes that can be where these bits are seen, each with its digit."""
FAILING: Final = int("e" * 250, 16) << NODE_BITS
"""The bits that only failing outcomes have."""
ONE_BY_ONE: Final = 4
"""So many places for each that is wanted are looked at one by one, which is faster for what occurs often."""
OFTEN: Final = 4
"""What one of so many places has occurs often."""
ENOUGH: Final = 2
"""Places are spread evenly: among so many times as many as are wanted on average, there are hardly ever too few."""
FEW: Final = 16
"""Calling what counts in `bytes` takes longer than looking at so few."""
ALIKE: Final = 30
"""If there are more signatures than that, they have hardly anything in common but what is missing in all."""
NODE_DIGITS: Final = NODE_BITS // BITS


class Tally:
    """How often each outcome occurred in each slot, and a sample of where, by case.

    `slots` has the number of slots by node. `counts` has no zeros. `samples` holds the `size` smallest scrambled places
    (`checks.sampling`), sorted; if `failing`, of failures alone. A place's index is that of the object among those of
    its node in the release. So the samples of most slots are of the same few items, and few have to be read for them.
    """

    __slots__ = ("_places", "_so_far", "counts", "failing", "samples", "size", "slots")

    def __init__(self, slots: list[int], size: int, *, failing: bool, so_far: SamplesSoFar | None = None) -> None:
        self.slots = slots
        self.size = size
        self.failing = failing
        self.counts: dict[Case, int] = {}
        self.samples: dict[Case, list[int]] = {}
        self._places: dict[int, list[int]] = {}
        self._so_far = SamplesSoFar(size) if so_far is None else so_far

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # As columns, since thousands of small tuples and lists take several times as long.
        samples = [self.samples.get(counted, []) for counted in self.counts]
        columns = (self.counts, self.counts.values(), map(len, samples), chain.from_iterable(samples))
        return _restored, (self.slots, self.size, self.failing, [array(UINT64, each).tobytes() for each in columns])

    def add(self, scrambled: int, step: int, signatures: list[Any]) -> None:
        """Add the signatures of one item, with its scrambled place at index 0 and the step to that of the next."""
        known = self._places
        places: list[Any] = [scrambled] * len(self.slots)
        for signed in signatures:  # integers that stay the same objects
            signature: int = signed
            node = signature & NODE_MASK
            place = places[node]
            here = known.get(signed)
            if here is None:
                known[signed] = [place]
            else:
                here.append(place)
            number: int = place
            places[node] = number + step & MASK

    def settle(self) -> None:
        """Count and sample what was added; needed before results are read, merged or sent."""
        by_node: defaultdict[int, list[int]] = defaultdict(list)
        for signature in self._places:
            by_node[signature & NODE_MASK].append(signature)
        for node, signatures in by_node.items():
            form = b"%%0%dx" % (self.slots[node] + NODE_DIGITS)
            rows = [form % signature for signature in signatures]
            places = [self._places[signature] for signature in signatures]
            found = self._count(node, form, signatures, b"".join(map(mul, rows, map(len, places))))
            if not found:
                continue
            if self.failing:  # in most there is nothing to sample
                failing = [index for index, signature in enumerate(signatures) if signature & FAILING]
                rows = [rows[index] for index in failing]
                places = [places[index] for index in failing]
            self._sample(node, found, rows, places)
        self._places = {}

    def _count(self, node: int, form: bytes, signatures: list[int], digits: bytes) -> dict[Case, int]:
        """Count the outcomes in the digits of a node's signatures, as often as these occurred; give those to sample."""
        slots = self.slots[node]
        width = slots + NODE_DIGITS
        total = len(digits) // width
        somewhere = (form % reduce(or_, signatures)).translate(_NUMBERS)
        common = reduce(and_, signatures) if len(signatures) <= ALIKE else 0
        everywhere = (form % common).translate(_NUMBERS)
        found: dict[Case, int] = {}
        for slot in range(slots):
            first = slots - 1 - slot
            bits = somewhere[first]
            if bits == everywhere[first]:  # one outcome, as in most slots
                self._add(case(node, slot, bits), total, found)
                continue
            column = digits[first::width]
            left = total
            for outcome, digit in POSSIBLE[bits]:
                count = _times(column, digit)
                if count:
                    self._add(case(node, slot, outcome), count, found)
                    left -= count
                    if not left:
                        break
        return found

    def _add(self, counted: Case, count: int, found: dict[Case, int]) -> None:
        self.counts[counted] = self.counts.get(counted, 0) + count
        if counted & OUTCOME_MASK > PASSED or not self.failing:
            found[counted] = count

    def _sample(self, node: int, found: dict[Case, int], rows: list[bytes], places: list[list[int]]) -> None:
        """Sample the places of outcomes that occurred in a node, with how often; rows have digits, and their places.

        Of outcomes that occur often those are looked for among the smallest of all places, of others among their own.
        """
        so_far = self._so_far
        total = 0
        for its_places in places:
            total += len(its_places)
        often = total // OFTEN
        limit = min(self._limit(found, often), MASK // total * (ENOUGH * OFTEN * self.size))
        near = self._near(limit, rows, places)
        scrambled = sorted(near)
        digits = b"".join([near[place] for place in scrambled])
        written = b"".join(rows)
        width = self.slots[node] + NODE_DIGITS
        for key, count in found.items():
            _, slot, outcome = parts_of(key)
            first = self.slots[node] - 1 - slot
            largest = so_far.limit(key)
            sample: list[int] = []
            if count > often or limit >= largest:
                end = bisect_right(scrambled, largest) if largest < limit else len(scrambled)
                column = digits[first : end * width : width]
                sample = [scrambled[index] for index in _first(column, DIGITS[outcome], self.size)]
            if limit < largest and len(sample) < min(count, self.size):
                having = _first(written[first::width], DIGITS[outcome], len(rows))
                sample = smallest([place for index in having for place in places[index]], self.size)
            sample = so_far.take(key, sample)
            if sample:
                self.samples[key] = sorted(sample + self.samples[key])[: self.size] if key in self.samples else sample

    def _limit(self, found: dict[Case, int], often: int) -> int:
        """Give the largest place that can be in the sample of an outcome that occurs more than so often."""
        limit = 0
        for key, count in found.items():
            if count > often:
                limit = max(limit, self._so_far.limit(key))
        return limit

    def _near(self, limit: int, rows: list[bytes], places: list[list[int]]) -> dict[int, bytes]:
        """Give the rows of the places up to a limit, but of the same row no more than a sample has."""
        near: dict[int, bytes] = {}
        for row, its_places in zip(rows, places, strict=True):
            if len(its_places) == 1:
                if its_places[0] <= limit:
                    near[its_places[0]] = row
            else:
                within = its_places if limit >= MASK else [place for place in its_places if place <= limit]
                near.update(dict.fromkeys(smallest(within, self.size), row))
        return near

    def merge(self, other: "Tally") -> None:
        """Add what another tally counted and sampled; both are settled."""
        for counted, count in other.counts.items():
            self.counts[counted] = self.counts.get(counted, 0) + count
        for sampled, scrambled in other.samples.items():
            mine = self.samples.get(sampled)
            if mine is None:
                self.samples[sampled] = scrambled
            elif len(mine) < self.size or scrambled[0] < mine[-1]:
                self.samples[sampled] = sorted(mine + scrambled)[: self.size]


def _times(column: bytes, digit: int) -> int:
    """Count a digit."""
    if len(column) > FEW:
        return column.count(digit)
    times = 0
    index = 0
    while index < len(column):
        if column[index] == digit:
            times += 1
        index += 1
    return times


def _first(column: bytes, digit: int, count: int) -> list[int]:
    """Give the first indices of a digit."""
    found: list[int] = []
    index = 0
    end = min(len(column), ONE_BY_ONE * count)
    while index < end and len(found) < count:
        if column[index] == digit:
            found.append(index)
        index += 1
    if index == end:
        index = column.find(digit, index)
        while index >= 0 and len(found) < count:
            found.append(index)
            index = column.find(digit, index + 1)
    return found


def _restored(
    slots: list[int],
    size: int,
    failing: bool,  # noqa: FBT001 as pickle gives it
    columns: list[bytes],
) -> Tally:
    tally = Tally(slots, size, failing=failing)
    cases, counts, lengths, samples = [array(UINT64, column) for column in columns]
    tally.counts = dict(zip(cases, counts, strict=True))
    places = samples.tolist()
    start = 0
    for key, length in zip(tally.counts, lengths, strict=True):
        if length:
            tally.samples[key] = places[start : start + length]
            start += length
    return tally

"""Counts the outcomes of a batch, and samples where they occurred, from signatures (`checks.outcomes`).

Publishers repeat themselves, so most signatures occur often: while releases are walked only their places are noted by
signature; single outcomes are looked at once per batch.
"""

from bisect import bisect_right
from typing import Any, Final

from checks.case_samples import SamplesSoFar
from checks.outcomes import NODE_MASK, PASSED
from checks.rows import DIGITS, Found, Rows, first, rows_of
from checks.sampling import MASK, smallest
from checks.tally import Tally

OFTEN: Final = 4
"""What one of so many places has occurs often."""
ENOUGH: Final = 2
"""Places are spread evenly: among so many times as many as are wanted on average, there are hardly ever too few."""


class Noted:
    """The signatures of a batch, by their nodes, with the scrambled places where they occurred.

    `slots` has the number of slots by node. `size` places of each case are sampled; if `failing`, of failures alone.
    """

    __slots__ = ("_failing", "_places", "_size", "_slots", "_so_far")

    def __init__(self, slots: list[int], size: int, *, failing: bool, so_far: SamplesSoFar | None = None) -> None:
        self._slots = slots
        self._size = size
        self._failing = failing
        self._so_far = SamplesSoFar(size) if so_far is None else so_far
        self._places: list[dict[int, list[int]]] = [{} for _ in slots]

    def add(self, scrambled: int, step: int, signatures: list[Any]) -> None:
        """Add the signatures of one item, with its scrambled place at index 0 and the step to that of the next."""
        by_node = self._places
        places: list[Any] = [scrambled] * len(by_node)
        for signed in signatures:  # integers that stay the same objects
            signature: int = signed
            node = signature & NODE_MASK
            place = places[node]
            known = by_node[node]
            here = known.get(signed)
            if here is None:
                known[signed] = [place]
            else:
                here.append(place)
            number: int = place
            places[node] = number + step & MASK

    def tally(self) -> Tally:
        """Count and sample what was added."""
        tally = Tally(self._size)
        least = PASSED + 1 if self._failing else 0
        for node, noted in enumerate(self._places):
            if not noted:
                continue
            rows = rows_of(self._slots[node], noted)
            found = rows.count(node, tally.counts, least)
            if found:
                self._sample(tally, rows.failing() if self._failing else rows, found)
        return tally

    def _sample(self, tally: Tally, rows: Rows, found: list[Found]) -> None:
        """Sample the places of what was found in a node's rows.

        Of outcomes that occur often those are looked for among the smallest of all places, of others among their own.
        """
        so_far = self._so_far
        total = sum(map(len, rows.places))
        often = total // OFTEN
        limit = min(self._limit(found, often), MASK // total * (ENOUGH * OFTEN * self._size))
        near = rows.near(limit, self._size)
        scrambled = sorted(near)
        digits = "".join([near[place] for place in scrambled]).encode()
        all_digits = "".join(rows.texts).encode()
        for one in found:
            largest = so_far.limit(one.case)
            sample: list[int] = []
            if one.count > often or limit >= largest:
                end = bisect_right(scrambled, largest) if largest < limit else len(scrambled)
                column = digits[one.index : end * rows.width : rows.width]
                sample = [scrambled[index] for index in first(column, DIGITS[one.outcome], self._size)]
            if limit < largest and len(sample) < min(one.count, self._size):
                having = first(all_digits[one.index :: rows.width], DIGITS[one.outcome], len(rows.texts))
                sample = smallest([place for index in having for place in rows.places[index]], self._size)
            sample = so_far.take(one.case, sample)
            if sample:
                tally.samples[one.case] = sample

    def _limit(self, found: list[Found], often: int) -> int:
        """Give the largest place that can be in the sample of an outcome that occurs more than so often."""
        limit = 0
        for one in found:
            if one.count > often:
                limit = max(limit, self._so_far.limit(one.case))
        return limit

"""Counts the outcomes of a batch, and samples where they occurred.

While releases are walked, their rows are only kept; single outcomes are looked at once per batch.
"""

from typing import Final

from checks.case_samples import SamplesSoFar
from checks.outcomes import PASSED, Row
from checks.rows import Found, Here, Item, NodeRows
from checks.sampling import MASK, smallest
from checks.tally import Tally

OFTEN: Final = 8
"""What one of so many places has occurs often: places are spread evenly, so among so many for each that is wanted,
there are mostly enough."""


class Noted:
    """The rows of the items of a batch, by node, with the items' scrambled places.

    `slots` has the number of slots by node. `step` is that from a place to the next. As many places of each case are
    sampled as `so_far` keeps; if `failing`, of failures alone.
    """

    __slots__ = ("_failing", "_here", "_so_far", "nodes")

    def __init__(self, slots: list[int], step: int, so_far: SamplesSoFar, *, failing: bool) -> None:
        self._so_far = so_far
        self._failing = failing
        self._here = Here()
        self.nodes = [NodeRows(node, count, step, self._here) for node, count in enumerate(slots)]

    def clear(self) -> None:
        """Forget all items: a new batch begins."""
        for rows in self.nodes:
            if rows.rows:
                rows.clear()

    def begin(self, scrambled: int) -> None:
        """Begin an item, which has this scrambled place at index 0: rows are added to `nodes` from now on."""
        self._here.item = Item(scrambled)

    def forget(self) -> None:
        """Forget the rows of the item that is begun."""
        for rows in self.nodes:
            rows.cut(rows.start())

    def of_item(self) -> dict[int, list[Row]]:
        """Give the rows of the item that is begun, by node."""
        return {rows.node: found for rows in self.nodes if (found := rows.of_item())}

    def tally(self) -> Tally:
        """Count and sample what was added."""
        tally = Tally(self._so_far.size)
        least = PASSED + 1 if self._failing else 0
        for rows in self.nodes:
            found = rows.count(tally.counts, least) if rows.rows else []
            if found:
                self._sample(tally, rows, found)
        return tally

    def _sample(self, tally: Tally, rows: NodeRows, found: list[Found]) -> None:
        """Sample the places of what was found in a node's rows.

        Of outcomes that occur often those are looked for among the smallest of all places, of others among their own.
        """
        so_far = self._so_far
        size = so_far.size
        total = rows.failing if self._failing else len(rows.rows)
        often = total // OFTEN
        limit = min(self._limit(found, often), MASK // total * (OFTEN * size))
        near = rows.places(limit, failing=self._failing)
        scrambled = sorted(near)
        in_order = [near[place] for place in scrambled]
        for one in found:
            largest = so_far.limit(one.case)
            sample: list[int] = []
            if one.count > often or limit >= largest:
                for index, place in enumerate(scrambled):
                    if place > largest or len(sample) == size:
                        break
                    if in_order[index].has(one):
                        sample.append(place)
            if limit < largest and len(sample) < min(one.count, size):
                sample = smallest(list(rows.places(MASK, failing=self._failing, one=one)), size)
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

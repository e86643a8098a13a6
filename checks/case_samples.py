"""The samples of cases over all batches of a collection that one process has seen."""

from bisect import bisect_left

from checks.outcomes import Case
from checks.sampling import MASK


class SamplesSoFar:
    """The `size` smallest scrambled places of each case in all batches so far, sorted.

    What isn't among them isn't among the smallest of the whole collection, whatever other batches contain, and however
    often a batch comes: so most of what a later batch samples needn't even be looked at, sent or stored.
    """

    __slots__ = ("_by_case", "size")

    def __init__(self, size: int) -> None:
        self.size = size
        self._by_case: dict[Case, list[int]] = {}

    def limit(self, sampled: Case) -> int:
        """Give the largest scrambled place that can be among the smallest."""
        smallest = self._by_case.get(sampled)
        return MASK if smallest is None or len(smallest) < self.size else smallest[-1]

    def take(self, sampled: Case, scrambled: list[int]) -> list[int]:
        """Take in the sample of a batch, sorted; give what of it is among the smallest."""
        smallest = self._by_case.get(sampled)
        if smallest is None:
            self._by_case[sampled] = scrambled.copy()
            return scrambled
        among: list[int] = []
        for place in scrambled:
            if len(smallest) == self.size and place > smallest[-1]:
                break
            among.append(place)
            index = bisect_left(smallest, place)
            if index == len(smallest) or smallest[index] != place:  # a batch can come twice
                smallest.insert(index, place)
                if len(smallest) > self.size:
                    smallest.pop()
        return among

"""Which of very many things occur more than once, and where: two columns of 8 bytes each."""

from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import compress, count
from operator import not_
from typing import Any, Self

from checks.digests import UINT64


class Occurrences:
    """The digests of things and the places where they occur, side by side."""

    __slots__ = ("digests", "places")

    def __init__(self) -> None:
        self.digests = array(UINT64)
        self.places = array(UINT64)

    def __reduce__(self) -> "tuple[object, tuple[bytes, bytes]]":
        return _restored, (self.digests.tobytes(), self.places.tobytes())

    def __len__(self) -> int:
        return len(self.digests)

    def extend(self, digests: Iterable[int], places: Iterable[int]) -> None:
        """Add things and their places."""
        self.digests.extend(digests)
        self.places.extend(places)

    def merge(self, other: Self) -> None:
        """Add those of another batch."""
        self.digests.extend(other.digests)
        self.places.extend(other.places)

    def repeated(self) -> dict[int, int]:
        """Count those that occur more than once.

        A set takes half the time of sorting, and twice the memory: about 100 bytes for each.
        """
        once: set[Any] = set()  # compiled, numbers that are only handed on stay what they are
        counts: dict[Any, int] = {}
        digests: Any = self.digests
        for digest in digests:
            if digest in once:
                counts[digest] = counts.get(digest, 1) + 1
            else:
                once.add(digest)
        return counts

    def places_of(self, digests: Collection[int]) -> dict[int, list[int]]:
        """Give all places of each of these, in order."""
        places: dict[int, list[int]] = {digest: [] for digest in digests}
        for index in indices_among(places, self.digests):
            places[self.digests[index]].append(self.places[index])
        return {digest: sorted(found) for digest, found in places.items()}

    def single(self, repeated: Collection[int]) -> list[int]:
        """Give the places of those that occur once, which is all that aren't repeated, in no order."""
        if not repeated:
            return self.places.tolist()
        return list(compress(self.places, map(not_, map(repeated.__contains__, self.digests))))

    def most_frequent(self, size: int) -> list[list[int]]:
        """Give all places of each of the most frequent ones, in order; on a tie of those that come first."""
        repeated = self.repeated()
        least = min(sorted(repeated.values(), reverse=True)[:size], default=0)
        candidates = self.places_of([digest for digest, times in repeated.items() if times >= least])
        found = sorted(candidates.values(), key=lambda places: (-len(places), places[0]))[:size]
        if len(found) < size:
            found += [[place] for place in sorted(self.single(repeated))[: size - len(found)]]
        return found


def indices_among(wanted: Collection[int], column: Iterable[int]) -> Iterator[int]:
    """Give the indices of those entries of a column that are wanted: quickly, if these are few."""
    return compress(count(), map(wanted.__contains__, column))


def _restored(digests: bytes, places: bytes) -> Occurrences:
    occurrences = Occurrences()
    occurrences.digests.frombytes(digests)
    occurrences.places.frombytes(places)
    return occurrences

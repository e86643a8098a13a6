"""Which of very many things occur more than once, and where: two columns of 8 bytes each."""

from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import compress, islice
from operator import eq, not_
from typing import Final, NamedTuple, Self

from checks.digests import UINT64

LAST: Final = 1 << 64


class Frequent(NamedTuple):
    """One of the most frequent things: its digest, how often it occurs, and the first place where."""

    digest: int
    times: int
    first: int


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

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """Give pairs of digest and place, in no order."""
        return zip(self.digests, self.places, strict=True)

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

        Sorting takes half the memory of counting all, if few repeat.
        """
        ordered = sorted(self.digests)
        counts: dict[int, int] = {}
        for digest in compress(ordered, map(eq, ordered, islice(ordered, 1, None))):
            counts[digest] = counts.get(digest, 1) + 1
        return counts

    def firsts(self, digests: Collection[int]) -> dict[int, int]:
        """Give the first place of each of these."""
        firsts = dict.fromkeys(digests, LAST)
        for digest, place in self._among(firsts):
            if place < firsts[digest]:  # noqa: PLR1730 faster than min
                firsts[digest] = place
        return firsts

    def places_of(self, digests: Collection[int]) -> dict[int, list[int]]:
        """Give all places of each of these, in order."""
        places: dict[int, list[int]] = {digest: [] for digest in digests}
        for digest, place in self._among(places):
            places[digest].append(place)
        return {digest: sorted(found) for digest, found in places.items()}

    def single(self, repeated: Collection[int]) -> list[int]:
        """Give the places of those that occur once, which is all that aren't repeated, in no order."""
        return list(compress(self.places, self._not_among(repeated)))

    def most_frequent(self, size: int) -> list[Frequent]:
        """Give the most frequent ones, on a tie those that come first."""
        repeated = self.repeated()
        least = min(sorted(repeated.values(), reverse=True)[:size], default=0)
        candidates = {digest for digest, count in repeated.items() if count >= least}
        ranked = [Frequent(digest, repeated[digest], first) for digest, first in self.firsts(candidates).items()]
        ranked = sorted(ranked, key=lambda frequent: (-frequent.times, frequent.first))[:size]
        if len(ranked) < size:
            firsts = dict.fromkeys(sorted(self.single(repeated))[: size - len(ranked)])
            digests = dict(compress(zip(self.places, self.digests, strict=True), map(firsts.__contains__, self.places)))
            ranked += [Frequent(digests[place], 1, place) for place in firsts]
        return ranked

    def _among(self, digests: Collection[int]) -> Iterator[tuple[int, int]]:
        return compress(self, map(digests.__contains__, self.digests))

    def _not_among(self, digests: Collection[int]) -> Iterator[bool]:
        return map(not_, map(digests.__contains__, self.digests))


def _restored(digests: bytes, places: bytes) -> Occurrences:
    occurrences = Occurrences()
    occurrences.digests.frombytes(digests)
    occurrences.places.frombytes(places)
    return occurrences

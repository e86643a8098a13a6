"""Samples without bias that merge, and that are the same on every run.

A place is one number: the item's number, and the index of what is meant in that item. A key turns places into scrambled
places, one to one. A sample of k is the k smallest scrambled places of all that qualify: so it doesn't depend on how
items are cut into batches or ordered, two samples merge by keeping the k smallest of both, and a candidate needs no
more room than one integer.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Final

INDEX_BITS: Final = 24
"""So many bits of a place say the index in the item (below 16.8 million), the others the item."""
_INDEX_MASK: Final = (1 << INDEX_BITS) - 1
SCRAMBLED_BITS: Final = 60
"""Scrambled places have so many: enough for 34 billion items, and few enough for fast arithmetic."""
_MODULUS: Final = 1 << SCRAMBLED_BITS
_HALF: Final = _MODULUS >> 1
MASK: Final = _MODULUS - 1
"""For numbers modulo 2 to the 60."""
_MANY: Final = 6
_BITS_OF_HALF: Final = SCRAMBLED_BITS // 2
_MASK_OF_HALF: Final = (1 << _BITS_OF_HALF) - 1


def place_of(item: int, index: int = 0) -> int:
    """Give the place: items in their order, and what is in an item in its order."""
    return item << INDEX_BITS | index


def item_of(place: int) -> int:
    """Give the number of the place's item."""
    return place >> INDEX_BITS


def index_of(place: int) -> int:
    """Give the place's index in its item."""
    return place & _INDEX_MASK


class Sampling:
    """Scrambles places by a key, and takes samples.

    The scrambled place is (step * place + offset) modulo 2 to the 60, with an odd step: each of them can be undone, and
    with a random offset every place is as likely as any other to be among the smallest. So the scrambled place of the
    next index is one `step` further, modulo 2 to the 60. Items are counted from `first`, the number of the dataset's
    first: the same releases give the same samples, whatever numbers their items got.
    """

    __slots__ = ("_inverse", "_offset", "_start", "first", "key", "step")

    def __init__(self, key: bytes, first: int = 0) -> None:
        self.key = key
        self.first = first
        digest = blake2b(key, digest_size=16).digest()
        self.step = int.from_bytes(digest[:8], "big") & MASK | 1
        self._start = place_of(first)
        self._offset = int.from_bytes(digest[8:], "big") - self.step * self._start & MASK
        self._inverse = pow(self.step, -1, _MODULUS)

    def __reduce__(self) -> tuple[Callable[[bytes, int], "Sampling"], tuple[bytes, int]]:
        return _known, (self.key, self.first)

    def scramble(self, item: int, index: int = 0) -> int:
        """Give the scrambled place of an item, or of what is at an index in it.

        >>> sampling = Sampling(b"dataset 7")
        >>> sampling.place(sampling.scramble(12, 3))
        (12, 3)
        """
        return product(self.step, (item << INDEX_BITS | index) & MASK) + self._offset & MASK

    def place(self, scrambled: int) -> tuple[int, int]:
        """Give the item and the index back."""
        place = self._unscrambled(scrambled)
        return item_of(place), index_of(place)

    def _unscrambled(self, scrambled: int) -> int:
        # That among all places with this scrambled one that is nearest to the first: places may have more bits.
        nearest = self._start - _HALF
        return nearest + (product(scrambled - self._offset & MASK, self._inverse) - nearest & MASK)

    def sample(self, places: Iterable[int], size: int) -> list[int]:
        """Give the scrambled places of a sample of at most that size, in their order."""
        step = self.step
        offset = self._offset
        return smallest([product(step, place & MASK) + offset & MASK for place in places], size)

    def places(self, sample: Iterable[int]) -> list[int]:
        """Give the places of a sample, in the order of the items."""
        return sorted(self.unscrambled(sample))

    def unscrambled(self, sample: Iterable[int]) -> list[int]:
        """Give the places of scrambled places, in their order."""
        return [self._unscrambled(scrambled) for scrambled in sample]


@lru_cache(8)
def _known(key: bytes, first: int) -> Sampling:
    """Make it once per process, however many come as pickles."""
    return Sampling(key, first)


def product(one: int, other: int) -> int:
    """Multiply two numbers below 2 to the 60, modulo 2 to the 60.

    By halves, nothing on the way is larger than 2 to the 61. Compiled, such numbers are registers and take a
    twentieth of the time that larger ones do.
    """
    low = one & _MASK_OF_HALF
    other_low = other & _MASK_OF_HALF
    crossed = (one >> _BITS_OF_HALF) * other_low + low * (other >> _BITS_OF_HALF)
    return low * other_low + ((crossed & _MASK_OF_HALF) << _BITS_OF_HALF) & MASK


def smallest(scrambled: list[int], size: int) -> list[int]:
    """Give a sample of places that are scrambled already, in their order."""
    if len(scrambled) > _MANY * size:
        # They are spread evenly, so about three times as many as needed are below this: sorting those is enough.
        limit = MASK // len(scrambled) * (3 * size)
        few = [one for one in scrambled if one < limit]
        if len(few) >= size:
            scrambled = few
    return sorted(scrambled)[:size]

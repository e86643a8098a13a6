"""The signatures of one node in a batch, laid out so that all outcomes of a slot are one column of digits."""

from functools import reduce
from itertools import compress, repeat
from operator import and_, mul, or_
from typing import Final

from checks.outcomes import BITS, NODE_BITS, Case, case
from checks.sampling import MASK, smallest

DIGITS: Final = b"0123456789abcdef"
_NUMBERS: Final = bytes.maketrans(DIGITS, bytes(range(len(DIGITS))))
LIKELY: Final = (0, 1, 5, 2, 8, 3, 9, 4, 10, 6, 11, 12, 13, 14, 15, 7)
"""The outcomes in the order in which it pays to look for them."""
POSSIBLE: Final = tuple([(one, DIGITS[one]) for one in LIKELY if one & bits == one] for bits in range(1 << BITS))
"""The outcomes that can be where these bits are seen, each with its digit."""
FAILING: Final = int("e" * 250, 16) << NODE_BITS
"""The bits that only failing outcomes have."""
BEFORE: Final = len("0x1")
"""What stands in a row before the digits of the slots; the last slot's is the first."""
BEHIND: Final = NODE_BITS // BITS
"""What stands behind them: the node's digits."""
ONE_BY_ONE: Final = 4
"""So many places for each that is wanted are looked at one by one, which is faster for what occurs often."""
FEW: Final = 16
"""Calling what counts in `bytes` takes longer than looking at so few."""
ALIKE: Final = 30
"""If there are more signatures than that, they have hardly anything in common but what is missing in all."""


class Found:
    """A case that occurs: the index of its slot in the rows, its outcome, and how often it occurs."""

    __slots__ = ("case", "count", "index", "outcome")

    def __init__(self, found: Case, index: int, outcome: int, count: int) -> None:
        self.case = found
        self.index = index
        self.outcome = outcome
        self.count = count


class Rows:
    """The signatures of a node, written as rows of digits of the same `width`, with the scrambled places of each."""

    __slots__ = ("places", "signatures", "slots", "texts", "width")

    def __init__(self, slots: int, signatures: list[int], texts: list[str], places: list[list[int]]) -> None:
        self.slots = slots
        self.width = BEFORE + slots + BEHIND
        self.signatures = signatures
        self.texts = texts
        self.places = places

    def failing(self) -> "Rows":
        """Give those that have a failing outcome."""
        failing = list(map(and_, self.signatures, repeat(FAILING)))
        return Rows(
            self.slots,
            list(compress(self.signatures, failing)),
            list(compress(self.texts, failing)),
            list(compress(self.places, failing)),
        )

    def count(self, node: int, counts: dict[Case, int], least: int) -> list[Found]:
        """Count the outcomes, each as often as its row has places; give those of at least `least`."""
        digits = "".join(map(mul, self.texts, map(len, self.places))).encode()
        total = len(digits) // self.width
        somewhere = everywhere = self._numbers(reduce(or_, self.signatures))
        if len(self.signatures) > 1:
            everywhere = self._numbers(reduce(and_, self.signatures) if len(self.signatures) <= ALIKE else 0)
        found: list[Found] = []
        for slot in range(self.slots):
            index = BEFORE + self.slots - 1 - slot
            bits = somewhere[index]
            if bits == everywhere[index]:  # one outcome, as in most slots
                counts[case(node, slot, bits)] = total
                if bits >= least:
                    found.append(Found(case(node, slot, bits), index, bits, total))
                continue
            column = digits[index :: self.width]
            left = total
            for outcome, digit in POSSIBLE[bits]:
                count = times(column, digit)
                if count:
                    counts[case(node, slot, outcome)] = count
                    if outcome >= least:
                        found.append(Found(case(node, slot, outcome), index, outcome, count))
                    left -= count
                    if not left:
                        break
        return found

    def _numbers(self, signature: int) -> bytes:
        """Give the outcomes in a signature where they stand in a row, as numbers."""
        return hex(_leading(self.slots) | signature).encode().translate(_NUMBERS)

    def near(self, limit: int, size: int) -> dict[int, str]:
        """Give the rows of the places up to a limit, by these, but of the same row no more than so many."""
        near: dict[int, str] = {}
        for row, places in zip(self.texts, self.places, strict=True):
            if len(places) == 1:
                if places[0] <= limit:
                    near[places[0]] = row
            else:
                within = places if limit >= MASK else [place for place in places if place <= limit]
                near.update(dict.fromkeys(smallest(within, size), row))
        return near


def rows_of(slots: int, places: dict[int, list[int]]) -> Rows:
    """Make the rows of a node with so many slots from the places of its signatures."""
    texts = list(map(hex, map(or_, places, repeat(_leading(slots)))))
    return Rows(slots, list(places), texts, list(places.values()))


def _leading(slots: int) -> int:
    """Give what has all signatures of a node written with as many digits: a 1 before the outcomes."""
    return 1 << NODE_BITS + BITS * slots


def times(column: bytes, digit: int) -> int:
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


def first(column: bytes, digit: int, count: int) -> list[int]:
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

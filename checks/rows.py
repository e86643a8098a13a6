"""The rows of a batch by node, so that the outcomes of a slot are one column."""

from typing import Any, Final

from checks.outcomes import BITS, Case, Row, case
from checks.sampling import MASK, product

DIGITS: Final = b"0123456789abcdef"
LIKELY: Final = (0, 1, 5, 2, 8, 3, 9, 4, 10, 6, 11, 12, 13, 14, 15, 7)
"""The outcomes in the order in which it pays to look for them."""
IN_TURN: Final = {DIGITS[first]: [(one, DIGITS[one]) for one in sorted(LIKELY, key=first.__ne__)] for first in LIKELY}
"""The outcomes, each with its digit, in the order in which they are counted in a column that begins with a digit."""
OUTCOMES: Final = bytes([max(DIGITS.find(digit), 0) for digit in range(128)])
"""The outcome by its digit."""
BEFORE: Final = 3
"""The length of what `hex` writes before the digits of the outcomes, 0x1, if a 1 stands before these."""
FEW: Final = 16
"""Calling what counts in `bytes` takes longer than looking at so few."""
ONE_BY_ONE: Final = 4
"""So many places for each that is wanted are looked at one by one, which is faster for what occurs often."""
_HEX: Final = hex
"""What is no module's own is found faster like this, compiled."""


def row_of_number(outcomes: int, slots: int) -> Row:
    """Give the row of so many outcomes that are digits of a number.

    >>> row_of_number(0x501, 4)
    '0501'
    """
    return _HEX(1 << BITS * slots | outcomes)[BEFORE:]


class Found:
    """A case that occurs, how often it occurs, its digit, and the index of that in the rows."""

    __slots__ = ("case", "count", "digit", "index")

    def __init__(self, found: Case, count: int, digit: int, index: int) -> None:
        self.case = found
        self.count = count
        self.digit = digit
        self.index = index


class Here:
    """The item that rows are added of at present: its scrambled place at index 0, an integer that is only handed on."""

    __slots__ = ("place",)

    def __init__(self) -> None:
        self.place: Any = None


class NodeRows:
    """The rows of all objects of a node, in their order, and where they are.

    `items` has, beside each row, the scrambled place of its item at index 0, one object for all rows of an item; the
    next ones' are each a `step` further. `failing` has the indices of those with an outcome that fails. `digits` has
    those of all rows, once they are counted.
    """

    __slots__ = ("digits", "failing", "here", "items", "node", "rows", "slots", "step")

    def __init__(self, node: int, slots: int, step: int, here: Here) -> None:
        self.node = node
        self.slots = slots
        self.step = step
        self.here = here
        self.rows: list[Row] = []
        self.items: list[Any] = []
        self.failing: list[int] = []
        self.digits = b""

    def add(self, row: Row, *, failing: bool) -> None:
        """Add a row of the present item, and say whether any of its outcomes fails."""
        if failing:
            self.failing.append(len(self.rows))
        self.items.append(self.here.place)
        self.rows.append(row)

    def clear(self) -> None:
        """Forget all rows."""
        self.rows.clear()
        self.items.clear()
        self.failing.clear()
        self.digits = b""

    def start(self) -> int:
        """Give the index of the first row of the present item; that of the next one, if it has none yet."""
        index = len(self.items)
        while index and self.items[index - 1] is self.here.place:
            index -= 1
        return index

    def cut(self, length: int) -> None:
        """Forget the last rows, so that so many are left."""
        del self.rows[length:]
        del self.items[length:]
        while self.failing and self.failing[-1] >= length:
            self.failing.pop()

    def count(self, counts: dict[Case, int], least: int) -> list[Found]:
        """Count the outcomes; give those of at least `least`."""
        self.digits = "".join(self.rows).encode()
        found: list[Found] = []
        for slot in range(self.slots):
            index = self.slots - 1 - slot
            if self._is_one_digit(index):
                outcome = OUTCOMES[self.digits[index]]
                counts[case(self.node, slot, outcome)] = len(self.rows)
                if outcome >= least:
                    found.append(self._found(slot, outcome, len(self.rows)))
                continue
            column = self.digits[index :: self.slots]
            left = len(column)
            for outcome, digit in IN_TURN[column[0]]:
                count = times(column, digit)
                if count:
                    counts[case(self.node, slot, outcome)] = count
                    if outcome >= least:
                        found.append(self._found(slot, outcome, count))
                    left -= count
                    if not left:
                        break
        return found

    def _found(self, slot: int, outcome: int, count: int) -> Found:
        return Found(case(self.node, slot, outcome), count, DIGITS[outcome], self.slots - 1 - slot)

    def _is_one_digit(self, index: int) -> bool:
        """Say, if there are few rows, whether all have the same digit at an index."""
        if len(self.rows) > FEW:
            return False
        digits = self.digits
        digit = digits[index]
        while index < len(digits):
            if digits[index] != digit:
                return False
            index += self.slots
        return True

    def having(self, one: Found) -> list[int]:
        """Give the places of a case."""
        column = self.digits[one.index :: self.slots]
        return list(self.places(first(column, one.digit, one.count), MASK))

    def places(self, indices: list[int], limit: int) -> dict[int, int]:
        """Give the indices of rows, which come in their order, by their places, as far as these are up to a limit."""
        places: dict[int, int] = {}
        items = self.items
        at = 0
        item: Any = None
        here = 0
        for index in indices:
            start = index  # or where the rows of its item begin, if these aren't those of the row before
            while start > at and items[start - 1] is items[index]:
                start -= 1
            if items[start] is not item:
                item = items[start]
                here = item
                at = start
            if index != at:
                here = here + (self.step if index == at + 1 else product(self.step, index - at)) & MASK
                at = index
            if here <= limit:
                places[here] = index
        return places


def times(column: bytes, digit: int) -> int:
    """Count a digit."""
    if len(column) > FEW:
        return column.count(digit)
    found = 0
    index = 0
    while index < len(column):
        if column[index] == digit:
            found += 1
        index += 1
    return found


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

"""The rows of a batch by node: what many objects have in common is looked at once."""

from typing import TYPE_CHECKING, Final

from checks.outcomes import BITS, Case, Row, case
from checks.sampling import MASK

if TYPE_CHECKING:
    from mypy_extensions import i64  # an integer to the type checker; compiled, it is computed with faster

DIGITS: Final = b"0123456789abcdef"
_PASSED: Final = 0x31
"""The digit of what passed. Of those after it each fails, of those before it none. Written so, it is a constant."""
BEFORE: Final = 3
"""The length of what `hex` writes before the digits of the outcomes, 0x1, if a 1 stands before these."""
_HEX: Final = hex
"""What is no module's own is found faster like this, compiled."""


def row_of_number(outcomes: int, slots: int) -> Row:
    """Give the row of so many outcomes that are digits of a number.

    >>> row_of_number(0x501, 4)
    '0501'
    """
    return _HEX(1 << BITS * slots | outcomes)[BEFORE:]


def _any_fails(digits: bytes) -> bool:
    # A loop, since calling what `bytes` have would take several times as long for so few.
    index: i64 = 0
    while index < len(digits):
        if digits[index] > _PASSED:
            return True
        index += 1
    return False


class KnownRow:
    """A row that is made once for all objects of a node with the same outcomes.

    `digits` are those of its text, `fails` says whether any outcome does. `count` is that of the objects that have it
    while a batch is counted, and 0 else.

    >>> [KnownRow(text).fails for text in ("0110", "0112", "a111", "")]
    [False, True, True, False]
    """

    __slots__ = ("count", "digits", "fails", "text")

    def __init__(self, text: Row) -> None:
        self.text = text
        self.digits = text.encode()
        self.fails = _any_fails(self.digits)
        self.count: i64 = 0

    def has(self, one: "Found") -> bool:
        """Say whether a case is one of its outcomes."""
        return self.digits[one.index] == one.digit


class Found:
    """A case that occurs, how often it occurs, its digit, and the index of that in the rows."""

    __slots__ = ("case", "count", "digit", "index")

    def __init__(self, found: Case, count: int, digit: int, index: int) -> None:
        self.case = found
        self.count = count
        self.digit = digit
        self.index = index


class Item:
    """An item that rows are of, and its scrambled place at index 0."""

    __slots__ = ("place",)

    def __init__(self, place: int) -> None:
        self.place: i64 = place


NOBODY: Final = Item(0)
"""Has no rows."""


class Here:
    """The item that rows are added of at present."""

    __slots__ = ("item",)

    def __init__(self) -> None:
        self.item = NOBODY


class NodeRows:
    """The rows of all objects of a node, in their order, and where they are.

    `items` has the item of each row. The scrambled places of an item's rows begin at its own, each a `step` after the
    one before. So many of the rows have an outcome that fails as `failing` says, once they are counted.
    """

    __slots__ = ("failing", "here", "items", "node", "rows", "slots", "step")

    def __init__(self, node: int, slots: int, step: int, here: Here) -> None:
        self.node = node
        self.slots = slots
        self.step = step
        self.here = here
        self.rows: list[KnownRow] = []
        self.items: list[Item] = []
        self.failing = 0

    def add(self, row: KnownRow) -> None:
        """Add a row of the present item."""
        self.items.append(self.here.item)
        self.rows.append(row)

    def clear(self) -> None:
        """Forget all rows, also if counting them was broken off."""
        for row in self.rows:
            row.count = 0
        self.rows.clear()
        self.items.clear()

    def start(self) -> int:
        """Give the index of the first row of the present item; that of the next one, if it has none yet."""
        index = len(self.items)
        while index and self.items[index - 1] is self.here.item:
            index -= 1
        return index

    def cut(self, length: int) -> None:
        """Forget the last rows, so that so many are left."""
        del self.rows[length:]
        del self.items[length:]

    def of_item(self) -> list[Row]:
        """Give the texts of the present item's rows."""
        start = self.start()
        return [row.text for row in self.rows[start:]] if start < len(self.rows) else []

    def count(self, counts: dict[Case, int], least: int) -> list[Found]:
        """Count the outcomes; give those of at least `least`."""
        totals = [0] * (self.slots << BITS)
        occurring: list[int] = []
        self.failing = 0
        for row in self._different():
            if row.fails:
                self.failing += row.count
            self._add_up(row, totals, occurring)
            row.count = 0
        found: list[Found] = []
        for at in occurring:
            slot, outcome = at >> BITS, at & 0xF
            counted = case(self.node, slot, outcome)
            counts[counted] = totals[at]
            if outcome >= least:
                found.append(Found(counted, totals[at], DIGITS[outcome], self.slots - 1 - slot))
        return found

    def _add_up(self, row: KnownRow, totals: list[int], occurring: list[int]) -> None:
        """Add to the totals of each outcome in each slot, and note those that it is the first for."""
        digits = row.digits
        index: i64 = self.slots
        slot: i64 = 0
        while index > 0:
            index -= 1
            digit: i64 = digits[index]
            at = slot + (digit & 0xF) + 9 * (digit >> 6)  # of the characters 0 to 9, and a to f
            total: i64 = totals[at]
            if total == 0:
                occurring.append(at)
            totals[at] = total + row.count
            slot += 1 << BITS

    def _different(self) -> list[KnownRow]:
        """Give each row that occurs once, and note in it how often it does."""
        different: list[KnownRow] = []
        for row in self.rows:
            if row.count == 0:
                different.append(row)
            row.count += 1
        return different

    def places(self, limit: int, *, failing: bool, one: Found | None = None) -> dict[int, KnownRow]:
        """Give rows by their places, as far as these are up to a limit.

        If `failing`, those with an outcome that fails; of `one` case, those that have it.
        """
        found: dict[int, KnownRow] = {}
        before = NOBODY
        here: i64 = 0
        step: i64 = self.step
        mask: i64 = MASK
        largest: i64 = limit
        for index, row in enumerate(self.rows):
            item = self.items[index]
            here = here + step & mask if item is before else item.place
            before = item
            if here > largest or (failing and not row.fails):
                continue
            if one is None or row.has(one):
                found[here] = row
        return found

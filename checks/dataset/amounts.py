"""What is collected of values: their currencies, what they are in US dollars, and which of them repeat."""

from array import array
from itertools import compress
from math import inf, isfinite
from struct import pack
from typing import Any, ClassVar, Final, Self

from checks.dataset.codes import Codes
from checks.dataset.collecting import Collector
from checks.dataset.occurrences import Occurrences
from checks.digests import UINT64, digest_json
from checks.facts import VALUES as COMPARED
from checks.money import DOLLARS, OddCurrency
from checks.release import VALUES, Release
from checks.sampling import INDEX_BITS, MASK, Sampling
from checks.values import Json

NO_CODE: Final = "other"
"""Stands for all currencies that aren't three letters: what couldn't be converted is counted by currency."""
UNKNOWN: Final = -1.0
_CODE_LENGTH: Final = 3
_NEARLY_WHOLE: Final = 0.999999


class Column:
    """The values at a path in one currency: their places, scrambled places, amounts, and worths in US dollars."""

    __slots__ = ("amounts", "dollars", "places", "scrambled")

    def __init__(self) -> None:
        self.places: list[int] = []
        self.scrambled: list[int] = []
        self.amounts: list[Any] = []
        self.dollars: list[float] = []

    def add(self, place: int, scrambled: int, amount: float | None, dollars: float) -> None:
        """Add a value."""
        self.places.append(place)
        self.scrambled.append(scrambled)
        self.amounts.append(amount)
        self.dollars.append(dollars)

    def finite(self) -> "Column":
        """Give those whose amount is a finite number: the others don't count."""
        if _all_finite(self.amounts):
            return self
        finite = [amount is not None and isfinite(amount) for amount in self.amounts]
        column = Column()
        column.places = list(compress(self.places, finite))
        column.scrambled = list(compress(self.scrambled, finite))
        column.amounts = list(compress(self.amounts, finite))
        column.dollars = list(compress(self.dollars, finite))
        return column


Columns = dict[str | OddCurrency | None, Column]


class Amounts:
    """The values at a path whose amount is a number and whose currency is there, as three columns.

    `pairs` has a digest of each pair of amount and currency, and its place; `dollars`, beside it, the amount in US
    dollars, or -1 if it is negative or can't be converted. `unconverted` counts the amounts that couldn't be converted,
    by currency. A place's index counts all that is found at the path.
    """

    __slots__ = ("dollars", "pairs", "unconverted")

    def __init__(self) -> None:
        self.pairs = Occurrences()
        self.dollars = array("d")
        self.unconverted: dict[str, int] = {}

    def take(self, columns: Columns) -> None:
        """Add values."""
        places: list[int] = []
        amounts: list[float] = []
        dollars: list[float] = []
        marks: list[bytes] = []
        for currency, column in columns.items():
            if currency is None:
                continue
            counting = column.finite()
            here = counting.amounts
            if isinstance(currency, str):
                dollars += self._in_dollars(currency, here, counting.dollars)
                marks.append(_mark(currency) * len(here))
            else:
                self._count(NO_CODE, len([amount for amount in here if amount >= 0]))
                if type(currency.value) is dict or type(currency.value) is list:
                    continue
                dollars += [UNKNOWN] * len(here)
                marks.append(_mark(currency.value) * len(here))
            places += counting.places
            amounts += here
        if amounts:
            self._extend(places, amounts, b"".join(marks), dollars)

    def _in_dollars(self, currency: str, amounts: list[float], dollars: list[float]) -> list[float]:
        """Give what the amounts of a currency are in US dollars, rounded to 6 digits if it was converted."""
        if not isfinite(sum(dollars)):
            pairs = zip(amounts, dollars, strict=True)
            self._count(currency, len([amount for amount, worth in pairs if amount >= 0 and not isfinite(worth)]))
            dollars = [worth if isfinite(worth) else UNKNOWN for worth in dollars]
        # Only whole dollars matter in the end, and rounding changes these only just below the next.
        if currency != DOLLARS and _any_nearly_whole(dollars):
            dollars = [round(worth, 6) for worth in dollars]
        return dollars

    def _extend(self, places: list[int], amounts: list[float], marks: bytes, dollars: list[float]) -> None:
        if min(amounts) < 0:
            dollars = [UNKNOWN if amount < 0 else worth for amount, worth in zip(amounts, dollars, strict=True)]
        if 0.0 in amounts:  # -0.0 becomes 0.0, which it equals
            amounts = [amount + 0.0 for amount in amounts]
        # Pairs of one currency are told apart by all bits of the amount, those of two collide only by chance. (All are
        # combined at once, as one very long number.)
        bits = _packed(amounts)
        combined = int.from_bytes(bits, "little") ^ int.from_bytes(marks, "little")
        self.pairs.extend(array(UINT64, combined.to_bytes(len(bits), "little")), places)
        self.dollars.frombytes(_packed(dollars))

    def merge(self, other: Self) -> None:
        """Take in the values of another batch."""
        self.pairs.merge(other.pairs)
        self.dollars.extend(other.dollars)
        for currency, count in other.unconverted.items():
            self._count(currency, count)

    def _count(self, currency: str, count: int) -> None:
        if not count:
            return
        is_code = len(currency) == _CODE_LENGTH and currency.isascii() and currency.isalpha()
        code = currency if is_code else NO_CODE
        self.unconverted[code] = self.unconverted.get(code, 0) + count


def _packed(numbers: list[float]) -> bytes:
    """Put numbers side by side, as an array has them, but in a third of the time it takes to fill one."""
    return pack(f"{len(numbers)}d", *numbers)


def _mark(currency: Json) -> bytes:
    return digest_json(currency).to_bytes(8, "little")


def _any_nearly_whole(dollars: list[float]) -> bool:
    for worth in dollars:  # noqa: SIM110 compiled, a loop takes a tenth of a generator's time
        if worth % 1.0 >= _NEARLY_WHOLE:
            return True
    return False


def _all_finite(amounts: list[Any]) -> bool:
    for amount in amounts:
        if amount is None:
            return False
        given: float = amount
        if not -inf < given < inf:
            return False
    return True


class Values(Collector):
    """Collects the currencies of all values, and `amounts`, by path, of those of tenders, awards and contracts."""

    __slots__ = ("_columns", "_step", "amounts", "currencies")
    SETTLED: ClassVar[tuple[str, ...]] = ("amounts", "currencies")

    def __init__(self, sampling: Sampling) -> None:
        self._step = sampling.step
        self._columns: list[Columns] = [{} for _ in VALUES]
        self.currencies = Codes()
        self.amounts = {path: Amounts() for path in COMPARED}

    def add(self, release: Release, scrambled: int) -> None:
        """Note the values of a release, by path and currency."""
        index = 0
        for amounts in release.amounts:
            if amounts:
                columns = self._columns[index]
                place = release.item << INDEX_BITS
                for amount, currency, dollars in amounts:
                    column = columns.get(currency)
                    if column is None:
                        column = columns[currency] = Column()
                    column.add(place, scrambled, amount, dollars)
                    scrambled = scrambled + self._step & MASK
                    place += 1
            index += 1  # noqa: SIM113 faster than `enumerate`

    def settle(self) -> None:
        """Put what was noted into columns."""
        for path, columns in zip(VALUES, self._columns, strict=True):
            for currency, column in columns.items():
                if isinstance(currency, str):
                    self.currencies.noted.setdefault(currency, []).extend(column.scrambled)
                elif currency is not None and type(currency.value) is list:
                    self.currencies.note_all(currency.value, column.scrambled[0], self._step)
            if path in self.amounts:
                self.amounts[path].take(columns)
        self._columns = [{} for _ in VALUES]
        self.currencies.settle()

    def merge(self, other: Self) -> None:
        """Take in the values of another batch."""
        self.currencies.merge(other.currencies)
        for path, amounts in self.amounts.items():
            amounts.merge(other.amounts[path])

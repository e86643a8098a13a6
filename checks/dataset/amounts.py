"""What is collected of values: their currencies, what they are in US dollars, and which of them repeat."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from math import inf, nan
from typing import Any, Final, Self

from checks.dataset.codes import Codes
from checks.dataset.occurrences import Occurrences
from checks.digests import digest_json
from checks.facts import VALUES as COMPARED
from checks.release import VALUES, Release
from checks.sampling import INDEX_BITS, MASK, Sampling
from checks.values import Found, Json, number

DOLLARS: Final = "USD"
NO_CODE: Final = "other"
"""Stands for all currencies that aren't three letters: what couldn't be converted is counted by currency."""
OTHERS: Final = tuple([path for path in VALUES if path not in COMPARED])
_CODE_LENGTH: Final = 3


class Amounts:
    """The values at a path whose amount is a number and whose currency is there, as three columns.

    `pairs` has a digest of each pair of amount and currency, and its place; `dollars`, beside it, the amount in US
    dollars, or NaN if it is negative or can't be converted. `unconverted` counts the amounts that couldn't be
    converted, by currency. A place's index counts all that is found at the path.

    `noted` has, by currency, one after the other, place, amount and US dollars (`None` if it can't be converted) of
    each value, until they are settled.
    """

    __slots__ = ("_noted_oddities", "dollars", "noted", "pairs", "unconverted")

    def __init__(self) -> None:
        self.noted: defaultdict[str, list[Any]] = defaultdict(list)
        self._noted_oddities: list[tuple[int, float, Json]] = []
        self.pairs = Occurrences()
        self.dollars = array("d")
        self.unconverted: dict[str, int] = {}

    def note_oddity(self, place: int, amount: Json, currency: Json) -> None:
        """Note a value whose currency is neither a string nor `null`, if its amount is a number."""
        read = number(amount)
        if read is not None:
            self._noted_oddities.append((place, read, currency))

    def settle(self) -> None:
        """Put what was noted into the columns."""
        for currency, noted in self.noted.items():
            dollars = noted[2::3]
            unconverted = dollars.count(None)
            if unconverted:
                self._count(currency, unconverted)
                dollars = [nan if converted is None else converted for converted in dollars]
            self._take(currency, noted[0::3], noted[1::3], dollars)
        self.noted.clear()
        for place, amount, currency in self._noted_oddities:
            if amount >= 0:
                self._count(NO_CODE, 1)
            if type(currency) is not dict and type(currency) is not list:
                self._take(currency, [place], [amount], [nan])
        self._noted_oddities = []

    def _take(self, currency: Json, places: list[int], amounts: list[float], dollars: list[float]) -> None:
        # Pairs of one currency are told apart by all bits of the amount, those of two collide only by chance. (All are
        # combined at once, as one very long number. -0.0 becomes 0.0, which it equals.)
        bits = array("d", [amount + 0.0 for amount in amounts]).tobytes()
        marks = digest_json(currency).to_bytes(8, "little") * len(amounts)
        combined = int.from_bytes(bits, "little") ^ int.from_bytes(marks, "little")
        self.pairs.extend(array("Q", combined.to_bytes(len(bits), "little")), places)
        self.dollars.extend(dollars)

    def merge(self, other: Self) -> None:
        """Take in the values of another batch."""
        self.pairs.merge(other.pairs)
        self.dollars.extend(other.dollars)
        for currency, count in other.unconverted.items():
            self._count(currency, count)

    def _count(self, currency: str, count: int) -> None:
        is_code = len(currency) == _CODE_LENGTH and currency.isascii() and currency.isalpha()
        code = currency if is_code else NO_CODE
        self.unconverted[code] = self.unconverted.get(code, 0) + count


class Values:
    """Collects the currencies of all values, and `amounts`, by path, of those of tenders, awards and contracts."""

    __slots__ = ("_step", "amounts", "currencies")

    def __init__(self, sampling: Sampling) -> None:
        self._step = sampling.step
        self.currencies = Codes()
        self.amounts = {path: Amounts() for path in COMPARED}

    def add(self, release: Release, scrambled: int) -> None:
        """Note the values of a release."""
        found = release.found
        for path in OTHERS:
            if found[path]:
                scrambled = self._note_currencies(found[path], scrambled)
        for path, amounts in self.amounts.items():
            if found[path]:
                scrambled = self._note_values(found[path], amounts, release, scrambled)

    def _note_currencies(self, values: Sequence[Found], scrambled: int) -> int:
        for _, value in values:
            if type(value) is dict:
                currency = value.get("currency")
                if type(currency) is str:
                    self.currencies.noted[currency].append(scrambled)
                    scrambled = scrambled + self._step & MASK
                elif type(currency) is list:
                    scrambled = self.currencies.note_all(currency, scrambled, self._step)
        return scrambled

    def _note_values(self, values: Sequence[Found], amounts: Amounts, release: Release, scrambled: int) -> int:
        # As above, and the amounts: in one pass, since it is what takes most time of all that is collected.
        noted = self.currencies.noted
        for place, (_, value) in enumerate(values, release.item << INDEX_BITS):
            if type(value) is not dict:
                continue
            currency = value.get("currency")
            if type(currency) is not str:
                if type(currency) is list:
                    scrambled = self.currencies.note_all(currency, scrambled, self._step)
                if currency is not None:
                    amounts.note_oddity(place, value.get("amount"), currency)
                continue
            noted[currency].append(scrambled)
            scrambled = scrambled + self._step & MASK
            amount = value.get("amount")
            if type(amount) is not float or not -inf < amount < inf:
                amount = number(amount)
                if amount is None:
                    continue
            columns = amounts.noted[currency]
            if amount < 0:
                columns += (place, amount, nan)
            elif currency == DOLLARS:
                columns += (place, amount, amount)
            else:
                dollars = release.reference_data.rates.convert(amount, currency, DOLLARS, release.day)
                columns += (place, amount, dollars)
        return scrambled

    def settle(self) -> None:
        """Make what was noted small."""
        self.currencies.settle()
        for amounts in self.amounts.values():
            amounts.settle()

    def merge(self, other: Self) -> None:
        """Take in the values of another batch."""
        self.currencies.merge(other.currencies)
        for path, amounts in self.amounts.items():
            amounts.merge(other.amounts[path])

"""What is collected of values: their currencies, what they are in US dollars, and which of them repeat."""

from array import array
from collections import defaultdict
from collections.abc import Sequence
from math import inf, nan
from typing import Final, Self

from checks.dataset.codes import Codes
from checks.dataset.occurrences import Occurrences
from checks.digests import digest_json
from checks.facts import VALUES as COMPARED
from checks.release import VALUES, Release
from checks.sampling import MASK, Sampling
from checks.values import Json, number

DOLLARS: Final = "USD"
NO_CODE: Final = "other"
"""Stands for all currencies that aren't three letters: what couldn't be converted is counted by currency."""
_CODE_LENGTH: Final = 3


class Amounts:
    """The values at a path whose amount is a number and whose currency is there, as three columns.

    `pairs` has a digest of each pair of amount and currency, and its place; `dollars`, beside it, the amount in US
    dollars without its decimals, or NaN if it is negative or can't be converted. `unconverted` counts the amounts that
    couldn't be converted, by currency. A place's index counts all that is found at the path.

    `noted` has the values by currency, until they are settled.
    """

    __slots__ = ("_noted_oddities", "dollars", "noted", "pairs", "unconverted")

    def __init__(self) -> None:
        self.noted: defaultdict[str, list[tuple[int, float, float | None]]] = defaultdict(list)
        self._noted_oddities: list[tuple[int, float, Json]] = []
        self.pairs = Occurrences()
        self.dollars = array("d")
        self.unconverted: dict[str, int] = {}

    def note(self, place: int, amount: Json, currency: Json, release: Release) -> None:
        """Note any amount and any currency, if the amount is a number."""
        value = number(amount)
        if value is None:
            return
        if type(currency) is not str:
            self._noted_oddities.append((place, value, currency))
        elif value < 0:
            self.noted[currency].append((place, value, nan))
        elif currency == DOLLARS:
            self.noted[currency].append((place, value, value))
        else:
            dollars = release.reference_data.rates.convert(value, currency, DOLLARS, release.day)
            self.noted[currency].append((place, value, dollars))

    def settle(self) -> None:
        """Put what was noted into the columns."""
        for currency, noted in self.noted.items():
            places, amounts, dollars = zip(*noted, strict=True)
            unconverted = dollars.count(None)
            if unconverted:
                self._count(currency, unconverted)
                dollars = tuple([nan if value is None else value for value in dollars])
            self._extend(currency, places, amounts, dollars)
        self.noted.clear()
        for place, amount, odd in self._noted_oddities:
            if amount >= 0:
                self._count(NO_CODE, 1)
            if type(odd) is not dict and type(odd) is not list:
                self._extend(odd, (place,), (amount,), (nan,))
        self._noted_oddities = []

    def _extend(
        self, currency: Json, places: Sequence[int], amounts: Sequence[float], dollars: Sequence[float]
    ) -> None:
        # Pairs of one currency are told apart by all bits of the amount, those of two collide only by chance.
        mark = digest_json(currency)
        bits = array("Q", array("d", [amount + 0.0 for amount in amounts]).tobytes())  # as -0.0 equals 0.0
        self.pairs.extend([bit ^ mark for bit in bits], places)
        self.dollars.extend([value // 1 for value in dollars])

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
        noted = self.currencies.noted
        convert = release.reference_data.rates.convert
        day = release.day
        for path in VALUES:
            values = found[path]
            if values:
                amounts = self.amounts.get(path)
                for place, (_, value) in enumerate(values, release.item << 24):
                    if type(value) is dict:
                        currency = value.get("currency")
                        if type(currency) is str:
                            noted[currency].append(scrambled)
                            scrambled = scrambled + self._step & MASK
                        elif type(currency) is list:
                            scrambled = self.currencies.note_all(currency, scrambled, self._step)
                        if amounts is not None and currency is not None:
                            amount = value.get("amount")
                            if type(amount) is float and 0 <= amount < inf and type(currency) is str:
                                # What nearly all are: without a call.
                                dollars = amount if currency == DOLLARS else convert(amount, currency, DOLLARS, day)
                                amounts.noted[currency].append((place, amount, dollars))
                            else:
                                amounts.note(place, amount, currency, release)

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

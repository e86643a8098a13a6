"""What is collected of values: their currencies, what they are in US dollars, and which of them repeat."""

from array import array
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

    `noted` has place, amount, currency and US dollars (`None` if it can't be converted), until they are settled.
    """

    __slots__ = ("dollars", "noted", "pairs", "unconverted")

    def __init__(self) -> None:
        self.noted: list[tuple[int, float, Json, float | None]] = []
        self.pairs = Occurrences()
        self.dollars = array("d")
        self.unconverted: dict[str, int] = {}

    def note(self, place: int, amount: Json, currency: Json, release: Release) -> None:
        """Note any amount and currency, if the amount is a number."""
        value = number(amount)
        if value is not None:
            dollars: float | None = nan
            if value >= 0:
                convert = release.reference_data.rates.convert
                dollars = value if currency == DOLLARS else convert(value, currency, DOLLARS, release.day)
            self.noted.append((place, value, currency, dollars))

    def settle(self) -> None:
        """Put what was noted into the columns."""
        noted = self.noted
        if not noted:
            return
        for row in noted:
            if row[3] is None:
                self._count(row[2], 1)
        self.noted = []
        if [row for row in noted if type(row[2]) is not str]:
            noted = [row for row in noted if type(row[2]) is not dict and type(row[2]) is not list]
        places, amounts, currencies, dollars = zip(*noted, strict=True) if noted else ((), (), (), ())
        digests = {currency: digest_json(currency) for currency in set(currencies) if type(currency) is str}
        bits = array("Q", array("d", [amount + 0.0 for amount in amounts]).tobytes())  # -0.0 equals 0.0
        # Pairs of one currency are told apart by all bits of the amount, those of two only collide by chance.
        self.pairs.extend(
            [
                bit ^ (digests[currency] if type(currency) is str else digest_json(currency))
                for bit, currency in zip(bits, currencies, strict=True)
            ],
            places,
        )
        self.dollars.extend([nan if value is None else value // 1 for value in dollars])

    def merge(self, other: Self) -> None:
        """Take in the values of another batch."""
        self.pairs.merge(other.pairs)
        self.dollars.extend(other.dollars)
        for currency, count in other.unconverted.items():
            self._count(currency, count)

    def _count(self, currency: Json, count: int) -> None:
        is_code = type(currency) is str and len(currency) == _CODE_LENGTH and currency.isascii() and currency.isalpha()
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
                            if currency == DOLLARS and type(amount) is float and 0 <= amount < inf:
                                amounts.noted.append((place, amount, currency, amount))
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

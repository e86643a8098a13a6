"""The values at a path: what they are in US dollars, and which of them repeat."""

from array import array
from math import isfinite, nan
from typing import Final, Self

from checks.dataset.occurrences import Occurrences
from checks.digests import digest_json
from checks.release import Release
from checks.sampling import Sampling
from checks.values import Json, number

DOLLARS: Final = "USD"
NO_CODE: Final = "other"
"""Stands for all currencies that aren't three letters: what couldn't be converted is counted by currency."""
_CODE_LENGTH: Final = 3
_ODD: Final = 0x9E3779B97F4A7C15
_MASK: Final = (1 << 64) - 1


class Amounts:
    """Collects the values at a path whose amount is a number and whose currency is there, as three columns.

    `pairs` has a digest of each pair of amount and currency, and its place; `dollars`, beside it, the amount in US
    dollars without its decimals, or NaN if it is negative or can't be converted. `unconverted` counts the amounts that
    couldn't be converted, by currency. A place's index counts all that is found at the path.
    """

    __slots__ = ("_noted", "dollars", "pairs", "path", "unconverted")

    def __init__(self, path: str) -> None:
        self.path = path
        self._noted: list[tuple[int, float, Json, float]] = []
        self.pairs = Occurrences()
        self.dollars = array("d")
        self.unconverted: dict[str, int] = {}

    def add(self, release: Release) -> None:
        """Note the values of a release."""
        for place, (_, value) in enumerate(release.found[self.path], release.item << 24):
            if type(value) is dict:
                currency = value.get("currency")
                if currency is not None:
                    amount = value.get("amount")
                    if type(amount) is not float or not isfinite(amount):
                        amount = number(amount)
                    if amount is not None:
                        self._note(place, amount, currency, release)

    def _note(self, place: int, amount: float, currency: Json, release: Release) -> None:
        if amount < 0:
            dollars: float | None = nan
        elif currency == DOLLARS:
            dollars = amount
        elif type(currency) is str:
            dollars = release.reference_data.rates.convert(amount, currency, DOLLARS, release.day)
        else:
            dollars = None
        if dollars is None:
            self._count_unconverted(currency)
            dollars = nan
        if type(currency) is not dict and type(currency) is not list:
            self._noted.append((place, amount, currency, dollars // 1))

    def _count_unconverted(self, currency: Json) -> None:
        is_code = type(currency) is str and len(currency) == _CODE_LENGTH and currency.isascii() and currency.isalpha()
        code = currency if is_code else NO_CODE
        self.unconverted[code] = self.unconverted.get(code, 0) + 1

    def settle(self, sampling: Sampling) -> None:  # noqa: ARG002 nothing is sampled here before the end
        """Put what was noted into the columns."""
        if not self._noted:
            return
        places, amounts, currencies, dollars = zip(*self._noted, strict=True)
        digests = {(type(currency), currency): digest_json(currency) for currency in currencies}
        bits = array("Q", array("d", [amount + 0.0 for amount in amounts]).tobytes())  # -0.0 equals 0.0
        # For one currency that is one to one; between currencies two pairs may meet by chance alone.
        self.pairs.extend(
            [
                bit * _ODD + digests[type(currency), currency] & _MASK
                for bit, currency in zip(bits, currencies, strict=True)
            ],
            places,
        )
        self.dollars.extend(dollars)
        self._noted = []

    def merge(self, other: Self) -> None:
        """Take in the values of another batch."""
        self.pairs.merge(other.pairs)
        self.dollars.extend(other.dollars)
        for currency, count in other.unconverted.items():
            self.unconverted[currency] = self.unconverted.get(currency, 0) + count

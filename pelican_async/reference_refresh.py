"""Keeps the reference data of a running service current: codelists from their registers, rates from the database."""

import time
from typing import Final

import anyio
import structlog

from pelican_async.database.trouble import is_transient
from pelican_async.errors import UserError
from pelican_async.reference import stored_rates
from pelican_async.reference.rates import ExchangeRates
from pelican_async.reference.registers import DAY, Registers
from pelican_async.stages.parts import Parts

AT_LEAST: Final = 1.0
LOOK_AGAIN: Final = 60.0
log = structlog.get_logger()


async def keep_current(parts: Parts) -> None:
    """Use newer codelists and rates for the batches that come, until cancelled; offline, rates alone."""
    registers = Registers(parts.settings, parts.loaded.codelists)
    for name, source in registers.codelists.sources.items():
        codes = len(getattr(registers.codelists, name))
        log.info("codelist in use", codelist=name, codes=codes, source=source.name, as_of=source.as_of.isoformat())
    rates_due = time.monotonic() + DAY
    while True:
        if parts.settings.online and await registers.refresh() and not _use(parts, registers, parts.loaded.rates):
            rates_due = time.monotonic() + LOOK_AGAIN
        if time.monotonic() >= rates_due:
            rates_due = time.monotonic() + (DAY if await _reload(parts, registers) else LOOK_AGAIN)
        next_list = registers.wait if parts.settings.online else DAY
        await anyio.sleep(max(AT_LEAST, min(next_list, rates_due - time.monotonic())))


async def _reload(parts: Parts, registers: Registers) -> bool:
    """Load the rates again, which others may have changed."""
    try:
        async with parts.database.acquire() as connection:
            rates = await stored_rates.load(connection, parts.settings.conversion)
    except Exception as error:
        if not is_transient(error):
            raise
        log.warning("exchange rates could not be loaded again", why=str(error))
        return False
    return _use(parts, registers, rates)


def _use(parts: Parts, registers: Registers, rates: ExchangeRates) -> bool:
    """Hand them to pool processes; where there is no room for that, those of before stay in use."""
    try:
        parts.reference.replace(registers.codelists, rates)
    except UserError as error:
        log.warning("newer reference data can't be used yet", why=str(error))
        return False
    return True

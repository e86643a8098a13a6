"""`pelican-async rates`: fills and updates the exchange rates in the database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import click

from pelican_async import logs
from pelican_async import settings as all_settings
from pelican_async.database.connecting import Connection, commanded
from pelican_async.database.upgrade import require_current
from pelican_async.errors import UserError
from pelican_async.reference import fixer, stored_rates
from pelican_async.settings import Settings


@click.group
def rates() -> None:
    """Fill and update the exchange rates that amounts are converted by."""


@rates.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_rates(file: Path) -> None:
    """Store the exchange rates of FILE: CSV with the columns valid_on (a day) and rates (JSON, against the euro)."""
    settings = all_settings.load()

    async def act() -> stored_rates.Imported:
        async with _database(settings) as connection:
            return await stored_rates.import_file(connection, file)

    imported = anyio.run(act)
    click.echo(_told(imported.stored))
    if imported.refused:
        click.echo(
            f"{imported.refused:,} rates were left out, since they aren't numbers that a rate can be; the first of "
            f"them: {imported.refused_first}."
        )


@rates.command
def update() -> None:
    """Ask fixer.io for the rates up to yesterday; does nothing unless FIXER_IO_API_KEY is set."""
    settings = all_settings.load()
    logs.configure(settings)
    key = settings.fixer_io_api_key
    if key is None:
        click.echo("Nothing was updated: FIXER_IO_API_KEY is not set.")
        return

    async def act() -> fixer.Updated:
        async with _database(settings) as connection:
            return await fixer.update(connection, key, settings.fixer_io_url)

    updated = anyio.run(act)
    if updated.last is not None or not updated.trouble:
        click.echo(_told(updated.stored))
    if updated.trouble:
        raise UserError(f"The exchange rates could not be updated (further): {updated.trouble}.")


@asynccontextmanager
async def _database(settings: Settings) -> AsyncIterator[Connection]:
    async with commanded(settings.database_url.get_secret_value()) as connection:
        await require_current(connection)
        yield connection


def _told(stored: stored_rates.Stored) -> str:
    return f"Days of exchange rates: {stored.new:,} new, {stored.changed:,} changed, {stored.known:,} as they were."

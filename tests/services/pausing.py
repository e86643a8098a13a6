"""Lets whoever writes to a table wait in the middle of a transaction, for tests."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from pelican_async.database.connecting import opened

SECONDS: Final = 60.0
TABLES: Final = ("data_item", "item_result", "dataset_level_check", "time_variance_level_check", "report")
FUNCTION: Final = """
    create or replace function wait_here() returns trigger language plpgsql as $$
    begin
        perform pg_advisory_xact_lock_shared(hashtext(tg_table_name));
        return null;
    end
    $$
"""


@asynccontextmanager
async def paused(url: str, table: str) -> AsyncIterator[None]:
    """Let statements that insert into a table, one of `TABLES`, wait until the end of the block."""
    async with opened(url) as connection:
        await connection.execute(FUNCTION)
        await connection.execute(
            f"create or replace trigger wait_here before insert on {table} execute function wait_here()"
        )
        await connection.execute("select pg_advisory_lock(hashtext($1))", table)
        yield


async def until_waiting(url: str, kind: str, count: int = 1) -> None:
    """Wait until so many transactions wait for locks of a kind: `advisory` (above), `transactionid`, `tuple` (rows)."""
    async with opened(url) as connection, asyncio.timeout(SECONDS):
        while count > await connection.fetchval(
            """select count(*) from pg_locks, pg_sleep(0.01)
            where not granted and locktype = $1
            and pid in (select pid from pg_stat_activity where datname = current_database())""",
            kind,
        ):
            pass

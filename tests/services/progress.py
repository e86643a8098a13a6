"""Waits for datasets to get somewhere: the database itself says when they do."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import asyncpg

SECONDS = 120.0
TRIGGER = """
    create or replace function tell_progress() returns trigger language plpgsql as $$
    begin
        perform pg_notify('progress', '');
        return null;
    end
    $$;
    create or replace trigger tell_progress after insert or update or delete on progress_monitor_dataset
    for each statement execute function tell_progress();
    create or replace trigger tell_trouble after update of trouble on dataset_run
    for each statement execute function tell_progress();
"""


class Progress:
    """What is known of the datasets of a database."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection
        self._changed = asyncio.Event()

    def tell(self, *_: object) -> None:
        """Note that something changed."""
        self._changed.set()

    async def phases(self) -> dict[int, str]:
        """Give phase and state of each dataset, or its trouble."""
        rows = await self._connection.fetch(
            """select dataset_id, coalesce('trouble: ' || trouble, phase || ' ' || state) as said
            from progress_monitor_dataset left join dataset_run using (dataset_id)"""
        )
        return {row["dataset_id"]: row["said"] for row in rows}

    async def until(self, reached: Callable[[dict[int, str]], bool], seconds: float = SECONDS) -> dict[int, str]:
        """Wait for something to be true of all datasets, and give them."""
        async with asyncio.timeout(seconds):
            while True:
                self._changed.clear()
                phases = await self.phases()
                if reached(phases):
                    return phases
                await self._changed.wait()

    async def until_true(self, query: str, seconds: float = SECONDS) -> None:
        """Wait for a query to give true; it is asked whenever something changed that is told of."""
        async with asyncio.timeout(seconds):
            while True:
                self._changed.clear()
                if await self._connection.fetchval(query):
                    return
                await self._changed.wait()

    async def until_checked(self, count: int, seconds: float = SECONDS) -> list[int]:
        """Wait for so many datasets to be checked, and give them."""
        try:
            phases = await self.until(lambda phases: list(phases.values()).count("CHECKED OK") >= count, seconds)
        except TimeoutError:
            raise AssertionError(f"after {seconds:g} seconds: {await self.phases()}") from None
        return sorted(dataset for dataset, said in phases.items() if said == "CHECKED OK")


@asynccontextmanager
async def watched(url: str) -> AsyncIterator[Progress]:
    """Watch the datasets of a database that has the schema."""
    connection = await asyncpg.connect(url)
    await connection.execute(TRIGGER)
    progress = Progress(connection)
    await connection.add_listener("progress", progress.tell)
    try:
        yield progress
    finally:
        await connection.close()

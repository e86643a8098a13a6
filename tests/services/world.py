"""All that a service needs, around one test: its databases, its broker, and two collections to check."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import asyncpg

from pelican_async.broker.memory import MemoryBroker
from pelican_async.broker.rabbitmq import RabbitBroker, connect
from pelican_async.database.connecting import opened
from pelican_async.messages import ExtractCollection, Message, Queue
from pelican_async.reference import codelists, stored_rates
from pelican_async.settings import Settings
from pelican_async.stages.parts import Parts
from tests.golden.database_content import rows_of
from tests.services import kingfisher_process
from tests.services.postgresql import empty
from tests.services.progress import Progress, watched
from tests.services.running import running, set_up, settings_for

Rows = dict[str, list[str]]
"""All rows of what datasets leave, by table."""
EXAMPLES: Final = Path(__file__).parents[2] / "examples"
SMALL: Final = {
    "EXTRACTOR_PAGE_SIZE": "25",
    "EXTRACTOR_MAX_BATCH_SIZE": "10",
    "LEASE_SECONDS": "2",
    "POOL_PROCESSES": "1",
    "PREFETCH_COUNT": "2",
    "LOG_LEVEL": "DEBUG",
    "ONLINE": "false",
}
"""Many pages and batches of few releases; leases that run out soon."""


@cache
def collection(name: str, size: int) -> list[bytes]:
    """Give some of the example collection."""
    return (EXAMPLES / name).read_bytes().splitlines()[:size]


@dataclass(frozen=True, slots=True)
class World:
    """Databases and broker of one test."""

    database: str
    kingfisher: str
    rabbit_url: str
    exchange: str
    broker: RabbitBroker
    progress: Progress

    @property
    def environment(self) -> Mapping[str, str]:
        """Settings for replicas."""
        return {
            **SMALL,
            "DATABASE_URL": self.database,
            "KINGFISHER_PROCESS_DATABASE_URL": self.kingfisher,
            "RABBIT_URL": self.rabbit_url,
            "RABBIT_EXCHANGE_NAME": self.exchange,
            "COLUMNS": "200",
        }

    def settings(self, **others: object) -> Settings:
        """Give the same settings for a service within the test, and others."""
        small = {name.lower(): value for name, value in SMALL.items() if name not in {"LOG_LEVEL", "ONLINE"}}
        return settings_for(self.database, self.kingfisher, **(small | others))

    def serving(self, *, replicas: int = 1, **others: object) -> AbstractAsyncContextManager[list[Parts]]:
        """Run the service within the test."""
        return running(self.settings(**others), self.broker, codelists.snapshot(), replicas=replicas)

    async def ask(self, queue: Queue, message: Message) -> None:
        """Publish a message, as the frontend would."""
        await self.broker.publish(queue, message.model_dump_json().encode(), f"test-{message!r}")

    async def check_both(self) -> None:
        """Have the first collection checked, and then the second, with the first as ancestor."""
        for version in (1, 2):
            await self.ask(Queue.EXTRACT_KINGFISHER, request(version))
            await self.progress.until_checked(version)

    async def rows(self) -> Rows:
        """Give all rows that datasets left."""
        async with opened(self.database) as connection:
            return await rows_of(connection)

    async def fetch(self, query: str, *arguments: object) -> list[asyncpg.Record]:
        """Ask the database something."""
        async with opened(self.database) as connection:
            found: list[asyncpg.Record] = await connection.fetch(query, *arguments)
            return found


def request(version: int) -> ExtractCollection:
    """Ask for one of the two versions of the collection; the second has the first as ancestor."""
    ancestor = version - 1 if version > 1 else None
    return ExtractCollection(name=f"version {version}", collection_id=2 * version, ancestor_id=ancestor)


async def fill(kingfisher: str, size: int) -> None:
    """Make the database that collections come from: collection 2 is the earlier version, 4 the later."""
    async with opened(kingfisher) as connection:
        await kingfisher_process.create(connection)
        for name in ("collection.previous.jsonl", "collection.jsonl"):
            await kingfisher_process.load(connection, collection(name, size))


@asynccontextmanager
async def world(postgresql: str, rabbit_url: str, exchange: str, size: int) -> AsyncIterator[World]:
    """Make databases with content, and declare the queues."""
    async with AsyncExitStack() as exits:
        database = await exits.enter_async_context(empty(postgresql))
        kingfisher = await exits.enter_async_context(empty(postgresql))
        await prepare(database, kingfisher, size)
        broker = await exits.enter_async_context(connect(rabbit_url, exchange))
        await broker.declare()
        progress = await exits.enter_async_context(watched(database))
        yield World(database, kingfisher, rabbit_url, exchange, broker, progress)


async def prepare(database: str, kingfisher: str, size: int) -> None:
    """Fill two empty databases."""
    await set_up(database)
    await fill(kingfisher, size)
    async with opened(database) as connection:
        await stored_rates.fill(connection)


def small_settings(database: str, kingfisher: str) -> Settings:
    """Give settings that make the pages and batches that `SMALL` makes."""
    return settings_for(
        database,
        kingfisher,
        extractor_page_size=int(SMALL["EXTRACTOR_PAGE_SIZE"]),
        extractor_max_batch_size=int(SMALL["EXTRACTOR_MAX_BATCH_SIZE"]),
    )


async def undisturbed(postgresql: str, size: int) -> dict[int, Rows]:
    """Give the rows that the first version leaves if nothing goes wrong, and those that both leave."""
    rows: dict[int, Rows] = {}
    async with empty(postgresql) as database, empty(postgresql) as kingfisher:
        await prepare(database, kingfisher, size)
        settings = small_settings(database, kingfisher)
        broker = MemoryBroker()
        async with watched(database) as progress, running(settings, broker, codelists.snapshot()):
            for version in (1, 2):
                message = request(version)
                await broker.publish(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), f"test-{message!r}")
                await progress.until_checked(version)
                async with opened(database) as connection:
                    rows[version] = await rows_of(connection)
    return rows

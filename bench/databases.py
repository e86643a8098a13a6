"""The databases of a service that is measured, each in PostgreSQL of its own: its own one, and Kingfisher Process."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from pelican_async.database.connecting import Connection, opened
from pelican_async.database.embedded import embedded
from pelican_async.database.upgrade import upgrade
from pelican_async.reference import stored_rates
from tests.services import kingfisher_process


@dataclass(frozen=True, slots=True)
class Databases:
    """Where they are, and a connection to each."""

    url: str
    source_url: str
    target: Connection
    source: Connection


@asynccontextmanager
async def databases(folder: Path | None = None) -> AsyncIterator[Databases]:
    """Give a database of the service with its tables and rates, in a folder if that is given, and an empty source."""
    async with AsyncExitStack() as exits:
        url = await exits.enter_async_context(embedded(folder))
        source_url = await exits.enter_async_context(embedded())
        await upgrade(url, lambda _: None)
        target = await exits.enter_async_context(opened(url))
        source = await exits.enter_async_context(opened(source_url))
        await stored_rates.fill(target)
        await kingfisher_process.create(source)
        yield Databases(url, source_url, target, source)

"""Runs the service within a test, on whatever database and broker the test has."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import anyio
from pydantic import SecretStr

from checks.codelists import Codelists
from pelican_async import supervisor
from pelican_async.broker.protocol import Broker
from pelican_async.database.connecting import opened
from pelican_async.settings import Settings
from pelican_async.stages.catalog import STAGES
from pelican_async.stages.parts import Parts

SCHEMA: Final = (Path(__file__).parents[2] / "schema.sql").read_text(encoding="utf-8")


async def set_up(url: str) -> None:
    """Create the schema in an empty database."""
    async with opened(url) as connection:
        await connection.execute(SCHEMA)


@asynccontextmanager
async def running(
    settings: Settings, broker: Broker, codelists: Codelists, *, replicas: int = 1
) -> AsyncIterator[list[Parts]]:
    """Run all stages, in so many replicas that share the broker's connection, until the end of the block."""
    stop = anyio.Event()
    async with AsyncExitStack() as exits:
        parts = [await exits.enter_async_context(supervisor.built(settings, codelists)) for _ in range(replicas)]
        async with anyio.create_task_group() as tasks:
            for one in parts:
                tasks.start_soon(supervisor.run, one, broker, list(STAGES.values()), stop)
            yield parts
            stop.set()


def settings_for(database: str, kingfisher_process: str = "postgresql:///none", **others: object) -> Settings:
    """Give settings for a test."""
    return Settings(
        database_url=SecretStr(database),
        kingfisher_process_database_url=SecretStr(kingfisher_process),
        http_port=0,
        online=False,
        **others,  # type: ignore[arg-type]  # pydantic checks them
    )

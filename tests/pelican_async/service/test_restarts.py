"""The database or the broker restarts while work is under way: the service goes on, and nothing is lost or doubled."""

import asyncio
from collections.abc import Mapping
from typing import Final

import pytest

from pelican_async.broker.rabbitmq import connect
from pelican_async.crash_points import CrashPoint
from pelican_async.database.connecting import opened
from pelican_async.messages import Queue
from pelican_async.reference import codelists
from pelican_async.stages import check_dataset, check_items, extraction
from tests.pelican_async.service.conftest import SIZE
from tests.services.postgresql import OwnPostgresql, named
from tests.services.progress import watched
from tests.services.rabbitmq import OwnRabbitmq, Rabbitmq
from tests.services.running import running
from tests.services.world import Rows, World, prepare, request, world

SECONDS: Final = 60.0
PLACES: Final = (
    (extraction, CrashPoint.BETWEEN_PAGES),
    (check_items, CrashPoint.BEFORE_RESULTS),
    (check_dataset, CrashPoint.BEFORE_STAGE_DONE),
)


class Met:
    """Tells when the service comes to a place between two effects for the first time."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._events = {place: asyncio.Event() for place in PLACES}
        for module in {module for module, _ in PLACES}:
            monkeypatch.setattr(module, "reached", lambda point, _="", module=module: self._note(module, point))

    def _note(self, module: object, point: CrashPoint) -> None:
        for place, event in self._events.items():
            if place == (module, point):
                event.set()

    async def until(self, place: object) -> None:
        async with asyncio.timeout(SECONDS):
            await next(event for each, event in self._events.items() if each == place).wait()


@pytest.fixture
def met(monkeypatch: pytest.MonkeyPatch) -> Met:
    return Met(monkeypatch)


async def test_the_database_restarts(
    own_postgresql: OwnPostgresql, rabbitmq: Rabbitmq, exchange: str, expected: Mapping[int, Rows], met: Met
) -> None:
    """At three moments of one dataset: what was not committed then is done again."""
    async with opened(own_postgresql.url) as connection:
        await connection.execute("create database ours")
        await connection.execute("create database theirs")
    database, kingfisher = named(own_postgresql.url, "ours"), named(own_postgresql.url, "theirs")
    await prepare(database, kingfisher, SIZE)
    async with connect(rabbitmq.url, exchange) as broker:
        await broker.declare()
        async with watched(database) as progress:
            here = World(database, kingfisher, rabbitmq.url, exchange, broker, progress)
        async with running(here.settings(), broker, codelists.snapshot()):
            await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
            for place in PLACES:
                await met.until(place)
                await own_postgresql.stop()
                await own_postgresql.start()
            async with watched(database) as progress:
                await progress.until_checked(1)
        assert await broker.dead_letters() == []
        assert await here.rows() == expected[1]


async def test_the_broker_restarts(
    postgresql: str, own_rabbitmq: OwnRabbitmq, expected: Mapping[int, Rows], met: Met
) -> None:
    """While batches are in flight, in the queue and in the outbox."""
    async with world(postgresql, own_rabbitmq.url, "pelican", SIZE) as here:
        async with here.serving(replicas=2):
            await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
            await met.until((check_items, CrashPoint.BEFORE_RESULTS))
            await own_rabbitmq.stop()
            await own_rabbitmq.start()
            await here.progress.until_checked(1)
        assert await here.broker.dead_letters() == []
        assert await here.rows() == expected[1]

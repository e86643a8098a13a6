"""What stands still, is full or takes all memory is waited for, said truthfully, and outlasted without a restart."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

import asyncpg
import orjson
import pytest

from pelican_async import item_work, memory
from pelican_async.broker import rabbitmq as rabbitmq_module
from pelican_async.broker.rabbitmq import connect
from pelican_async.database.programs import account
from pelican_async.item_work import ItemBatch, ItemsDone
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.stages import handling, long_stages
from pelican_async.stages.parts import Parts
from pelican_async.web.health import Health, ready
from tests.pelican_async.service.conftest import SIZE
from tests.services.pausing import paused, until_waiting
from tests.services.postgresql import OwnPostgresql, empty, named
from tests.services.progress import watched
from tests.services.rabbitmq import OwnRabbitmq, Rabbitmq
from tests.services.small_disk import fill, small_disk
from tests.services.world import Rows, World, prepare, request, world

SECONDS: Final = 60.0
PATIENCE: Final = 6.0
"""So long, at most, it takes to say whether a service is ready."""
CHECK: Final = item_work.check
LOOK_AGAIN: Final = 0.05
MEMORY: Final = 512 * 2**20
PIECE: Final = 32 * 2**20
DISK_KIB: Final = 48 * 1024


async def told(here: World, parts: Parts, as_is: Callable[[Health], bool]) -> Mapping[str, str]:
    """Ask whether it is ready, again and again, until that is so; each answer comes in bounded time."""
    async with asyncio.timeout(SECONDS):
        while True:
            began = monotonic()
            health = await ready(parts, here.broker)
            assert monotonic() - began < PATIENCE
            if as_is(health):
                return health.parts
            await asyncio.sleep(LOOK_AGAIN)


def well(health: Health) -> bool:
    return health.well


@asynccontextmanager
async def on(url: str, kingfisher: str, rabbitmq: Rabbitmq, exchange: str) -> AsyncIterator[World]:
    """Give a world on a database and another one that are there."""
    await prepare(url, kingfisher, SIZE)
    async with connect(rabbitmq.url, exchange) as broker, watched(url) as progress:
        await broker.declare()
        yield World(url, kingfisher, rabbitmq.url, exchange, broker, progress)


async def test_a_broker_that_is_short_of_memory(
    postgresql: str, own_rabbitmq: OwnRabbitmq, expected: Mapping[int, Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads nothing from who publishes; what is consumed goes on, as far as that goes."""
    monkeypatch.setattr(rabbitmq_module, "PUBLISH_SECONDS", 2.0)
    async with world(postgresql, own_rabbitmq.url, "short", SIZE) as here, here.serving() as (parts,):
        async with paused(here.database, "item_result"):
            await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
            await until_waiting(here.database, "advisory")
            await here.progress.until(lambda said: said.get(1) == "CONTRACTING_PROCESS OK")
            await own_rabbitmq.alarm()
        said = await told(here, parts, lambda health: not health.well and health.parts["broker"] != "ok")
        assert said["broker"] == "takes no messages: it is short of memory or disk space"
        assert said["consumers"] == "ok"
        await own_rabbitmq.calm()
        await here.progress.until_checked(1)
        await told(here, parts, well)
        assert await here.broker.dead_letters() == []
        assert await here.rows() == expected[1]


async def test_a_database_that_answers_nothing(
    own_postgresql: OwnPostgresql, rabbitmq: Rabbitmq, exchange: str, expected: Mapping[int, Rows]
) -> None:
    """For longer than a lease lasts, while an extraction and checks are under way."""
    connection = await asyncpg.connect(own_postgresql.url)
    for name in ("ours", "theirs"):
        await connection.execute(f"create database {name}")
    await connection.close()
    database, kingfisher = named(own_postgresql.url, "ours"), named(own_postgresql.url, "theirs")
    async with on(database, kingfisher, rabbitmq, exchange) as here, here.serving() as (parts,):
        async with paused(here.database, "data_item"):
            await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
            await until_waiting(here.database, "advisory")
        own_postgresql.freeze()
        try:
            said = await told(here, parts, lambda health: not health.well and health.parts["database"] != "ok")
        finally:
            own_postgresql.thaw()
        assert said["database"] == "did not answer within 3 seconds"
        assert {said[name] for name in ("pool", "broker", "consumers")} == {"ok"}
        await here.progress.until_checked(1)
        await told(here, parts, well)
        assert await here.broker.dead_letters() == []
        assert await here.rows() == expected[1]


@asynccontextmanager
async def small_database(postgresql: str) -> AsyncIterator[tuple[str, Path]]:
    """Give a database on a disk of its own, and that disk."""
    with TemporaryDirectory(prefix="pelican-async-test-") as folder:
        Path(folder).chmod(0o755)  # the server may run as another account
        with small_disk(Path(folder) / "disk", DISK_KIB) as disk:
            place = disk / "data"
            place.mkdir(mode=0o700)
            os.chown(place, *account())
            connection = await asyncpg.connect(postgresql)
            try:
                await connection.execute(f"create tablespace small location '{place}'")
                await connection.execute("create database on_small tablespace small")
                yield named(postgresql, "on_small"), disk
            finally:
                await connection.execute("drop database if exists on_small with (force)")
                await connection.execute("drop tablespace if exists small")
                await connection.close()


async def test_a_database_whose_disk_is_full(
    own_postgresql: OwnPostgresql,
    rabbitmq: Rabbitmq,
    exchange: str,
    expected: Mapping[int, Rows],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It answers questions as ever, and takes nothing more.

    On a server of its own, since meanwhile no checkpoint succeeds, and so no database of it can be dropped.
    """
    monkeypatch.setattr(handling, "LONGEST_WAIT", 1.0)
    monkeypatch.setattr(long_stages, "LONGEST_FOR_WHAT_PASSES", 1.0)
    async with (
        small_database(own_postgresql.url) as (database, disk),
        empty(own_postgresql.url) as kingfisher,
        on(database, kingfisher, rabbitmq, exchange) as here,
        here.serving() as (parts,),
    ):
        async with paused(here.database, "data_item"):
            await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
            await until_waiting(here.database, "advisory")
            filler = fill(disk)
        said = await told(here, parts, lambda health: not health.well and health.parts["work"] != "ok")
        assert "No space left on device" in said["work"]
        assert {said[name] for name in ("pool", "broker", "consumers")} == {"ok"}
        filler.unlink()
        await here.progress.until_checked(1)
        await told(here, parts, well)
        assert await here.broker.dead_letters() == []
        assert await here.rows() == expected[1]


def stop_once(file: Path, batch: ItemBatch) -> ItemsDone:
    """Check a batch, but the first to come here stands still."""
    try:
        file.touch(exist_ok=False)
    except FileExistsError:
        return CHECK(batch)
    os.kill(os.getpid(), signal.SIGSTOP)
    return CHECK(batch)


async def test_a_process_that_stands_still(
    here: World, expected: Mapping[int, Rows], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What it had is checked by another one."""
    monkeypatch.setattr("pelican_async.web.health.STUCK", 0.5)
    monkeypatch.setattr(item_work, "check", partial(stop_once, tmp_path / "stopped"))
    async with here.serving(pool_seconds=8.0) as (parts,):
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        said = await told(here, parts, lambda health: not health.well and health.parts["pool"].startswith("did noth"))
        assert said["pool"].endswith("seconds; after 8 what it does is taken apart")
        await here.progress.until_checked(1)
        await told(here, parts, well)
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[1]


def hang(_: ItemBatch) -> ItemsDone:
    """Never end."""
    while True:
        signal.pause()


def take_all_memory(batch: ItemBatch) -> ItemsDone:
    """Take more and more memory; where that has no end, check the batch, as must not be."""
    taken = [bytearray(PIECE) for _ in range(4 * MEMORY // PIECE)]
    assert taken
    return CHECK(batch)


@pytest.mark.parametrize("trouble", [hang, take_all_memory])
async def test_an_item_that_is_the_trouble(
    here: World, monkeypatch: pytest.MonkeyPatch, trouble: Callable[[ItemBatch], ItemsDone]
) -> None:
    """It is recorded as one that could not be checked, and the dataset completes."""
    monkeypatch.setattr(memory, "limit", lambda: MEMORY)
    monkeypatch.setattr(item_work, "check", trouble)
    alone = ExtractCollection(name="alone", collection_id=2, max_items=1)
    async with here.serving(pool_seconds=1.0 if trouble is hang else 60.0) as (parts,):
        await here.ask(Queue.EXTRACT_KINGFISHER, alone)
        await here.progress.until_checked(1)
        await told(here, parts, well)
    rows = await here.rows()
    assert [orjson.loads(row) for row in rows["item_not_checked"]] == [
        {"dataset_id": 1, "data_item_id": 1, "reason": item_work.LOST}
    ]
    assert len(rows["report"]) == 2

"""Health is told truthfully, in bounded time, and comes back by itself."""

from time import monotonic

import aio_pika
import pytest

from pelican_async.broker.memory import MemoryBroker
from pelican_async.broker.rabbitmq import connect
from pelican_async.database import schema
from pelican_async.database.connecting import opened
from pelican_async.messages import Queue
from pelican_async.web.health import PATIENCE
from tests.pelican_async.web.serving import serving
from tests.services.command import ran
from tests.services.postgresql import OwnPostgresql
from tests.services.rabbitmq import OwnRabbitmq, Rabbitmq
from tests.services.running import set_up

BOUND = PATIENCE + 3.0


async def test_what_is_well_is_said(database: str) -> None:
    await set_up(database)
    async with serving(database, MemoryBroker()) as service:
        ready = await service.get("/health/ready")
        parts = dict.fromkeys(("database", "schema", "pool", "broker", "work", "consumers"), "ok")
        assert ready.json() == {"status": "ok", "parts": parts}
        live = await service.get("/health/live")
        assert (live.status_code, live.json()) == (200, {"status": "ok", "parts": {"pool": "ok"}})


async def test_the_command_says_the_same(database: str) -> None:
    await set_up(database)
    async with serving(database, MemoryBroker()) as service:
        port = str(service.client.base_url.port)
        for everywhere in ("127.0.0.1", "0.0.0.0"):  # noqa: S104 the service of a container
            lives = await ran({"HTTP_PORT": port, "HTTP_ADDRESS": everywhere}, "healthy")
            assert (lives.status, lives.error) == (0, "")
        async with opened(database) as connection:
            await connection.execute("drop function schema_version()")
        ready = await ran({"HTTP_PORT": port}, "healthy", "--ready")
        assert ready.status == 1
        assert "db upgrade" in ready.output
    gone = await ran({"HTTP_PORT": port}, "healthy")
    assert gone.status == 2
    assert gone.error.startswith(f"Error: The service does not answer at 127.0.0.1, port {port}")


@pytest.mark.parametrize("how", ["frozen", "stopped"])
async def test_a_database_that_is_away(own_postgresql: OwnPostgresql, how: str) -> None:
    await set_up(own_postgresql.url)
    async with serving(own_postgresql.url, MemoryBroker()) as service:
        try:
            if how == "frozen":
                own_postgresql.freeze()
            else:
                await own_postgresql.stop()
            began = monotonic()
            parts = await service.parts()
            assert monotonic() - began < BOUND
            assert parts["database"].startswith("did not answer" if how == "frozen" else "does not answer")
            assert {parts[name] for name in ("pool", "broker", "consumers")} == {"ok"}
            live = await service.get("/health/live")
            assert live.status_code == 200

            began = monotonic()
            metrics = await service.get("/metrics")
            assert monotonic() - began < BOUND
            assert metrics.status_code == 200
            assert 'pelican_answers{part="database"} 0.0' in metrics.text
            assert "pelican_outbox_messages NaN" in metrics.text
            if how == "stopped":
                datasets = await service.get("/datasets")
                assert (datasets.status_code, datasets.json()) == (503, {"error": "The database does not answer."})
        finally:
            if how == "frozen":
                own_postgresql.thaw()
            else:
                await own_postgresql.start()
        await service.until(200)
        assert (await service.get("/datasets")).json() == {"datasets": []}


async def test_a_schema_that_is_old_or_gone(database: str) -> None:
    await set_up(database)
    async with serving(database, MemoryBroker()) as service, opened(database) as connection:
        definition = await connection.fetchval("select pg_get_functiondef('schema_version'::regproc)")
        await connection.execute(
            "create or replace function schema_version() returns integer language sql immutable as 'select 0'"
        )
        parts = await service.parts()
        assert parts["database"] == "ok"
        assert parts["schema"] == (
            f"The database is older than this service (0, not {schema.VERSION}): run `pelican-async db upgrade`."
        )
        await connection.execute(definition)
        await service.until(200)
        await connection.execute("drop function schema_version()")
        assert (await service.parts())["schema"].endswith("run `pelican-async db upgrade`.")
        await connection.execute("alter table progress_monitor_dataset rename to gone")
        assert (await service.get("/metrics")).status_code == 200
        failed = await service.get("/datasets")
        assert (failed.status_code, failed.json()) == (500, {"error": "This failed; the log says why."})


async def test_a_broker_that_is_away(database: str, own_rabbitmq: OwnRabbitmq) -> None:
    await set_up(database)
    async with connect(own_rabbitmq.url, "test_health") as broker:
        await broker.declare()
        async with serving(database, broker) as service:
            await own_rabbitmq.stop()
            await service.until(503)
            began = monotonic()
            parts = await service.parts()
            assert parts["broker"] == "is not connected"
            assert parts["consumers"].startswith(f"not consuming: {min(Queue)}, ")
            assert {parts[name] for name in ("database", "schema", "pool")} == {"ok"}
            metrics = await service.get("/metrics")
            assert 'pelican_answers{part="broker"} 0.0' in metrics.text
            assert monotonic() - began < BOUND
            assert (await service.get("/health/live")).status_code == 200
            await own_rabbitmq.start()
            await service.until(200)


async def test_a_consumer_that_is_silent(database: str, rabbitmq: Rabbitmq, exchange: str) -> None:
    """Its queue is deleted, and then belongs to a connection of somebody else."""
    await set_up(database)
    async with connect(rabbitmq.url, exchange) as broker:
        await broker.declare()
        async with serving(database, broker) as service:
            queue = Queue.CHECK_ITEMS.within(exchange)
            other = await aio_pika.connect(rabbitmq.url)
            async with other:
                taken = False
                while not taken:  # the service makes it again, too: whoever is first has it
                    channel = await other.channel()
                    await channel.queue_delete(queue)
                    try:
                        await channel.declare_queue(queue, exclusive=True)
                        taken = True
                    except aio_pika.exceptions.AMQPError:
                        await channel.close()
                await service.until(503)
                parts = await service.parts()
                assert parts["consumers"] == f"not consuming: {Queue.CHECK_ITEMS}"
                assert parts["broker"] == "ok"
            await service.until(200)

"""Plays a script to its end, and says what came of it."""

import asyncio
import os
import random
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import uuid4

import aio_pika

from pelican_async.broker.memory import MemoryBroker
from pelican_async.broker.protocol import BrokerAway
from pelican_async.broker.rabbitmq import RabbitBroker, connect
from pelican_async.database.connecting import opened
from pelican_async.database.programs import account
from pelican_async.reference import codelists, stored_rates
from tests.chaos.content import begin_high, rows_by_round
from tests.chaos.faults import REPLICAS, Fault, script
from tests.chaos.injecting import Injector, Place
from tests.chaos.kept_replica import KeptReplica
from tests.chaos.verdict import differences, held, left_over, remains
from tests.chaos.wires import PostgresqlWire
from tests.chaos.workload import Request, Workload
from tests.pelican_async.broker.wire import Wire
from tests.services import small_disk
from tests.services.postgresql import OwnPostgresql, empty, named
from tests.services.rabbitmq import OwnRabbitmq
from tests.services.running import running, set_up
from tests.services.world import SMALL, Rows, fill, small_settings

SIZE: Final = 60
HEARTBEAT: Final = 2
EXCHANGE: Final = "chaos"
RECOVERY_SECONDS: Final = 180.0
"""So long may everything take to complete, once the faults are over."""
END_SECONDS: Final = 30.0
DISK_KIB: Final = 256 * 1024
PUBLISH_AGAIN: Final = 0.2
CONNECTIONS: Final = int(SMALL.get("DATABASE_CONNECTIONS", "10")) + 5
"""So many, at most, has a replica to PostgreSQL: its pool's, those of long stages, and those to what it reads from."""


@dataclass(slots=True)
class Outcome:
    """What came of a run: what is wrong, and what happened when."""

    faults: list[Fault]
    wrong: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    rounds: int = 0
    seconds: float = 0
    recovery: float = 0


class Chaos:
    """One run."""

    def __init__(self, seed: int, count: int, folder: Path, tell: Callable[[str], None]) -> None:
        self._seed = seed
        self._folder = folder
        self._tell = tell
        self._began = time.monotonic()
        self._temporary = Path(tempfile.mkdtemp(prefix="chaos-"))
        self._mark = uuid4().hex
        self.outcome = Outcome(list(script(seed, count)))

    def say(self, what: str) -> None:
        """Note what happens, and when."""
        line = f"{time.monotonic() - self._began:7.2f} {what}"
        self.outcome.log.append(line)
        self._tell(line)

    async def run(self) -> Outcome:
        """Do all of it."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True)
        try:
            async with AsyncExitStack() as exits:
                await self._run(exits)
        finally:
            shutil.rmtree(self._temporary)
            self.outcome.seconds = time.monotonic() - self._began
            (self._folder / "faults.log").write_text("\n".join([*self.outcome.log, *self.outcome.wrong, ""]))
        return self.outcome

    async def _run(self, exits: AsyncExitStack) -> None:
        disk = self._disk(exits)
        data = Path(tempfile.mkdtemp(prefix="chaos-"))
        data.chmod(0o711)  # the server may run as another account
        exits.callback(shutil.rmtree, data, ignore_errors=True)
        postgresql = OwnPostgresql(data, durable=True)
        exits.push_async_callback(postgresql.stop)
        rabbitmq = OwnRabbitmq()
        exits.callback(rabbitmq.remove)
        await asyncio.gather(postgresql.start(), rabbitmq.start())
        async with opened(postgresql.url) as connection:
            await connection.execute("create database kingfisher")
            if disk is not None:
                await connection.execute(f"create tablespace small location '{disk / 'data'}'")
            await connection.execute(f"create database pelican{' tablespace small' if disk else ''}")
        kingfisher = named(postgresql.url, "kingfisher")
        await fill(kingfisher, SIZE)
        expected = await undisturbed(postgresql.url, kingfisher)
        self.say(f"an undisturbed round leaves {sum(map(len, expected.values())):,} rows")
        database = named(postgresql.url, "pelican")
        await prepare(database)
        broker = await exits.enter_async_context(connect(f"{rabbitmq.url}?heartbeat={HEARTBEAT}", EXCHANGE))
        await broker.declare()
        places = [await self._place(exits, name, database, rabbitmq.url) for name in range(REPLICAS)]
        publisher = Publisher(broker, rabbitmq.url)
        workload = Workload(
            database, publisher.publish, publisher.publish_without_key, random.Random(self._seed), wipes=True
        )
        injector = Injector(postgresql, rabbitmq, places, workload, self.say, disk, rabbitmq_steady=publisher.steady)
        await self._disturb(injector)
        await self._judge(injector, rabbitmq.url, expected)

    def _disk(self, exits: AsyncExitStack) -> Path | None:
        """Make a disk for the datasets, where that is allowed: what the server itself writes isn't on it."""
        folder = Path(tempfile.mkdtemp(prefix="chaos-"))
        folder.chmod(0o711)
        exits.callback(shutil.rmtree, folder)
        disk = folder / "disk"
        if not small_disk.made(disk, DISK_KIB):
            return None
        exits.callback(small_disk.remove, disk)
        (disk / "data").mkdir(mode=0o700)
        os.chown(disk / "data", *account())
        return disk

    async def _place(self, exits: AsyncExitStack, name: int, database: str, broker: str) -> Place:
        postgresql = await exits.enter_async_context(PostgresqlWire(database))
        rabbitmq = await exits.enter_async_context(Wire(broker))
        environment = {
            **SMALL,
            "DATABASE_URL": postgresql.url,
            "KINGFISHER_PROCESS_DATABASE_URL": named(postgresql.url, "kingfisher"),
            "RABBIT_URL": f"{rabbitmq.url}?heartbeat={HEARTBEAT}",
            "RABBIT_EXCHANGE_NAME": EXCHANGE,
            "TMPDIR": str(self._temporary),
            "CHAOS": self._mark,
            "POOL_SECONDS": "4",
            "PREFETCH_COUNT": "1",
            "EXTRACTOR_MAX_BATCH_SIZE": "3",  # so that items are announced in several steps
        }
        return Place(KeptReplica(str(name), environment, self._folder, self.say), postgresql, rabbitmq)

    async def _disturb(self, injector: Injector) -> None:
        """Play the script while rounds go on; then let the last round complete."""
        keepers = [asyncio.create_task(place.replica.keep()) for place in injector.places]
        watching = asyncio.create_task(injector.workload.watch())
        playing = asyncio.create_task(injector.play(self.outcome.faults))
        working = asyncio.create_task(self._work(injector.workload, playing))
        tasks = [*keepers, watching, playing, working]
        try:
            await finished(playing, while_these_go_on=[*keepers, watching, working])
            self.say("the faults are over")
            await self._recover(injector, working, [*keepers, watching])
            for place in injector.places:
                await place.replica.until_well()
                self._count_connections(place)
            await asyncio.gather(*(place.replica.end(END_SECONDS) for place in injector.places))
            await asyncio.wait(keepers, timeout=END_SECONDS)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _recover(
        self, injector: Injector, working: asyncio.Task[None], others: Sequence[asyncio.Task[None]]
    ) -> None:
        over = time.monotonic()
        try:
            async with asyncio.timeout(RECOVERY_SECONDS):
                await finished(working, while_these_go_on=others)
        except TimeoutError:
            self.say(f"not complete {RECOVERY_SECONDS:g} s after the last fault")
            known = {
                f"{name} {purpose or ''}": known.said for (name, purpose), known in injector.workload.known.items()
            }
            self.outcome.wrong.append(f"not complete {RECOVERY_SECONDS:g} seconds after the last fault: {known}")
        else:
            self.outcome.recovery = time.monotonic() - over
            self.say(f"all is complete, {self.outcome.recovery:.1f} s after the last fault")

    async def _work(self, workload: Workload, playing: asyncio.Task[None]) -> None:
        while True:
            self.outcome.rounds += 1
            await workload.round(self.outcome.rounds)
            self.say(f"round {self.outcome.rounds} is complete")
            if playing.done():
                return

    def _count_connections(self, place: Place) -> None:
        name, wrong = place.replica.name, self.outcome.wrong
        if place.rabbitmq.connections != 2:
            wrong.append(f"replica {name} has {place.rabbitmq.connections} connections to RabbitMQ, not two")
        if place.postgresql.connections > CONNECTIONS:
            wrong.append(f"replica {name} has {place.postgresql.connections} connections to PostgreSQL")

    async def _judge(self, injector: Injector, broker_url: str, expected: Rows) -> None:
        wrong = self.outcome.wrong
        for place in injector.places:
            wrong += place.replica.complaints
        async with opened(injector.workload.url) as connection:
            found = await rows_by_round(connection)
            wrong += await held(connection)
        wrong += differences(expected, found, range(1, self.outcome.rounds + 1))
        async with connect(broker_url, EXCHANGE) as broker:
            wrong += await left_over(broker, injector.thrown_in)
        wrong += await asyncio.to_thread(remains, self._temporary, self._mark)


async def finished(task: asyncio.Task[None], *, while_these_go_on: Sequence[asyncio.Task[None]]) -> None:
    """Wait for a task; if another one ends before by an error, that is raised."""
    others = set(while_these_go_on)
    while not task.done():
        done, _ = await asyncio.wait({task, *others}, return_when=asyncio.FIRST_COMPLETED)
        others -= done
        for one in done:
            await one


class Publisher:
    """Publishes as the service's own commands do, and as those do that give messages no key."""

    def __init__(self, broker: RabbitBroker, url: str) -> None:
        self._broker = broker
        self._url = url
        self.steady = asyncio.Lock()

    async def publish(self, request: Request) -> None:
        """Publish until it is confirmed; it may be published twice then, with the same key."""
        while True:
            try:
                return await self._broker.publish(request.queue, request.body, request.key)
            except BrokerAway:
                await asyncio.sleep(PUBLISH_AGAIN)

    async def publish_without_key(self, request: Request) -> None:
        """Publish once, while nothing is done to the broker: nobody could tell one message from two."""
        async with self.steady:
            connection = await aio_pika.connect(self._url)
            async with connection, connection.channel() as channel:
                exchange = await channel.get_exchange(EXCHANGE)
                message = aio_pika.Message(
                    request.body, content_type="application/json", delivery_mode=aio_pika.DeliveryMode.PERSISTENT
                )
                await exchange.publish(message, request.queue.within(EXCHANGE))


async def prepare(database: str) -> None:
    """Make the schema, with exchange rates."""
    await set_up(database)
    async with opened(database) as connection:
        await begin_high(connection)
        await stored_rates.fill(connection)


async def undisturbed(postgresql: str, kingfisher: str) -> Rows:
    """Give what one round leaves if nothing goes wrong, nothing is wiped and nothing removed."""
    async with empty(postgresql) as database:
        await prepare(database)
        settings = small_settings(database, kingfisher)
        broker = MemoryBroker()

        async def publish(request: Request) -> None:
            await broker.publish(request.queue, request.body, request.key)

        workload = Workload(database, publish, publish, random.Random(0), wipes=False)
        async with running(settings, broker, codelists.snapshot()):
            watching = asyncio.create_task(workload.watch())
            await workload.round(1)
            watching.cancel()
            await asyncio.wait({watching})
        async with opened(database) as connection:
            return (await rows_by_round(connection))["1"]

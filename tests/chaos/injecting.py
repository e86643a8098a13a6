"""Does to the services and replicas what a script says."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from pelican_async.database.trouble import is_transient
from tests.chaos.faults import Fault, Kind
from tests.chaos.garbage import duplicates, garbage, strays
from tests.chaos.kept_replica import KeptReplica
from tests.chaos.workload import Request, Workload, connected
from tests.pelican_async.broker.wire import Wire
from tests.services import small_disk
from tests.services.postgresql import OwnPostgresql
from tests.services.rabbitmq import OwnRabbitmq

T = TypeVar("T")
STOP_SECONDS: Final = 60.0
LOOK_AGAIN: Final = 0.2


@dataclass(frozen=True, slots=True)
class Place:
    """A replica, and the wires that it has."""

    replica: KeptReplica
    postgresql: Wire
    rabbitmq: Wire


@dataclass(slots=True)
class Injector:
    """Everything that can be disturbed; one thing is disturbed in one way at a time."""

    postgresql: OwnPostgresql
    rabbitmq: OwnRabbitmq
    places: Sequence[Place]
    workload: Workload
    say: Callable[[str], None]
    disk: Path | None
    """The disk that the datasets are on, if it is theirs alone."""
    thrown_in: list[Request] = field(default_factory=list)
    """The garbage."""
    postgresql_steady: asyncio.Lock = field(default_factory=asyncio.Lock)
    rabbitmq_steady: asyncio.Lock = field(default_factory=asyncio.Lock)
    _replicas_steady: dict[int, asyncio.Lock] = field(default_factory=dict)

    async def play(self, faults: Sequence[Fault]) -> None:
        """Do all of it, and end when the last fault is over."""
        async with asyncio.TaskGroup() as tasks:
            for fault in faults:
                await asyncio.sleep(fault.pause)
                task = tasks.create_task(self._inject(fault))
                if not fault.overlaps:
                    await task

    async def _inject(self, fault: Fault) -> None:
        self.say(str(fault))
        told = await self._acts()[fault.kind](fault)
        self.say(f"{fault.number}. is over{f': {told}' if told else ''}")

    def _acts(self) -> dict[Kind, Callable[[Fault], Awaitable[str | None]]]:
        return {
            Kind.KILL_REPLICA: self._kill_replica,
            Kind.KILL_POOL_PROCESS: self._kill_pool_process,
            Kind.HANG_POOL_PROCESS: self._hang_pool_process,
            Kind.STOP_REPLICA: self._stop_replica,
            Kind.FREEZE_REPLICA: self._freeze_replica,
            Kind.CRASH_POINT: self._crash,
            Kind.RESTART_POSTGRESQL: self._restart_postgresql,
            Kind.KILL_POSTGRESQL: self._kill_postgresql,
            Kind.FREEZE_POSTGRESQL: self._freeze_postgresql,
            Kind.FULL_DISK: self._fill_disk,
            Kind.END_CONNECTIONS: self._end_connections,
            Kind.CUT_POSTGRESQL: lambda fault: self._cut(self.places[fault.replica].postgresql, fault),
            Kind.CUT_RABBITMQ: lambda fault: self._cut(self.places[fault.replica].rabbitmq, fault),
            Kind.SILENCE_POSTGRESQL: lambda fault: self._silence(self.places[fault.replica].postgresql, fault),
            Kind.SILENCE_RABBITMQ: lambda fault: self._silence(self.places[fault.replica].rabbitmq, fault),
            Kind.RESTART_RABBITMQ: self._restart_rabbitmq,
            Kind.KILL_RABBITMQ: self._kill_rabbitmq,
            Kind.FREEZE_RABBITMQ: self._freeze_rabbitmq,
            Kind.ALARM_RABBITMQ: self._alarm_rabbitmq,
            Kind.DUPLICATES: self._duplicate,
            Kind.GARBAGE: self._throw_garbage,
        }

    def _steady(self, fault: Fault) -> asyncio.Lock:
        return self._replicas_steady.setdefault(fault.replica, asyncio.Lock())

    async def _kill_replica(self, fault: Fault) -> None:
        async with self._steady(fault):
            await self.places[fault.replica].replica.kill()

    async def _kill_pool_process(self, fault: Fault) -> str:
        async with self._steady(fault):
            return await self.places[fault.replica].replica.kill_pool_process(random.Random(fault.seed))

    async def _hang_pool_process(self, fault: Fault) -> str:
        async with self._steady(fault):
            replica = self.places[fault.replica].replica
            return await replica.hang_pool_process(random.Random(fault.seed), fault.seconds)

    async def _stop_replica(self, fault: Fault) -> None:
        async with self._steady(fault):
            replica = self.places[fault.replica].replica
            await (await replica.running()).until_said("ready")
            await replica.stop(STOP_SECONDS)

    async def _freeze_replica(self, fault: Fault) -> None:
        async with self._steady(fault):
            await self.places[fault.replica].replica.freeze(fault.seconds)

    async def _crash(self, fault: Fault) -> None:
        async with self._steady(fault):
            replica = self.places[fault.replica].replica
            replica.point = fault.point
            await replica.kill()

    async def _restart_postgresql(self, _: Fault) -> None:
        async with self.postgresql_steady:
            await self.postgresql.stop()
            await self.postgresql.start()

    async def _kill_postgresql(self, _: Fault) -> None:
        async with self.postgresql_steady:
            await self.postgresql.kill()
            await self.postgresql.start()

    async def _freeze_postgresql(self, fault: Fault) -> None:
        async with self.postgresql_steady:
            self.postgresql.freeze()
            try:
                await asyncio.sleep(fault.seconds)
            finally:
                self.postgresql.thaw()

    async def _fill_disk(self, fault: Fault) -> str | None:
        if self.disk is None:
            return "it isn't a disk of its own: only root can make one"
        async with self.postgresql_steady:
            filler = small_disk.fill(self.disk)
            try:
                await asyncio.sleep(fault.seconds)
            finally:
                filler.unlink()
        return None

    async def _end_connections(self, fault: Fault) -> str:
        """End about half of them."""

        async def end() -> int:
            async with connected(self.workload.url) as connection:
                rows = await connection.fetch("select pid from pg_stat_activity where pid <> pg_backend_pid()")
                chance = random.Random(fault.seed)
                chosen = [row["pid"] for row in rows if chance.random() < 0.5]
                await connection.fetch("select pg_terminate_backend(pid) from unnest($1::integer[]) as pid", chosen)
            return len(chosen)

        return f"{await self._with_postgresql(end)} of them"

    async def _cut(self, wire: Wire, fault: Fault) -> None:
        async with self._steady(fault):
            if fault.seconds < 1:
                wire.drop()
                return
            await wire.cut()
            try:
                await asyncio.sleep(fault.seconds)
            finally:
                await wire.mend()

    async def _silence(self, wire: Wire, fault: Fault) -> None:
        async with self._steady(fault):
            wire.silence()
            try:
                await asyncio.sleep(fault.seconds)
            finally:
                wire.sound()

    async def _restart_rabbitmq(self, _: Fault) -> None:
        async with self.rabbitmq_steady:
            await self.rabbitmq.stop()
            await self.rabbitmq.start()

    async def _kill_rabbitmq(self, _: Fault) -> None:
        async with self.rabbitmq_steady:
            await self.rabbitmq.kill()
            await self.rabbitmq.start()

    async def _freeze_rabbitmq(self, fault: Fault) -> None:
        async with self.rabbitmq_steady:
            self.rabbitmq.freeze()
            try:
                await asyncio.sleep(fault.seconds)
            finally:
                self.rabbitmq.thaw()

    async def _alarm_rabbitmq(self, fault: Fault) -> None:
        async with self.rabbitmq_steady:
            await self.rabbitmq.alarm()
            try:
                await asyncio.sleep(fault.seconds)
            finally:
                await self.rabbitmq.calm()

    async def _duplicate(self, fault: Fault) -> str:
        async def choose() -> Sequence[Request]:
            chance = random.Random(fault.seed)
            async with connected(self.workload.url) as connection:
                return await duplicates(connection, chance, self.workload.requests, fault.number)

        again = await self._with_postgresql(choose)
        for request in again:
            await self.workload.publish(request)
        return f"{len(again)} messages"

    async def _throw_garbage(self, fault: Fault) -> str:
        thrown = list(garbage(random.Random(fault.seed), fault.number))
        for request in [*thrown, *strays(fault.number)]:
            await self.workload.publish(request)
        self.thrown_in += thrown
        return f"{len(thrown)} malformed messages"

    async def _with_postgresql(self, act: Callable[[], Awaitable[T]]) -> T:
        while True:
            try:
                return await act()
            except Exception as error:
                if not is_transient(error):
                    raise
                await asyncio.sleep(LOOK_AGAIN)

"""A whole service of this run's own: replicas as processes, on a PostgreSQL, a RabbitMQ and a Kingfisher Process.

It is as in deployments: replicas run what the wheel has, results are written to the disk before they count, and the
collections are in a database of their own, whose server isn't counted as a part of the service.
"""

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil

from bench.databases import databases
from bench.service import PATIENCE, cpu, server_of
from pelican_async.broker.protocol import Broker
from pelican_async.broker.rabbitmq import connect
from pelican_async.database.connecting import Connection
from pelican_async.messages import ExtractCollection, Queue
from scripts.build_compiled import compiled
from tests.services import kingfisher_process
from tests.services.progress import Progress, watched
from tests.services.rabbitmq import OwnRabbitmq
from tests.services.replica import Replica, replica

EXCHANGE: Final = "bench"
BROKER_PROCESS: Final = "beam.smp"


@dataclass
class WholeService:
    """The service, and what it is asked. Datasets are numbered from 1, as they are asked for."""

    environment: Mapping[str, str]
    broker: Broker
    progress: Progress
    source: Connection
    target: Connection
    servers: Mapping[str, psutil.Process]
    """Those that aren't replicas: the database, the source and the broker."""
    replicas: list[psutil.Process] = field(default_factory=list)
    running: list[Replica] = field(default_factory=list)
    """The same as `replicas`."""
    _asked: int = 0

    async def load(self, releases: Iterable[bytes]) -> int:
        """Make a collection, and give its number."""
        return await kingfisher_process.load(self.source, releases)

    async def ask(self, collection: int, items: int | None = None, ancestor: int | None = None) -> int:
        """Ask for a dataset of a collection, and give the number that it gets."""
        self._asked += 1
        message = ExtractCollection(
            name=f"dataset {self._asked}", collection_id=collection, max_items=items, ancestor_id=ancestor
        )
        await self.broker.publish(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), message.name)
        return self._asked

    async def until(self, dataset: int, *phases: str) -> None:
        """Wait for a dataset to be in one of these phases, with its state; none: to be checked.

        Raises `RuntimeError` if a replica ends meanwhile.
        """
        wanted = phases or ("CHECKED OK",)
        reached = asyncio.ensure_future(self.progress.until(lambda said: said.get(dataset) in wanted, PATIENCE))
        ends = [asyncio.ensure_future(one.process.wait()) for one in self.running]
        done, others = await asyncio.wait({reached, *ends}, return_when=asyncio.FIRST_COMPLETED)
        for other in others:
            other.cancel()
        if reached not in done:
            raise RuntimeError(f"a replica ended: {[one.log[-3:] for one in self.running]}")
        await reached

    async def seconds(self, collection: int, items: int | None = None, ancestor: int | None = None) -> float:
        """Have a dataset checked; give the seconds it took."""
        began = time.monotonic()
        await self.until(await self.ask(collection, items, ancestor))
        return time.monotonic() - began

    def processor_seconds(self) -> dict[str, float]:
        """Give the CPU seconds of each part so far: of replicas, their event loops and their pools."""
        own = [process.cpu_times() for process in self.replicas]
        loops = sum(times.user + times.system for times in own)
        everything = sum(cpu(process) for process in self.replicas)
        return {
            "loop": loops,
            "pool": everything - loops,
            **{name: cpu(process) for name, process in self.servers.items()},
        }


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a temporary folder that the account of the database can enter."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)
        yield folder


def proportional(process: psutil.Process) -> float:
    """Give the memory of a process in bytes: pages that it shares are counted by parts. None if it has ended."""
    try:
        return float(process.memory_full_info().pss)
    except psutil.Error:
        return 0.0


@asynccontextmanager
async def whole_service(*, small: bool, **settings: int) -> AsyncIterator[WholeService]:
    """Run everything but replicas, which `replicas` adds; `small` takes the checks as they stand, uncompiled."""
    async with AsyncExitStack() as exits:
        folder = exits.enter_context(_folder())
        both = await exits.enter_async_context(databases(folder / "database"))
        rabbitmq = OwnRabbitmq()
        exits.callback(rabbitmq.remove)
        await rabbitmq.start()
        broker = await exits.enter_async_context(connect(rabbitmq.url, EXCHANGE))
        await broker.declare()
        environment = {
            "DATABASE_URL": both.url,
            "KINGFISHER_PROCESS_DATABASE_URL": both.source_url,
            "RABBIT_URL": rabbitmq.url,
            "RABBIT_EXCHANGE_NAME": EXCHANGE,
            "ONLINE": "false",
            "LOG_LEVEL": "WARNING",
            "TMPDIR": str(folder),
            **{name.upper(): str(value) for name, value in settings.items()},
            **({} if small else {"PYTHONPATH": str(compiled())}),
        }
        servers = {"database": server_of(both.url), "source": server_of(both.source_url), "broker": _broker_process()}
        progress = await exits.enter_async_context(watched(both.url))
        yield WholeService(environment, broker, progress, both.source, both.target, servers)


@asynccontextmanager
async def replicas(service: WholeService, number: int, *stages: str) -> AsyncIterator[None]:
    """Run so many replicas, until the end of the block; of these stages only, if any are named."""
    arguments = ["--stages", ",".join(stages)] if stages else []
    before = len(service.replicas)
    async with AsyncExitStack() as exits:
        for _ in range(number):
            started = await exits.enter_async_context(replica(service.environment, *arguments))
            service.running.append(started)
            service.replicas.append(psutil.Process(started.process.pid))
        try:
            yield
        finally:
            del service.replicas[before:], service.running[before:]


def _broker_process() -> psutil.Process:
    """Find the process of the broker that this run started."""
    children = psutil.Process(os.getpid()).children(recursive=True)
    return next(process for process in children if process.name() == BROKER_PROCESS)

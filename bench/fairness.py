"""Measures how datasets share the service: how long a small one takes behind a large one, over how long it takes alone.

Replicas are processes of their own, on a PostgreSQL and a RabbitMQ of this run. The small dataset is asked for as soon
as all of the large one is extracted, and hardly any of it checked.
"""

import asyncio
import shutil
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, Final

from rich.table import Table

from bench.extent import Extent, Figures, Measurement, table
from bench.releases import small
from bench.service import PATIENCE
from pelican_async.broker.protocol import Broker
from pelican_async.broker.rabbitmq import connect
from pelican_async.database.connecting import opened
from pelican_async.database.embedded import embedded
from pelican_async.database.upgrade import upgrade
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.reference import stored_rates
from tests.services import kingfisher_process
from tests.services.progress import Progress, watched
from tests.services.rabbitmq import OwnRabbitmq
from tests.services.replica import replica

SIZES: Final = (50_000, 500)
FEW: Final = (2_000, 100)
"""How many releases the large dataset has, and the small one."""
EXCHANGE: Final = "bench"


class Asking:
    """Asks for datasets, one after the other, and measures how long they take."""

    def __init__(self, broker: Broker, progress: Progress, collection: int) -> None:
        self._broker = broker
        self._progress = progress
        self._collection = collection
        self._number = 0

    async def ask(self, items: int | None = None) -> int:
        """Ask for a dataset, and give the number that it gets."""
        self._number += 1
        message = ExtractCollection(name=f"dataset {self._number}", collection_id=self._collection, max_items=items)
        await self._broker.publish(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), message.name)
        return self._number

    async def until(self, dataset_id: int, phases: set[str]) -> None:
        """Wait for a dataset to be in one of these phases."""
        await self._progress.until(lambda said: said.get(dataset_id) in phases, PATIENCE)

    async def seconds(self, items: int | None = None) -> float:
        """Have a dataset checked; give the seconds it took."""
        began = time.monotonic()
        await self.until(await self.ask(items), {"CHECKED OK"})
        return time.monotonic() - began


async def _measured(replicas: int, large_size: int, small_size: int) -> dict[str, Any]:
    async with AsyncExitStack() as exits:
        url = await exits.enter_async_context(embedded())
        source_url = await exits.enter_async_context(embedded())
        await upgrade(url, lambda _: None)
        async with opened(url) as target, opened(source_url) as source:
            await stored_rates.fill(target)
            await kingfisher_process.create(source)
            collection = await kingfisher_process.load(source, small(large_size, 1))
        rabbitmq = OwnRabbitmq()
        exits.callback(rabbitmq.remove)
        await rabbitmq.start()
        broker = await exits.enter_async_context(connect(rabbitmq.url, EXCHANGE))
        await broker.declare()
        folder = tempfile.mkdtemp(prefix="bench-")
        exits.callback(shutil.rmtree, folder)
        environment = {
            "DATABASE_URL": url,
            "KINGFISHER_PROCESS_DATABASE_URL": source_url,
            "RABBIT_URL": rabbitmq.url,
            "RABBIT_EXCHANGE_NAME": EXCHANGE,
            "ONLINE": "false",
            "LOG_LEVEL": "WARNING",
            "TMPDIR": str(Path(folder)),
        }
        for _ in range(replicas):
            await exits.enter_async_context(replica(environment))
        asking = Asking(broker, await exits.enter_async_context(watched(url)), collection)
        await asking.seconds(small_size)  # then all processes run, and have imported what they need
        alone = min([await asking.seconds(small_size) for _ in range(3)])
        began = time.monotonic()
        large = await asking.ask()
        await asking.until(large, {"CONTRACTING_PROCESS OK", "CHECKED OK"})
        behind = await asking.seconds(small_size)
        await asking.until(large, {"CHECKED OK"})
        return {
            "replicas": replicas,
            "alone_seconds": round(alone, 2),
            "behind_seconds": round(behind, 2),
            "ratio": round(behind / alone, 1),
            "large_seconds": round(time.monotonic() - began, 1),
        }


def measure(extent: Extent) -> Figures:
    """Measure it with one replica, and with two."""
    large, few = FEW if extent.small else SIZES
    rows = [asyncio.run(_measured(replicas, large, few)) for replicas in ((1,) if extent.small else (1, 2))]
    return {"large_releases": large, "small_releases": few, "rows": rows}


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    title = f"{figures['small_releases']:,} releases behind {figures['large_releases']:,}, in seconds"
    shown = table(title, "replicas", "alone", "behind", "behind / alone", "the large one")
    for row in figures["rows"]:
        shown.add_row(*map(str, row.values()))
    return [shown]


MEASUREMENT: Final = Measurement("fairness", measure, tables)

"""Checks many small releases, with an ancestor, and watches whether memory or the time per release grow.

`python -m bench.growth 100000` prints, for each tenth of both datasets, the time per release and the memory of the
service's process and of its pool processes (pages that several share are counted by parts).
"""

import asyncio
import sys
import time
from contextlib import AsyncExitStack
from typing import Any, Final

import anyio
import psutil
from rich.console import Console
from rich.table import Table

from bench.releases import small
from bench.service import PATIENCE
from pelican_async.broker.memory import MemoryBroker
from pelican_async.database.connecting import opened
from pelican_async.database.embedded import embedded
from pelican_async.database.upgrade import upgrade
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.reference import codelists, stored_rates
from tests.services import kingfisher_process
from tests.services.running import running, settings_for

EVERY: Final = 0.25
MEBIBYTE: Final = 2**20


def memory(process: psutil.Process) -> float:
    """Give the memory of a process in MiB."""
    try:
        return float(process.memory_full_info().pss) / MEBIBYTE
    except psutil.Error:
        return 0.0


class Watch:
    """Looks at the service again and again, and notes what each tenth of a dataset took."""

    def __init__(self, table: Table, connection: Any) -> None:  # noqa: ANN401 a connection
        self.table = table
        self.connection = connection
        self.largest = 0.0

    async def until_checked(self, dataset_id: int, number: int) -> None:
        """Watch a dataset to its end."""
        started = last = time.monotonic()
        done = 0
        while True:
            row = await self.connection.fetchrow(
                """select phase, size - items_left as checked
                from progress_monitor_dataset join dataset_run using (dataset_id) where dataset_id = $1""",
                dataset_id,
            )
            now = time.monotonic()
            if row is not None:
                while row["checked"] - done >= number // 10:
                    done += number // 10
                    self._note(dataset_id, f"{done:,} checked", (now - last) / (number // 10))
                    last = now
                if row["phase"] == "CHECKED":
                    self._note(dataset_id, "all stages", (now - started) / number)
                    return
            await anyio.sleep(EVERY)

    def _note(self, dataset_id: int, what: str, seconds: float) -> None:
        own = psutil.Process()
        others = [process for process in own.children(recursive=True) if "python" in process.name()]
        sizes = sorted(map(memory, others), reverse=True)
        total = memory(own) + sum(sizes)
        self.largest = max(self.largest, total)
        cells = [memory(own), *sizes[:3], total]
        shown = [f"{size:,.0f}" for size in cells]
        self.table.add_row(str(dataset_id), what, f"{seconds * 1e6:,.0f}", *shown)


async def main(number: int) -> None:
    """Check two datasets, the second with the first as ancestor."""
    table = Table(title=f"{number:,} releases twice (memory in MiB)")
    for column in ("dataset", "at", "µs a release", "service", "process 1", "process 2", "process 3", "in all"):
        table.add_column(column, justify="right")
    async with AsyncExitStack() as exits:
        url = await exits.enter_async_context(embedded())
        await upgrade(url, lambda _: None)
        source_url = await exits.enter_async_context(embedded())
        source = await exits.enter_async_context(opened(source_url))
        target = await exits.enter_async_context(opened(url))
        await stored_rates.fill(target)
        await kingfisher_process.create(source)
        broker = MemoryBroker()
        watch = Watch(table, target)
        async with running(settings_for(url, source_url), broker, codelists.snapshot()):
            for version in (1, 2):
                collection = await kingfisher_process.load(source, small(number, version))
                message = ExtractCollection(
                    name="small", collection_id=collection, ancestor_id=version - 1 if version > 1 else None
                )
                await broker.publish(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), str(version))
                with anyio.fail_after(PATIENCE):
                    await watch.until_checked(version, number)
    Console().print(table)
    Console().print(f"most in all: {watch.largest:,.0f} MiB")


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))

"""Measures what more replicas bring on the cores that there are, and what each step costs by itself.

Each replica has one process that checks, so that there are as many as replicas; the last row is one replica as it is by
default, with as many processes as there are cores. Everything runs on this machine, so PostgreSQL, RabbitMQ and the
database that collections come from take their part of the cores: that is where it saturates.

Then a single replica does one step after the other, nothing else meanwhile: extraction, the checks of items, and the
stages that look at the whole dataset. What that costs each part is what the model of `docs/scaling.md` starts from.
"""

import asyncio
import os
import time
from collections.abc import Sequence
from typing import Any, Final

from rich.table import Table

from bench.extent import Extent, Figures, Measurement, table
from bench.releases import small
from bench.whole_service import WholeService, replicas, whole_service
from pelican_async.settings import Settings

RELEASES: Final = 40_000
FEW: Final = 400
WARM_UP: Final = 500
DATASETS: Final = 6
"""So many for each replica are checked before measuring."""
BATCHES_AT_ONCE: Final = 2
FLUSHES: Final = 300
PARTS: Final = ("loop", "pool", "database", "broker", "source")
PAUSE: Final = 0.01
ITEMS_LEFT: Final = "select items_left from dataset_run where dataset_id = $1"
BATCHES: Final = "select count(*) from batch_partial"
SIZE: Final = "select pg_database_size(current_database())"
WAL: Final = "select (pg_current_wal_lsn() - '0/0'::pg_lsn)::bigint"


def measure(extent: Extent) -> Figures:
    """Measure both."""
    return asyncio.run(_measured(extent))


async def _measured(extent: Extent) -> Figures:
    number = FEW if extent.small else RELEASES
    cores = os.cpu_count() or 1
    plan = [(2, 1)] if extent.small else [(1, 1), (2, 1), (4, 1), (1, cores)]
    return {
        "releases": number,
        "cores": cores,
        "prefetch_count": BATCHES_AT_ONCE,
        "rows": [await _point(extent, number, count, processes, cores) for count, processes in plan],
        "steps": await _steps(extent, number),
    }


async def _point(extent: Extent, number: int, count: int, processes: int, cores: int) -> dict[str, Any]:
    settings = {"pool_processes": processes, "prefetch_count": BATCHES_AT_ONCE}
    async with whole_service(small=extent.small, **settings) as service:
        collection = await service.load(small(number, 1))
        async with replicas(service, count):
            await _warm_up(service, collection, 1 if extent.small else DATASETS * count)
            before, batches = service.processor_seconds(), await service.target.fetchval(BATCHES)
            seconds = await service.seconds(collection)
            after, batches = service.processor_seconds(), await service.target.fetchval(BATCHES) - batches
    used = {part: after[part] - before[part] for part in PARTS}
    return {
        "replicas": count,
        "processes": processes,
        "seconds": round(seconds, 2),
        "releases_per_second": round(number / seconds),
        "batch": round(number / batches),
        "microseconds": {part: round(used[part] / number * 1e6, 1) for part in PARTS},
        "cores_used": round(sum(used.values()) / seconds, 2),
        "share_of_cores": round(sum(used.values()) / seconds / cores, 2),
    }


async def _warm_up(service: WholeService, collection: int, count: int) -> None:
    """Have so many datasets checked at once, so that all processes of all replicas run, with all that they import."""
    for _ in range(2):
        asked = [await service.ask(collection, WARM_UP) for _ in range(count)]
        for dataset in asked:
            await service.until(dataset)


async def _steps(extent: Extent, number: int) -> dict[str, Any]:
    """Measure each step by itself: microseconds of CPU of each part and bytes of WAL, per release.

    Each has a replica of its own. Those that aren't measured are frozen.
    """
    defaults = Settings.model_fields
    async with (
        whole_service(small=extent.small, pool_processes=1, prefetch_count=BATCHES_AT_ONCE) as service,
        replicas(service, 1, "extract_kingfisher_process"),
        replicas(service, 1, "check_items"),
        replicas(service, 1, "check_dataset", "check_time_based", "report"),
    ):
        collection = await service.load(small(number, 1))
        await service.seconds(collection, WARM_UP)
        extracting, checking, whole = service.replicas
        batches: int = await service.target.fetchval(BATCHES)
        checking.suspend()
        whole.suspend()
        began = await _used(service)
        dataset = await service.ask(collection)
        await service.until(dataset, "CONTRACTING_PROCESS OK")
        extracted = await _used(service)
        extracting.suspend()
        checking.resume()
        while await service.target.fetchval(ITEMS_LEFT, dataset):  # noqa: ASYNC110 to tell would cost the database
            await asyncio.sleep(PAUSE)
        checked = await _used(service)
        checking.suspend()
        whole.resume()
        await service.until(dataset)
        done = await _used(service)
        batches = await service.target.fetchval(BATCHES) - batches
        flush, counter = await _flush(service), await _counter(service)
        for one in service.replicas:
            one.resume()
    return {
        "extract": _cost(began, extracted, number),
        "check": _cost(extracted, checked, number),
        "whole": _cost(checked, done, number),
        "page": defaults["extractor_page_size"].default,
        "message": defaults["extractor_max_batch_size"].default,
        "batch": round(number / batches),
        "flush_milliseconds": flush,
        "counter_milliseconds": counter,
    }


async def _used(service: WholeService) -> dict[str, float]:
    wal: int = await service.target.fetchval(WAL)
    size: int = await service.target.fetchval(SIZE)
    return {**service.processor_seconds(), "wal": wal, "size": size, "seconds": time.monotonic()}


def _cost(before: dict[str, float], after: dict[str, float], number: int) -> dict[str, float]:
    spent = {name: after[name] - before[name] for name in after}
    return {
        **{part: round(spent[part] / number * 1e6, 1) for part in PARTS},
        "wal_bytes": round(spent["wal"] / number),
        "bytes": round(spent["size"] / number),
        "elapsed": round(spent["seconds"] / number * 1e6, 1),
    }


async def _flush(service: WholeService) -> float:
    """Give the milliseconds that a commit waits for the disk: what it takes longer than one that doesn't wait."""
    connection = service.target
    await connection.execute("create table flushed (number int); insert into flushed values (0)")
    took = {}
    for waits in ("on", "off"):
        await connection.execute(f"set synchronous_commit = {waits}")
        began = time.monotonic()
        for _ in range(FLUSHES):
            await connection.execute("update flushed set number = number + 1")
        took[waits] = (time.monotonic() - began) / FLUSHES * 1e3
    await connection.execute("set synchronous_commit = on")
    return round(took["on"] - took["off"], 3)


async def _counter(service: WholeService) -> float:
    """Give the milliseconds for which a batch keeps the row of its dataset, without the wait for the disk.

    It counts down, announces as much, and commits: others of the same dataset wait for that.
    """
    connection = service.target
    await connection.execute("set synchronous_commit = off")
    began = time.monotonic()
    for _ in range(FLUSHES):
        async with connection.transaction():
            await connection.fetch(
                "update dataset_run set items_left = items_left - 0 where dataset_id = 1 returning announced"
            )
            await connection.execute("update dataset_run set announced = announced + 0 where dataset_id = 1")
            await connection.execute(
                """insert into outbox (dataset_id, queue, body)
                select 1, 'bench', body from unnest($1::text[]) as body""",
                ["x" * 1000] * 4,
            )
    took = (time.monotonic() - began) / FLUSHES * 1e3
    await connection.execute("delete from outbox where queue = 'bench'; set synchronous_commit = on")
    return round(took, 3)


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    title = f"{figures['releases']:,} releases on {figures['cores']} cores; microseconds of CPU per release"
    shown = table(
        title, "replicas", "processes each", "seconds", "releases/s", "a batch", *PARTS, "in all", "cores used"
    )
    for row in figures["rows"]:
        costs = [f"{row['microseconds'][part]:,}" for part in PARTS]
        total = f"{sum(row['microseconds'].values()):,.0f}"
        counts = [str(row["processes"]), str(row["seconds"]), f"{row['releases_per_second']:,}", str(row["batch"])]
        shown.add_row(str(row["replicas"]), *counts, *costs, total, str(row["cores_used"]))
    steps = figures["steps"]
    alone = table("Each step by itself, per release", "step", *PARTS, "elapsed", "bytes", "bytes of WAL")
    for step in ("extract", "check", "whole"):
        row = steps[step]
        alone.add_row(step, *(f"{row[name]:,}" for name in (*PARTS, "elapsed", "bytes", "wal_bytes")))
    waits = f"flush {steps['flush_milliseconds']} ms, counter {steps['counter_milliseconds']} ms"
    alone.caption = f"{steps['batch']} items a batch; a commit: {waits}"
    return [shown, alone]


MEASUREMENT: Final = Measurement("replicas", measure, tables)

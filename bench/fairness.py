"""Measures how datasets share the service: how long a small one takes behind a large one, over how long it takes alone.

Replicas are processes of their own, on a PostgreSQL and a RabbitMQ of this run. The small dataset is asked for as soon
as all of the large one is extracted, and hardly any of it checked.
"""

import asyncio
import time
from collections.abc import Sequence
from typing import Any, Final

from rich.table import Table

from bench.extent import Extent, Figures, Measurement, table
from bench.releases import small
from bench.whole_service import replicas, whole_service

SIZES: Final = (50_000, 500)
FEW: Final = (2_000, 100)
"""How many releases the large dataset has, and the small one."""


async def _measured(extent: Extent, count: int, large_size: int, small_size: int) -> dict[str, Any]:
    async with whole_service(small=extent.small) as service:
        collection = await service.load(small(large_size, 1))
        async with replicas(service, count):
            await service.seconds(collection, small_size)  # then all processes run, and have imported what they need
            alone = min([await service.seconds(collection, small_size) for _ in range(3)])
            began = time.monotonic()
            large = await service.ask(collection)
            await service.until(large, "CONTRACTING_PROCESS OK", "CHECKED OK")
            behind = await service.seconds(collection, small_size)
            await service.until(large)
            return {
                "replicas": count,
                "alone_seconds": round(alone, 2),
                "behind_seconds": round(behind, 2),
                "ratio": round(behind / alone, 1),
                "large_seconds": round(time.monotonic() - began, 1),
            }


def measure(extent: Extent) -> Figures:
    """Measure it with one replica, and with two."""
    large, few = FEW if extent.small else SIZES
    rows = [asyncio.run(_measured(extent, count, large, few)) for count in ((1,) if extent.small else (1, 2))]
    return {"large_releases": large, "small_releases": few, "rows": rows}


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    title = f"{figures['small_releases']:,} releases behind {figures['large_releases']:,}, in seconds"
    shown = table(title, "replicas", "alone", "behind", "behind / alone", "the large one")
    for row in figures["rows"]:
        shown.add_row(*map(str, row.values()))
    return [shown]


MEASUREMENT: Final = Measurement("fairness", measure, tables)

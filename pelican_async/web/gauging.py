"""Looks at what isn't counted as it happens, when Prometheus asks."""

from collections.abc import Mapping
from typing import Final

import anyio
import structlog

from pelican_async.broker.protocol import Broker, BrokerAway
from pelican_async.database import outbox, status
from pelican_async.messages import Queue
from pelican_async.stages.parts import Parts
from pelican_async.web.metrics import ANSWERS, DATASETS, OUTBOX, POOL_DEPTH, QUEUE_DEPTH

PATIENCE: Final = 3.0
"""So many seconds have the database and the broker, each, to answer: the other metrics matter most if they don't."""
UNKNOWN: Final = float("nan")
log = structlog.get_logger()


async def gauge(parts: Parts, broker: Broker) -> None:
    """Set the gauges; those that can't be known now are NaN."""
    POOL_DEPTH.set(parts.items.under_way)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_database, parts)
        tasks.start_soon(_broker, broker)


async def _database(parts: Parts) -> None:
    try:
        with anyio.fail_after(PATIENCE):
            async with parts.database.acquire() as connection:
                waiting = await outbox.length(connection)
                phases = await status.by_phase(connection)
    except Exception as error:  # noqa: BLE001 whatever is wrong with it, the other metrics are told
        log.debug("the database can't be measured", error=repr(error))
        ANSWERS.labels("database").set(0)
        OUTBOX.set(UNKNOWN)
        DATASETS.clear()
        return
    ANSWERS.labels("database").set(1)
    OUTBOX.set(waiting)
    DATASETS.clear()
    for (phase, state), count in phases.items():
        DATASETS.labels(phase, state).set(count)


async def _broker(broker: Broker) -> None:
    depths: Mapping[Queue, float]
    try:
        with anyio.fail_after(PATIENCE):
            depths = {queue: await broker.depth(queue) for queue in Queue}
    except (BrokerAway, TimeoutError):
        depths = dict.fromkeys(Queue, UNKNOWN)
        ANSWERS.labels("broker").set(0)
    else:
        ANSWERS.labels("broker").set(1)
    for queue, depth in depths.items():
        QUEUE_DEPTH.labels(queue).set(depth)

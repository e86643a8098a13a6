"""Deletes a dataset, in whatever state it is, also while it is being made or checked."""

from typing import Final

import structlog

from pelican_async.broker.protocol import Delivery
from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database.deleting import wipe as wipe_dataset
from pelican_async.messages import OneDataset, Queue
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import Stage

log = structlog.get_logger()


async def wipe(parts: Parts, message: OneDataset, _: Delivery) -> None:
    """Delete every row of a dataset; if it is unknown, there is nothing to do."""
    async with parts.database.acquire() as connection:
        if await wipe_dataset(connection, message.dataset_id):
            reached(CrashPoint.WIPED)
            log.info("wiped")
        else:
            log.info("there was nothing to wipe")


STAGE: Final = Stage("wipe", Queue.WIPE, wipe)

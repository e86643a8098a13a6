"""Checks a dataset as a whole, once all of its items are."""

from functools import partial
from typing import Final

import structlog

from pelican_async import dataset_work
from pelican_async.broker.protocol import Delivery
from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets, leases, outbox
from pelican_async.database.datasets import Phase, State
from pelican_async.database.leases import Lease
from pelican_async.messages import OneDataset, Queue
from pelican_async.settings import Step
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import LongStage, Stage
from pelican_async.stages.whole import begun, whole_due

NAME: Final = "check_dataset"
log = structlog.get_logger()


async def due(parts: Parts, message: OneDataset, _: Delivery) -> None:
    """Note that a dataset is to be checked, if extraction is complete and all items are checked, or it was given up."""
    await whole_due(parts, message.dataset_id, NAME, Phase.CONTRACTING_PROCESS)


async def check_dataset(parts: Parts, lease: Lease) -> None:
    """Compute the dataset-level checks, and hand the dataset on."""
    skipped = Step.DATASET not in parts.settings.steps
    run = await begun(parts, lease, Phase.DATASET, skipped=skipped)
    job = partial(dataset_work.check_dataset, parts.whole(run), online=parts.settings.online)
    checked = None if skipped else await parts.do_whole(job, run)
    reached(CrashPoint.BEFORE_STAGE_DONE, NAME)
    async with parts.database.acquire() as connection, connection.transaction():
        await leases.enter(connection, lease)
        await connection.execute("delete from dataset_level_check where dataset_id = $1", lease.dataset_id)
        if checked is not None:
            await connection.copy_records_to_table(
                "dataset_level_check",
                columns=("dataset_id", "check_name", "result", "value", "meta"),
                records=[(lease.dataset_id, row.check_name, row.result, row.value, row.meta) for row in checked.rows],
            )
            await datasets.add_meta(connection, lease.dataset_id, checked.meta)
        await datasets.move(connection, lease.dataset_id, Phase.DATASET, State.OK)
        await outbox.put(connection, lease.dataset_id, Queue.CHECK_TIME_BASED, OneDataset(dataset_id=lease.dataset_id))
        await leases.finish(connection, lease)
    reached(CrashPoint.STAGE_DONE, NAME)
    parts.signals.outgoing.set()
    if checked is not None and checked.unconverted:
        log.info("amounts could not be converted to US dollars", **{"by currency": checked.unconverted})


STAGE: Final = Stage(NAME, Queue.CHECK_DATASET, due, LongStage(Queue.CHECK_DATASET, check_dataset))

"""Compares a dataset with its ancestor."""

from functools import partial
from typing import Final

from pelican_async import dataset_work
from pelican_async.broker.protocol import Delivery
from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets, leases, outbox
from pelican_async.database.datasets import Phase, Run, State
from pelican_async.database.leases import Lease
from pelican_async.dataset_work import TimeBasedRow
from pelican_async.messages import OneDataset, Queue
from pelican_async.settings import Step
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import LongStage, Stage
from pelican_async.stages.whole import begun, whole_due

NAME: Final = leases.COMPARES


async def due(parts: Parts, message: OneDataset, _: Delivery) -> None:
    """Note that a dataset is to be compared."""
    await whole_due(parts, message.dataset_id, NAME, Phase.DATASET)


async def check_time_based(parts: Parts, lease: Lease) -> None:
    """Compute the time-based checks, if there is an ancestor, and hand the dataset on."""
    skipped = Step.TIME_BASED not in parts.settings.steps
    run = await begun(parts, lease, Phase.TIME_VARIANCE, skipped=skipped)
    async with parts.database.acquire() as connection:
        ancestor_id = await connection.fetchval("select ancestor_id from dataset where id = $1", lease.dataset_id)
        ancestor = None if ancestor_id is None else await datasets.run_of(connection, ancestor_id)
    rows = [] if skipped or ancestor is None else await _compare(parts, ancestor, run)
    reached(CrashPoint.BEFORE_STAGE_DONE, NAME)
    async with parts.database.acquire() as connection, connection.transaction():
        await leases.enter(connection, lease)
        await connection.execute("delete from time_variance_level_check where dataset_id = $1", lease.dataset_id)
        await connection.copy_records_to_table(
            "time_variance_level_check",
            columns=(
                "dataset_id",
                "check_name",
                "coverage_result",
                "coverage_value",
                "check_result",
                "check_value",
                "meta",
            ),
            records=[
                (
                    lease.dataset_id,
                    row.check_name,
                    row.coverage_result,
                    row.coverage_value,
                    row.check_result,
                    row.check_value,
                    row.meta,
                )
                for row in rows
            ],
        )
        await datasets.move(connection, lease.dataset_id, Phase.TIME_VARIANCE, State.OK)
        await outbox.put(connection, lease.dataset_id, Queue.REPORT, OneDataset(dataset_id=lease.dataset_id))
        await leases.finish(connection, lease)
    reached(CrashPoint.STAGE_DONE, NAME)
    parts.signals.outgoing.set()


async def _compare(parts: Parts, ancestor: Run, run: Run) -> list[TimeBasedRow]:
    job = partial(dataset_work.check_time_based, parts.whole(ancestor), parts.whole(run))
    return await parts.do_whole(job, ancestor, run)


STAGE: Final = Stage(NAME, Queue.CHECK_TIME_BASED, due, LongStage(Queue.CHECK_TIME_BASED, check_time_based))

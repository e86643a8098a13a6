"""Makes the reports of a dataset, with their examples, and completes its metadata."""

from datetime import UTC, datetime
from functools import partial
from typing import Final

from pelican_async import dataset_work
from pelican_async.broker.protocol import Delivery
from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets, leases
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import Phase, State
from pelican_async.database.leases import Lease
from pelican_async.dataset_work import Reported
from pelican_async.messages import OneDataset, Queue
from pelican_async.reference.telling import told
from pelican_async.settings import Step
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import LongStage, Stage
from pelican_async.stages.whole import whole_due

NAME: Final = "report"


async def due(parts: Parts, message: OneDataset, _: Delivery) -> None:
    """Note that the reports of a dataset are to be made."""
    await whole_due(parts, message.dataset_id, NAME, Phase.TIME_VARIANCE)


async def make_report(parts: Parts, lease: Lease) -> None:
    """Make the reports; the dataset is checked then."""
    run = await parts.run_of(lease.dataset_id)
    reported: Reported | None = None
    if Step.REPORT in parts.settings.steps:
        reported = await parts.do_whole(partial(dataset_work.report, parts.whole(run)), run)
    reached(CrashPoint.BEFORE_STAGE_DONE, NAME)
    async with parts.database.acquire() as connection, connection.transaction():
        await leases.enter(connection, lease)
        if reported is not None:
            await _store(connection, lease.dataset_id, reported)
        checked_with = told(parts.loaded.codelists, parts.loaded.rates)
        await datasets.note_reference(connection, lease.dataset_id, checked_with)
        await datasets.move(connection, lease.dataset_id, Phase.CHECKED, State.OK)
        await leases.finish(connection, lease)
    reached(CrashPoint.STAGE_DONE, NAME)


async def _store(connection: Connection, dataset_id: int, reported: Reported) -> None:
    for table in ("report", "field_level_check_examples", "resource_level_check_examples"):
        await connection.execute(f"delete from {table} where dataset_id = $1", dataset_id)  # noqa: S608 our own names
    for kind, data in reported.reports.items():
        await connection.execute(
            "insert into report (dataset_id, type, data) values ($1, $2::text::report_type, $3)",
            dataset_id,
            kind,
            data,
        )
    await connection.copy_records_to_table(
        "field_level_check_examples",
        columns=("dataset_id", "path", "data"),
        records=[(dataset_id, path, data) for path, data in reported.field_examples.items()],
    )
    await connection.copy_records_to_table(
        "resource_level_check_examples",
        columns=("dataset_id", "check_name", "data"),
        records=[(dataset_id, name, data) for name, data in reported.check_examples.items()],
    )
    created: datetime = await connection.fetchval(
        "select created at time zone current_setting('TimeZone') at time zone 'UTC' from dataset where id = $1",
        dataset_id,
    )
    await datasets.add_meta(
        connection,
        dataset_id,
        {
            "data_quality_tool_metadata": {
                "processing_start": datasets.time_in_meta(created),
                "processing_end": datasets.time_in_meta(datetime.now(UTC)),
            }
        },
    )


STAGE: Final = Stage(NAME, Queue.REPORT, due, LongStage(Queue.REPORT, make_report))

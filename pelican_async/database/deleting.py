"""Deletes datasets: at once and wholly, or leaving their names while others refer to them."""

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import Phase, State
from pelican_async.errors import UserError

# Items that wait to be checked go first: a batch that is being written ends before, and none begins after.
DATA: Final = (
    "progress_monitor_item",
    "item_result",
    "item_not_checked",
    "item_changed",
    "batch_partial",
    "field_level_check_whole",
    "resource_level_check_whole",
    "field_level_check_examples",
    "resource_level_check_examples",
    "dataset_level_check",
    "time_variance_level_check",
    "report",
    "data_item",
    "outbox",
    "dataset_run",
)
REMEMBERED: Final = timedelta(days=7)
"""So long may a message come again that asked for a dataset that is deleted."""
SECONDS: Final = 3600.0
"""So long may it take to delete the rows of one table; there can be millions."""


async def wipe(connection: Connection, dataset_id: int) -> bool:
    """Delete every row of a dataset, in any phase; give whether there was one."""
    await _end_leases(connection, dataset_id)
    async with connection.transaction():
        if await connection.fetchval("select id from dataset where id = $1 for update", dataset_id) is None:
            return False
        await _delete_data(connection, dataset_id)
        await _delete_names(connection, dataset_id)
        reached(CrashPoint.BEFORE_COMMIT, "wipe")
    return True


async def remove(connection: Connection, dataset_id: int, *, force: bool, include_filtered: bool) -> list[int]:
    """Delete a dataset, and also those filtered from it if asked for; give all that are deleted.

    Only one that is checked or deleted may go, unless `force`. Its data goes at once; its names stay while datasets
    filtered from it are there. Raises `UserError` if it is unknown, or may not go.
    """
    doomed = [dataset_id, *(await _filtered_from(connection, dataset_id) if include_filtered else [])]
    for one in doomed:
        await _refuse(connection, one, force=force)
    for one in doomed:
        await _end_leases(connection, one)
        async with connection.transaction():
            await connection.fetchval("select id from dataset where id = $1 for update", one)
            await _delete_data(connection, one)
            await connection.execute(
                """update progress_monitor_dataset set phase = $2, state = $3, size = 0, modified = current_timestamp
                where dataset_id = $1""",
                one,
                Phase.DELETED,
                State.OK,
            )
    await purge(connection)
    return doomed


async def purge(connection: Connection) -> None:
    """Delete what is left of deleted datasets, once each that was filtered from it is gone, too."""
    while True:
        async with connection.transaction():
            rows = await connection.fetch(
                """select dataset_id from progress_monitor_dataset
                where phase = $1 and state = $2 and not exists (
                    select from dataset_filter where dataset_id_original = progress_monitor_dataset.dataset_id
                ) for update""",
                Phase.DELETED,
                State.OK,
            )
            for row in rows:
                await _delete_names(connection, row["dataset_id"])
        if not rows:
            return


async def _refuse(connection: Connection, dataset_id: int, *, force: bool) -> None:
    row = await connection.fetchrow(
        "select phase, state from progress_monitor_dataset where dataset_id = $1", dataset_id
    )
    if row is None:
        raise UserError(f"There is no dataset {dataset_id}.")
    if not force and (row["phase"] not in {Phase.CHECKED, Phase.DELETED} or row["state"] != State.OK):
        state = f"{row['phase']} {row['state']}"
        raise UserError(f"Dataset {dataset_id} is not checked yet ({state}): remove it with --force, if you mean it.")


async def _filtered_from(connection: Connection, dataset_id: int) -> Collection[int]:
    rows = await connection.fetch(
        """with recursive filtered (id) as (
            select dataset_id_filtered from dataset_filter where dataset_id_original = $1
            union
            select dataset_id_filtered from dataset_filter join filtered on dataset_id_original = filtered.id
        ) select id from filtered order by id""",
        dataset_id,
    )
    return [row["id"] for row in rows]


async def _end_leases(connection: Connection, dataset_id: int) -> None:
    """Take the dataset out of the hands of whoever works on it: what they try to write then fails."""
    await connection.execute(
        "update dataset_run set stage = null, holder = null, held_until = null where dataset_id = $1", dataset_id
    )


async def _remember_request(connection: Connection, dataset_id: int) -> None:
    """Keep who asked for a dataset: the message may come again, after whoever handled it died."""
    await connection.execute("delete from deleted_request where deleted < current_timestamp - $1::interval", REMEMBERED)
    await connection.execute(
        """insert into deleted_request (asked_by, name, source, created)
        select asked_by, name, source, coalesce(dataset.created, current_timestamp)
        from dataset_run join dataset on dataset.id = dataset_id where dataset_id = $1""",
        dataset_id,
    )


async def _delete_data(connection: Connection, dataset_id: int) -> None:
    await _remember_request(connection, dataset_id)
    for table in DATA:
        await connection.execute(
            f"delete from {table} where dataset_id = $1",  # noqa: S608 our own names
            dataset_id,
            timeout=SECONDS,
        )


async def _delete_names(connection: Connection, dataset_id: int) -> None:
    await connection.execute(
        "delete from dataset_filter where dataset_id_original = $1 or dataset_id_filtered = $1", dataset_id
    )
    await connection.execute("delete from progress_monitor_dataset where dataset_id = $1", dataset_id)
    await connection.execute("delete from dataset where id = $1", dataset_id)

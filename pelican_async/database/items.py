"""Items: the releases of a dataset and what the checks found in them, written a page or a batch at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count

from pelican_async.database import leases, outbox
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import Run, State
from pelican_async.database.leases import Lease
from pelican_async.item_work import ItemsDone
from pelican_async.messages import CheckItems, OneDataset, Queue


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Items that are not checked yet: their ids, ascending, and the JSON text of each."""

    items: list[int]
    texts: list[bytes]


async def add_page(  # noqa: PLR0913
    connection: Connection,
    lease: Lease,
    run: Run,
    releases: Sequence[bytes],
    *,
    place: int,
    skipped: int,
    batch_size: int,
) -> None:
    """Write a page of compiled releases, their progress and the messages to check them, all at once.

    `place` is how far the page reaches in the source, `skipped` how many of it were too large.
    """
    first = run.first_item_id + run.size
    async with connection.transaction():
        await connection.copy_records_to_table(
            "data_item",
            columns=("id", "dataset_id", "data"),
            records=zip(count(first), [run.dataset_id] * len(releases), releases, strict=False),
        )
        await connection.execute(
            """insert into progress_monitor_item (dataset_id, item_id, state)
            select $1, item_id, $2 from generate_series($3::bigint, $4::bigint) as item_id""",
            run.dataset_id,
            State.IN_PROGRESS,
            first,
            first + len(releases) - 1,
        )
        await connection.execute(
            """update progress_monitor_dataset set size = size + $2, modified = current_timestamp
            where dataset_id = $1""",
            run.dataset_id,
            len(releases),
        )
        items = range(first, first + len(releases))
        batches = [items[start : start + batch_size] for start in range(0, len(items), batch_size)]
        await outbox.put(
            connection,
            run.dataset_id,
            Queue.CHECK_ITEMS,
            *(CheckItems(dataset_id=run.dataset_id, item_ids=list(batch)) for batch in batches),
        )
        await connection.execute(
            """update dataset_run
            set source_place = $2, skipped = skipped + $3, items_left = items_left + $4 where dataset_id = $1""",
            run.dataset_id,
            place,
            skipped,
            len(releases),
        )
        await leases.hold(connection, lease)


async def unchecked(connection: Connection, dataset_id: int, items: Collection[int]) -> Unchecked:
    """Give those of the items that are not checked yet."""
    rows = await connection.fetch(
        """select data_item.id, data
        from data_item join progress_monitor_item on item_id = data_item.id
        where progress_monitor_item.dataset_id = $1 and item_id = any ($2) and state = $3
        order by data_item.id""",
        dataset_id,
        items,
        State.IN_PROGRESS,
    )
    return Unchecked([row["id"] for row in rows], [row["data"] for row in rows])


async def store_results(
    connection: Connection, dataset_id: int, layout: int, checked_by: str, parts: Sequence[ItemsDone]
) -> None:
    """Write the results of a batch, with everything that follows from them, in one transaction.

    Raises `AlreadyDoneError`, and writes nothing, if not all of the items were still to be checked: then the batch came
    twice, or the dataset is gone.
    """
    done = [item for part in parts for item in (*part.checked, *(item for item, _ in part.not_checked))]
    async with connection.transaction():
        taken = await connection.fetchval(
            """with taken as (
                update progress_monitor_item set state = $3, modified = current_timestamp
                where dataset_id = $1 and item_id = any ($2) and state <> $3 returning 1
            ) select count(*) from taken""",
            dataset_id,
            done,
            State.OK,
        )
        if taken != len(done):
            raise AlreadyDoneError
        for part in parts:
            await _store(connection, dataset_id, layout, checked_by, part)
        await outbox.put(connection, dataset_id, Queue.CHECK_DATASET, OneDataset(dataset_id=dataset_id))
        # Last, since all batches of a dataset change this row.
        await connection.execute(
            """update dataset_run set items_left = items_left - $2, without_ocid = without_ocid + $3
            where dataset_id = $1""",
            dataset_id,
            len(done),
            sum(part.without_ocid for part in parts),
        )


class AlreadyDoneError(Exception):
    """Some of the items were checked meanwhile, or are gone."""


async def _store(connection: Connection, dataset_id: int, layout: int, checked_by: str, part: ItemsDone) -> None:
    await connection.copy_records_to_table(
        "item_result",
        columns=("data_item_id", "dataset_id", "layout", "ocid", "fields", "checks"),
        records=[(item, dataset_id, layout, *stored) for item, stored in zip(part.checked, part.stored, strict=True)],
    )
    if part.not_checked:
        await connection.copy_records_to_table(
            "item_not_checked",
            columns=("data_item_id", "dataset_id", "reason"),
            records=[(item, dataset_id, reason) for item, reason in part.not_checked],
        )
    if part.partial is not None and part.checked:
        await connection.execute(
            """insert into batch_partial
            (dataset_id, first_item_id, last_item_id, items, checked_by, tally, collected, snapshot)
            values ($1, $2, $3, $4, $5, $6, $7, $8)""",
            dataset_id,
            part.checked[0],
            part.checked[-1],
            len(part.checked),
            checked_by,
            part.partial.tally,
            part.partial.collected,
            part.partial.snapshot,
        )

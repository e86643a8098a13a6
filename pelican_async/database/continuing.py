"""Lets the datasets of the existing system go on from where it left them."""

from collections.abc import Callable, Sequence
from typing import Final

import asyncpg

from pelican_async.database.connecting import Connection

BATCH: Final = 100
INTERRUPTED: Final = "its extraction was interrupted, and can't go on: remove it, and add it again"
SIZES: Final = """
update progress_monitor_dataset set size = coalesce(counted.size, 0)
from progress_monitor_dataset as progress left join (
    select dataset_id, count(*) as size from progress_monitor_item group by 1
) as counted using (dataset_id)
where progress_monitor_dataset.id = progress.id and progress.phase <> 'DELETED'
and progress.size is distinct from coalesce(counted.size, 0)
"""
RUNS: Final = """
insert into dataset_run (dataset_id, source, first_item_id, items_left, today, stage, trouble)
select
    dataset.id,
    '{"kind": "existing_system"}',
    coalesce(first_item_id, 0),
    case when phase in ('CONTRACTING_PROCESS', 'DATASET') then coalesce(items_left, 0) else 0 end,
    (coalesce(dataset.created, localtimestamp) + interval '14 hours')::date - date '0001-01-01' + 1,
    case
        when phase = 'CONTRACTING_PROCESS' and progress.state = 'OK' and items_left is null then 'check_dataset'
        when phase = 'DATASET' and progress.state = 'IN_PROGRESS' then 'check_dataset'
        when phase = 'DATASET' then 'check_time_based'
        when phase = 'TIME_VARIANCE' and progress.state = 'IN_PROGRESS' then 'check_time_based'
        when phase = 'TIME_VARIANCE' then 'report'
    end,
    case when phase = 'CONTRACTING_PROCESS' and progress.state <> 'OK' then $1 end
from dataset
join progress_monitor_dataset as progress on progress.dataset_id = dataset.id
left join (
    select dataset_id, min(id) as first_item_id from data_item group by 1
) as items on items.dataset_id = dataset.id
left join (
    select dataset_id, count(*) as items_left from progress_monitor_item where state <> 'OK' group by 1
) as waiting on waiting.dataset_id = dataset.id
where phase <> 'DELETED'
"""
BATCHES: Final = """
insert into outbox (dataset_id, queue, body)
select
    dataset_id, 'extractor',
    json_build_object('dataset_id', dataset_id, 'item_ids', json_agg(item_id order by item_id))::text
from (
    select
        dataset_id, item_id, (row_number() over (partition by dataset_id order by item_id) - 1) / $1::integer as batch
    from progress_monitor_item where state <> 'OK' and dataset_id in (
        select dataset_id from dataset_run where items_left > 0 and trouble is null
    )
) as waiting
group by dataset_id, batch
order by dataset_id, batch
"""


async def begin(connection: Connection, say: Callable[[str], object]) -> None:
    """Let the datasets that are there be compared with, and those that are not checked yet go on where they stopped.

    Which items are checked, their states say; messages for the others are sent again, since it isn't known which are
    still queued: what comes twice is done once. Extraction alone knows from its message what is still to come.
    """
    await connection.execute(SIZES)
    await connection.execute(RUNS, INTERRUPTED)
    await connection.execute(BATCHES, BATCH)
    going_on = await connection.fetch(
        """select dataset_id, name from dataset_run join dataset on dataset.id = dataset_id
        where trouble is null and (stage is not null or items_left > 0) order by 1"""
    )
    stopped = await connection.fetch(
        """select dataset.id as dataset_id, name
        from dataset left join dataset_run on dataset_id = dataset.id
        where trouble is not null or not exists (
            select from progress_monitor_dataset where progress_monitor_dataset.dataset_id = dataset.id
        ) order by 1"""
    )
    if going_on:
        say(f"These datasets are not checked yet, and go on: {_listed(going_on)}.")
    if stopped:
        say(
            "The extraction of these datasets was interrupted, and can't go on, since its message is gone: "
            f"{_listed(stopped)}. Remove each (pelican-async remove ID --force), and add it again."
        )


def _listed(rows: Sequence[asyncpg.Record]) -> str:
    return ", ".join(f"{row['dataset_id']} ({row['name']})" for row in rows)

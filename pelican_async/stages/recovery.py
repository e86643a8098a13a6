"""Puts back what a broker within the process forgot when it ended: the messages of all that isn't done yet."""

from pelican_async import file_extraction
from pelican_async.database import outbox
from pelican_async.database.announcing import Counters, Window, announce, ask_for_checks
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import Phase, State
from pelican_async.messages import OneDataset, Queue

NEXT = {
    Phase.CONTRACTING_PROCESS: Queue.CHECK_DATASET,
    Phase.DATASET: Queue.CHECK_TIME_BASED,
    Phase.TIME_VARIANCE: Queue.REPORT,
}


INTERRUPTED = "the command that read its files was interrupted: remove it, and add the files again"


async def recover(connection: Connection, window: Window) -> None:
    """Have the messages sent again that unfinished datasets wait for; what is done already takes no harm.

    Nobody else may work on the database: whoever held a lease is gone.
    """
    async with connection.transaction():
        await connection.execute("update dataset_run set holder = null, held_until = null where holder is not null")
        await connection.execute(
            "update dataset_run set trouble = $2 where stage = $1 and trouble is null",
            file_extraction.NAME,
            INTERRUPTED,
        )
        rows = await connection.fetch(
            """select dataset_id, phase, state, first_item_id, announced, items_held, items_left
            from progress_monitor_dataset join dataset_run using (dataset_id)
            where phase <> all ($1) and trouble is null order by dataset_id""",
            [Phase.CHECKED, Phase.DELETED],
        )
        for row in rows:
            dataset_id = row["dataset_id"]
            waiting = await connection.fetch(
                "select item_id from progress_monitor_item where dataset_id = $1 and state = $2 order by 1",
                dataset_id,
                State.IN_PROGRESS,
            )
            ids = [item["item_id"] for item in waiting]
            counters = Counters(row["first_item_id"], row["announced"], row["items_held"], row["items_left"])
            await ask_for_checks(connection, dataset_id, ids[: len(ids) - counters.items_held], window.batch_size)
            await announce(connection, dataset_id, counters, window)
            if not ids and row["state"] == State.OK:
                await outbox.put(connection, dataset_id, NEXT[Phase(row["phase"])], OneDataset(dataset_id=dataset_id))

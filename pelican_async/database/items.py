"""Items: the releases of a dataset and what the checks found in them, written a page or a batch at a time."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Final

import asyncpg

from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets, leases, outbox
from pelican_async.database.announcing import Counters, Window, announce
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import Phase, Run, State
from pelican_async.database.leases import Lease, LeaseLostError
from pelican_async.item_work import ItemsDone
from pelican_async.messages import OneDataset, Queue


@dataclass(frozen=True, slots=True)
class Unchecked:
    """Items that are not checked yet: their ids, ascending, and the JSON text of each."""

    items: list[int]
    texts: list[bytes]

    def runs(self) -> Iterator["Unchecked"]:
        """Give them in parts without gaps: what is stored of a part speaks of all items from its first to its last."""
        start = 0
        for end in range(1, len(self.items) + 1):
            if end == len(self.items) or self.items[end] != self.items[end - 1] + 1:
                yield Unchecked(self.items[start:end], self.texts[start:end])
                start = end


async def add_page(  # noqa: PLR0913
    connection: Connection,
    lease: Lease,
    run: Run,
    releases: Sequence[bytes],
    *,
    changes: Sequence[str] = (),
    place: int,
    skipped: int,
    window: Window,
) -> Run:
    """Write a page of compiled releases, and their progress, and announce them, all at once; give the run then.

    `place` is how far the page reaches in the source, `skipped` how many of it were too large. Those that the database
    can't store are counted with these. `changes` says of each release what is otherwise than it was published, if
    anything is.
    """
    first = run.first_item_id + run.size
    async with connection.transaction():
        await leases.enter(connection, lease)
        taken = await _add_releases(connection, run.dataset_id, first, releases)
        stored = len(taken)
        skipped += len(releases) - stored
        if any(changes):
            changed = [(first + number, changes[index]) for number, index in enumerate(taken) if changes[index]]
            await _note_changes(connection, run.dataset_id, changed)
        await connection.execute(
            """insert into progress_monitor_item (dataset_id, item_id, state)
            select $1, item_id, $2 from generate_series($3::bigint, $4::bigint) as item_id""",
            run.dataset_id,
            State.IN_PROGRESS,
            first,
            first + stored - 1,
        )
        await connection.execute(
            """update progress_monitor_dataset set size = size + $2, modified = current_timestamp
            where dataset_id = $1""",
            run.dataset_id,
            stored,
        )
        counters = await connection.fetchrow(
            """update dataset_run set
                source_place = $2, skipped = skipped + $3, items_left = items_left + $4, items_held = items_held + $4
            where dataset_id = $1 returning first_item_id, announced, items_held, items_left""",
            run.dataset_id,
            place,
            skipped,
            stored,
        )
        if counters is None:
            raise LeaseLostError(f"dataset {run.dataset_id} is gone")
        await announce(connection, run.dataset_id, Counters(*counters), window)
        await leases.hold(connection, lease)
        reached(CrashPoint.BEFORE_COMMIT, lease.stage)
    return replace(run, size=run.size + stored, skipped=run.skipped + skipped)


async def complete(connection: Connection, lease: Lease) -> None:
    """Write down that extraction is complete; whoever checks the last item then, or has already, hands it on."""
    async with connection.transaction():
        await leases.enter(connection, lease)
        await datasets.move(connection, lease.dataset_id, Phase.CONTRACTING_PROCESS, State.OK)
        await leases.finish(connection, lease)
        run = await datasets.run_of(connection, lease.dataset_id)
        if run is not None and not run.items_left:
            await outbox.put(connection, lease.dataset_id, Queue.CHECK_DATASET, OneDataset(dataset_id=lease.dataset_id))


async def _add_releases(
    connection: Connection, dataset_id: int, first: int, releases: Sequence[bytes]
) -> Sequence[int]:
    """Write those releases that the database can store, and say which they are.

    It can't have an ocid that is too long for its index, for one; halving the page finds such a release.
    """
    try:
        async with connection.transaction():
            await connection.copy_records_to_table(
                "data_item",
                columns=("id", "dataset_id", "data"),
                records=zip(count(first), [dataset_id] * len(releases), releases, strict=False),
            )
    except (asyncpg.ProgramLimitExceededError, asyncpg.DataError):
        middle = len(releases) // 2
        if not middle:
            return ()
        stored = await _add_releases(connection, dataset_id, first, releases[:middle])
        others = await _add_releases(connection, dataset_id, first + len(stored), releases[middle:])
        return [*stored, *(middle + index for index in others)]
    return range(len(releases))


async def _note_changes(connection: Connection, dataset_id: int, changed: Sequence[tuple[int, str]]) -> None:
    """Write down what of items is stored, or was checked, otherwise than it was published."""
    await connection.execute(
        """insert into item_changed (data_item_id, dataset_id, changes)
        select item, $1, changes from unnest($2::bigint[], $3::text[]) as changed (item, changes)
        on conflict do nothing""",
        dataset_id,
        [item for item, _ in changed],
        [changes for _, changes in changed],
    )


STORED_BYTES: Final = 4_000_000
"""So many bytes of releases, as the database has packed them, are read at once: they can be a hundred times that."""


async def unchecked(connection: Connection, dataset_id: int, items: Collection[int]) -> Unchecked:
    """Give those of the items that are not checked yet; of large ones only the first, but one at least."""
    rows = await connection.fetch(
        """select id, data
        from (
            select
                data_item.id, data,
                sum(pg_column_size(data)) over (order by data_item.id) - pg_column_size(data) as before
            from data_item join progress_monitor_item on item_id = data_item.id
            where progress_monitor_item.dataset_id = $1 and item_id = any ($2) and state = $3
        ) as found
        where before < $4 order by id""",
        dataset_id,
        items,
        State.IN_PROGRESS,
        STORED_BYTES,
    )
    return Unchecked([row["id"] for row in rows], [row["data"] for row in rows])


async def store_results(  # noqa: PLR0913
    connection: Connection, dataset_id: int, layout: int, checked_by: str, parts: Sequence[ItemsDone], *, window: Window
) -> None:
    """Write the results of a batch, with everything that follows from them, in one transaction.

    Raises `AlreadyDoneError`, and writes nothing, if not all of the items were still to be checked: then the batch came
    twice, or the dataset is gone.
    """
    done = [item for part in parts for item in (*part.checked, *(item for item, _ in part.not_checked))]
    async with connection.transaction():
        if not await datasets.keep(connection, dataset_id):
            raise AlreadyDoneError
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
        # Last, since all batches of a dataset change this row.
        (counters,) = await connection.fetch(
            """update dataset_run
            set items_left = items_left - $2, without_ocid = without_ocid + $3, not_checked = not_checked + $4,
                modified = current_timestamp
            where dataset_id = $1 returning first_item_id, announced, items_held, items_left""",
            dataset_id,
            len(done),
            sum(part.without_ocid for part in parts),
            sum(len(part.not_checked) for part in parts),
        )
        await announce(connection, dataset_id, Counters(*counters), window)
        if not counters["items_left"]:
            # Whoever completes the extraction, before or after, looks for what is left, too, with this row locked.
            await outbox.put(connection, dataset_id, Queue.CHECK_DATASET, OneDataset(dataset_id=dataset_id))
        reached(CrashPoint.BEFORE_COMMIT, "check_items")


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
    if part.changed:
        await _note_changes(connection, dataset_id, part.changed)
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

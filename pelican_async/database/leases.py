"""Leases: a long stage of a dataset is done by whoever holds its lease, and taken over when that one is silent."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from pelican_async.database import datasets
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import Phase, State

COMPARES: Final = "check_time_based"
STANDS_STILL: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to do one long stage of a dataset, until it runs out; `attempts` counts how often it was begun.

    Each attempt is a lease of its own: a process that was frozen may have taken it anew itself.
    """

    dataset_id: int
    stage: str
    holder: UUID
    attempts: int


class LeaseLostError(Exception):
    """The lease ran out and was taken over, or the dataset is gone: what was being done must not be written."""


async def ask_for(connection: Connection, dataset_id: int, stage: str) -> None:
    """Say that a long stage of a dataset is due."""
    await connection.execute(
        """update dataset_run
        set stage = $2, holder = null, held_until = null, attempts = 0, trouble = null, modified = current_timestamp
        where dataset_id = $1""",
        dataset_id,
        stage,
    )


async def ask_again(connection: Connection, asked_by: str) -> bool:
    """Say that the extraction that a message asked for is due, if it was given up; say whether it was."""
    begun = await connection.fetchval(
        """update dataset_run set attempts = 0, trouble = null, held_until = null, modified = current_timestamp
        where asked_by = $1 and stage like 'extract%' and trouble is not null returning dataset_id""",
        asked_by,
    )
    return begun is not None


async def claim(
    connection: Connection, holder: UUID, stages: Collection[str], length: timedelta, dataset_id: int | None = None
) -> Lease | None:
    """Take the lease of a stage that is due and that nobody holds, of any dataset or of one; `None` if none is.

    Of several the one is taken of whose dataset nothing was heard for the longest time.
    A dataset isn't compared with its ancestor before that one's items are all there and checked, unless its extraction
    was given up, or nothing was heard of it for the time of `STANDS_STILL`. It waits for no later stage of it, so that
    no two datasets can wait for each other.
    """
    row = await connection.fetchrow(
        """update dataset_run
        set holder = $1, held_until = current_timestamp + $3, attempts = attempts + 1, modified = current_timestamp
        where dataset_id = (
            select dataset_id from dataset_run
            where stage = any ($2) and trouble is null and (held_until is null or held_until < current_timestamp)
            and ($4::bigint is null or dataset_id = $4)
            and not (stage = $5 and exists (
                select from dataset
                join dataset_run as earlier on earlier.dataset_id = dataset.ancestor_id
                join progress_monitor_dataset as progress on progress.dataset_id = dataset.ancestor_id
                where dataset.id = dataset_run.dataset_id and earlier.trouble is null
                and progress.phase = $6 and (progress.state <> $7 or earlier.items_left > 0)
                and earlier.modified > localtimestamp - $8::interval
            ))
            order by attempts, modified, dataset_id limit 1 for update skip locked
        ) returning dataset_id, stage, attempts""",
        holder,
        list(stages),
        length,
        dataset_id,
        COMPARES,
        Phase.CONTRACTING_PROCESS,
        State.OK,
        STANDS_STILL,
    )
    return None if row is None else Lease(row["dataset_id"], row["stage"], holder, row["attempts"])


async def seconds_held(connection: Connection, stages: Collection[str]) -> float:
    """Give the seconds to the end of the first lease of a stage that somebody holds, or to when one is tried again.

    Infinite if there is none.
    """
    seconds: float | None = await connection.fetchval(
        """select extract(epoch from min(held_until) - current_timestamp)::float8 from dataset_run
        where stage = any ($1) and trouble is null and held_until >= current_timestamp""",
        list(stages),
    )
    return math.inf if seconds is None else seconds


async def others_wait(connection: Connection, lease: Lease) -> bool:
    """Say whether stages of other datasets are due that nobody does."""
    waits: bool = await connection.fetchval(
        """select exists (
            select from dataset_run where stage is not null and trouble is null and dataset_id <> $1
            and (held_until is null or held_until < current_timestamp)
        )""",
        lease.dataset_id,
    )
    return waits


async def enter(connection: Connection, lease: Lease) -> None:
    """Keep the dataset from being deleted, to the end of the transaction. Raises `LeaseLostError` if it is gone.

    Do it first: whoever deletes the dataset locks its row first, too, so neither waits for the other in a circle.
    """
    if not await datasets.keep(connection, lease.dataset_id):
        raise LeaseLostError(f"dataset {lease.dataset_id} is gone")


async def renew(connection: Connection, lease: Lease, length: timedelta) -> None:
    """Hold a lease for longer. Raises `LeaseLostError`."""
    await _change(connection, lease, "held_until = current_timestamp + $5", length)


async def hold(connection: Connection, lease: Lease) -> None:
    """Make sure, to the end of the transaction, that the lease is still held. Raises `LeaseLostError`.

    Do it last, so that the row, which every batch of the dataset changes, is locked for a moment only.
    """
    await _change(connection, lease, "modified = current_timestamp")


async def finish(connection: Connection, lease: Lease) -> None:
    """Write down that a stage is done, in the transaction of its last results. Raises `LeaseLostError`."""
    await _change(connection, lease, "stage = null, holder = null, held_until = null, attempts = 0")


async def give_back(connection: Connection, lease: Lease, wait: timedelta) -> None:
    """Let others have a lease, after a while."""
    await _change(connection, lease, "holder = null, held_until = current_timestamp + $5", wait)


async def leave(connection: Connection, lease: Lease) -> None:
    """Let others have a lease at once. It was not begun in vain, so that doesn't count as an attempt."""
    await _change(connection, lease, "holder = null, held_until = null, attempts = attempts - 1")


async def give_up(connection: Connection, lease: Lease, trouble: str) -> None:
    """Write down why a stage can't succeed; nobody takes it up until it is asked for again."""
    await _change(connection, lease, "holder = null, held_until = null, trouble = $5", trouble)


async def _change(connection: Connection, lease: Lease, change: str, *arguments: object) -> None:
    changed = await connection.fetchval(
        f"""update dataset_run set {change}
        where dataset_id = $1 and stage = $2 and holder = $3 and attempts = $4
        returning dataset_id""",  # noqa: S608 ours, from above
        lease.dataset_id,
        lease.stage,
        lease.holder,
        lease.attempts,
        *arguments,
    )
    if changed is None:
        raise LeaseLostError(f"the {lease.stage} stage of dataset {lease.dataset_id} is not ours any more")

"""How far datasets have come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import asyncpg
import orjson

from pelican_async.database.connecting import Connection


@dataclass(frozen=True, slots=True)
class DatasetStatus:
    """One dataset: how far it has come, and what went wrong.

    `size` counts its items so far, `checked` those that are checked (`not_checked` of them could not be), `skipped`
    the releases that were too large to be taken, `without_ocid` checked items without a string as ocid. `stage` is the
    long stage that is due or under way, `held` whether somebody does it now, `trouble` why it was given up.
    `checked_with` says, once it is checked, which codelists and exchange rates its values were looked up in. Times are
    in UTC; `changed` is the last sign of progress.
    """

    id: int
    name: str
    ancestor_id: int | None
    phase: str
    state: str
    size: int
    checked: int
    not_checked: int
    skipped: int
    without_ocid: int
    stage: str | None
    held: bool
    trouble: str | None
    checked_with: Sequence[str]
    created: datetime
    changed: datetime

    @property
    def seconds(self) -> float:
        """How long it took, so far."""
        return (self.changed - self.created).total_seconds()

    @property
    def rate(self) -> float | None:
        """How many items were checked in a second."""
        return self.checked / self.seconds if self.checked and self.seconds > 0 else None


QUERY = """
    select
        dataset.id, name, ancestor_id, phase, state,
        coalesce(size, 0) as size,
        coalesce(size, 0) - coalesce(items_left, 0) as checked,
        coalesce(not_checked, 0) as not_checked,
        coalesce(skipped, 0) as skipped,
        coalesce(without_ocid, 0) as without_ocid,
        stage,
        coalesce(held_until > current_timestamp and holder is not null, false) as held,
        trouble,
        coalesce(source->'checked_with', '[]') as checked_with,
        dataset.created at time zone current_setting('TimeZone') at time zone 'UTC' as created,
        greatest(progress_monitor_dataset.modified, dataset_run.modified)
            at time zone current_setting('TimeZone') at time zone 'UTC' as changed
    from dataset
    join progress_monitor_dataset on progress_monitor_dataset.dataset_id = dataset.id
    left join dataset_run on dataset_run.dataset_id = dataset.id
"""


async def status_of(connection: Connection, dataset_id: int) -> DatasetStatus | None:
    """Give how far a dataset has come, or `None` if there is none of that number."""
    row = await connection.fetchrow(f"{QUERY} where dataset.id = $1", dataset_id)
    return None if row is None else _read(row)


async def statuses(connection: Connection, *, before: int | None, limit: int) -> Sequence[DatasetStatus]:
    """Give how far datasets have come, the newest first; only those with lower numbers than `before`, if given."""
    rows = await connection.fetch(
        f"{QUERY} where $1::bigint is null or dataset.id < $1 order by dataset.id desc limit $2", before, limit
    )
    return [_read(row) for row in rows]


def _read(row: asyncpg.Record) -> DatasetStatus:
    return DatasetStatus(**{**dict(row), "checked_with": orjson.loads(row["checked_with"])})


async def by_phase(connection: Connection) -> Mapping[tuple[str, str], int]:
    """Count datasets by phase and state."""
    rows = await connection.fetch("select phase, state, count(*) from progress_monitor_dataset group by 1, 2")
    return {(row["phase"], row["state"]): row["count"] for row in rows}

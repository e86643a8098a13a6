"""Announces a dataset's items to those who check them, a window at a time.

All datasets share one queue, first come, first served. If each had all of its items there, a small one would wait for
the whole of a large one before it. So a dataset has a bounded number there, and each batch that is checked announces as
many items as it had: those of several datasets take turns then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pelican_async.database import outbox
from pelican_async.database.connecting import Connection
from pelican_async.messages import CheckItems, Queue


class Counters(NamedTuple):
    """Columns of a row of `dataset_run`: what is announced and what isn't."""

    first_item_id: int
    announced: int
    items_held: int
    items_left: int


@dataclass(frozen=True, slots=True)
class Window:
    """So many items of a dataset are announced at most, and not checked yet; so many of them, at most, in a message."""

    items: int
    batch_size: int

    def next(self, held: int, under_way: int) -> int:
        """Say how many of the items that are held back are announced now: whole batches, unless they are the last."""
        count = max(0, min(held, self.items - under_way))
        return count if count == held else count - count % self.batch_size


async def announce(connection: Connection, dataset_id: int, counters: Counters, window: Window) -> None:
    """Announce as many items as there is room for, in the transaction that changed the counters.

    It has their row locked, so nobody else announces the same items.
    """
    count = window.next(counters.items_held, counters.items_left - counters.items_held)
    if not count:
        return
    await connection.execute(
        "update dataset_run set announced = announced + $2, items_held = items_held - $2 where dataset_id = $1",
        dataset_id,
        count,
    )
    first = counters.first_item_id + counters.announced
    await ask_for_checks(connection, dataset_id, range(first, first + count), window.batch_size)


async def announce_more(connection: Connection, dataset_id: int, window: Window) -> None:
    """Announce what there is room for, though nothing was checked: a batch came that others had checked before.

    Without that, a dataset would stand still all of whose announced items were checked by messages of others.
    """
    async with connection.transaction():
        counters = await connection.fetchrow(
            """select first_item_id, announced, items_held, items_left from dataset_run
            where dataset_id = $1 and items_held > 0 for update""",
            dataset_id,
        )
        if counters is not None:
            await announce(connection, dataset_id, Counters(*counters), window)


async def ask_for_checks(connection: Connection, dataset_id: int, items: Sequence[int], batch_size: int) -> None:
    """Have the messages sent by which items are checked, in batches."""
    batches = [items[start : start + batch_size] for start in range(0, len(items), batch_size)]
    await outbox.put(
        connection,
        dataset_id,
        Queue.CHECK_ITEMS,
        *(CheckItems(dataset_id=dataset_id, item_ids=list(batch)) for batch in batches),
    )

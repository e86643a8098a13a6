"""Checks the items of one batch: fields and compiled release-level checks, and what all later stages need of them."""

from collections.abc import Sequence
from typing import Final

import structlog

from pelican_async.broker.protocol import Delivery
from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets, items
from pelican_async.database.announcing import announce_more
from pelican_async.database.items import AlreadyDoneError, Unchecked
from pelican_async.item_work import ItemBatch, ItemsDone
from pelican_async.messages import CheckItems, Queue
from pelican_async.stages.errors import GoneError
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import Stage
from pelican_async.web.metrics import NOT_CHECKED, RELEASES

log = structlog.get_logger()


async def check_items(parts: Parts, message: CheckItems, _: Delivery) -> None:
    """Check the items of a batch, with those of others that wait beside it."""

    async def check(item_ids: Sequence[int]) -> int:
        return await _check(parts, message.dataset_id, item_ids)

    await parts.gathering.check(message.dataset_id, message.item_ids, check)


async def _check(parts: Parts, dataset_id: int, item_ids: Sequence[int]) -> int:
    """Check those items that are not checked yet, and write all that follows in one transaction; give their bytes.

    Items may come twice, also at once: they are taken in that transaction, and then there is nothing to do. Large ones
    are taken some at a time.
    """
    size = 0
    while True:
        async with parts.database.acquire() as connection:
            run = await datasets.run_of(connection, dataset_id)
            if run is None:
                raise GoneError
            recent = parts.recent.take(dataset_id, item_ids) if item_ids else None
            if recent is None:
                unchecked = await items.unchecked(connection, dataset_id, item_ids)
            else:
                unchecked = Unchecked(list(item_ids), recent)
            if not unchecked.items:
                await announce_more(connection, dataset_id, parts.window)
        if not unchecked.items:
            parts.signals.outgoing.set()
            log.debug("these items are checked already", items=len(item_ids))
            return size
        checking = parts.checking(run)
        done = [
            part
            for batch in unchecked.runs()
            for part in await parts.items.run(ItemBatch(checking, batch.items, batch.texts))
        ]
        reached(CrashPoint.BEFORE_RESULTS)
        try:
            async with parts.database.acquire() as connection:
                await items.store_results(
                    connection, run.dataset_id, parts.layout, parts.checked_by, done, window=parts.window
                )
        except AlreadyDoneError:
            continue
        reached(CrashPoint.RESULTS_STORED)
        parts.signals.outgoing.set()
        _tell(done)
        size += sum(map(len, unchecked.texts))
        if len(unchecked.items) == len(item_ids):
            return size


def _tell(done: Sequence[ItemsDone]) -> None:
    RELEASES.inc(sum(len(part.checked) for part in done))
    without_ocid = sum(part.without_ocid for part in done)
    if without_ocid:
        log.info("items have no string as ocid", items=without_ocid)
    for part in done:
        for item, reason in part.not_checked:
            NOT_CHECKED.inc()
            log.warning("an item could not be checked", item=item, reason=reason)


STAGE: Final = Stage("check_items", Queue.CHECK_ITEMS, check_items)

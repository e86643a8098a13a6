"""Makes a dataset of compiled releases, page by page, from wherever they come."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Final

import structlog

from checks.values import Json
from pelican_async.broker.protocol import Delivery
from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets, items, leases
from pelican_async.database.datasets import Run
from pelican_async.database.leases import Lease
from pelican_async.sources.pages import Page
from pelican_async.stages.errors import GivesWayError
from pelican_async.stages.parts import Parts

AT_A_TIME: Final = 5
"""So many pages of a dataset are written before others may have their turn."""
log = structlog.get_logger()


async def made_already(parts: Parts, name: str, source: Mapping[str, Json], delivery: Delivery) -> bool:
    """Say whether the dataset that a message asks for was made already: then it comes for the second time.

    Messages of this service have a key. Those of others have none: if one is delivered again, a dataset of that name
    and source that was made within a day is taken for its own. If its extraction was given up, it begins anew.
    """
    async with parts.database.acquire() as connection:
        if delivery.key is not None:
            made = await datasets.asked_before(connection, delivery.key)
            if await leases.ask_again(connection, delivery.key):
                parts.signals.due.set()
        elif delivery.redelivered:
            made = await datasets.made_lately(connection, name, source)
        else:
            made = False
    if made:
        log.info("this dataset was made already", name=name)
    return made


async def take_pages(parts: Parts, lease: Lease, run: Run, pages: AsyncGenerator[Page]) -> None:
    """Write the pages of a source, each in a transaction of its own, and complete the extraction.

    The source is closed at the end, whatever happens. Raises `GivesWayError` after some pages, if others wait.
    """
    async with aclosing(pages):
        run = await _take_pages(parts, lease, run, pages)
    reached(CrashPoint.BEFORE_COMPLETE, lease.stage)
    async with parts.database.acquire() as connection:
        await items.complete(connection, lease)
    reached(CrashPoint.STAGE_DONE, lease.stage)
    parts.signals.outgoing.set()
    log.info("extracted", items=run.size, skipped=run.skipped)


async def _take_pages(parts: Parts, lease: Lease, run: Run, pages: AsyncGenerator[Page]) -> Run:
    taken = 0
    async for page in pages:
        first, before = run.first_item_id + run.size, run.size
        async with parts.database.acquire() as connection:
            run = await items.add_page(
                connection,
                lease,
                run,
                page.releases,
                place=page.last_id,
                skipped=page.skipped,
                window=parts.window,
            )
        if run.size - before == len(page.releases):
            parts.recent.keep(run.dataset_id, first, page.releases)
        reached(CrashPoint.BETWEEN_PAGES, lease.stage)
        parts.signals.outgoing.set()
        taken += 1
        if taken % AT_A_TIME == 0:
            await _give_way(parts, lease)
    return run


async def _give_way(parts: Parts, lease: Lease) -> None:
    """Let a large dataset be no obstacle to those that are to be extracted after it."""
    async with parts.database.acquire() as connection:
        if await leases.others_wait(connection, lease):
            raise GivesWayError

"""Makes a dataset of a collection of Kingfisher Process."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Final

import structlog

from pelican_async import days
from pelican_async.broker.protocol import Delivery
from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import NewDataset
from pelican_async.database.leases import Lease
from pelican_async.errors import UserError
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.network.extensions import extensions
from pelican_async.reference import fixer, stored_rates
from pelican_async.sources import kingfisher_process
from pelican_async.sources.pages import Page
from pelican_async.stages.errors import UnprocessableError
from pelican_async.stages.extraction import made_already, take_pages
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import LongStage, Stage

NAME: Final = "extract_kingfisher_process"
log = structlog.get_logger()


async def begin(parts: Parts, message: ExtractCollection, delivery: Delivery) -> None:
    """Make the dataset, with its metadata and progress; its items follow under a lease.

    A message that comes again makes no second dataset. A collection without compiled releases is refused.
    """
    source = {"kind": NAME, "collection_id": message.collection_id, "max_items": message.max_items or None}
    if await made_already(parts, message.name, source, delivery):
        return
    await update_rates(parts)
    async with parts.kingfisher_process() as kingfisher:
        candidates = await kingfisher_process.candidates(kingfisher, message.collection_id, message.max_items)
        if not candidates:
            raise UnprocessableError(f"Collection {message.collection_id} has no compiled releases.")
        found = await kingfisher_process.metadata(kingfisher, message.collection_id)
    collection_metadata = dict(found.collection_metadata)
    if parts.settings.online and found.extensions:
        collection_metadata["extensions"] = await extensions(found.extensions)
    new = NewDataset(
        name=message.name,
        meta={
            "kingfisher_metadata": found.kingfisher_metadata,
            "collection_metadata": collection_metadata,
            "compiled_releases": {},
        },
        ancestor_id=message.ancestor_id,
        stage=NAME,
        source=source | {"candidates": candidates},
        candidates=candidates,
        today=days.last_day(datetime.now(UTC)),
        asked_by=delivery.key,
    )
    async with parts.database.acquire() as connection:
        dataset_id = await datasets.create(connection, new)
    reached(CrashPoint.DATASET_MADE, NAME)
    parts.signals.due.set()
    log.info("dataset begun", dataset=dataset_id, collection_id=message.collection_id)


async def update_rates(parts: Parts) -> None:
    """Have exchange rates up to yesterday's, if there is a key; failing to never stops an extraction."""
    settings = parts.settings
    if settings.fixer_io_api_key is None or not settings.online:
        return
    async with parts.database.acquire() as connection:
        updated = await fixer.update(connection, settings.fixer_io_api_key, settings.fixer_io_url)
        if updated.trouble:
            log.warning("exchange rates could not be updated", why=updated.trouble)
        if updated.stored.new or updated.stored.changed:
            rates = await stored_rates.load(connection, settings.conversion)
            try:
                parts.reference.replace(parts.loaded.codelists, rates)
            except UserError as error:
                log.warning("newer exchange rates can't be used yet", why=str(error))


async def extract(parts: Parts, lease: Lease) -> None:
    """Take the collection's compiled releases, from where a page was written last."""
    run = await parts.run_of(lease.dataset_id)
    await take_pages(parts, lease, run, _pages(parts, run.source, run.source_place, run.size + run.skipped))


async def _pages(parts: Parts, source: dict[str, int], after: int, taken: int) -> AsyncGenerator[Page]:
    async with parts.kingfisher_process() as connection:
        pages = kingfisher_process.pages(
            connection,
            source["collection_id"],
            after=after,
            # No more than ids were set aside for, even if the collection has grown since.
            limit=source["candidates"] - taken,
            largest=parts.settings.kingfisher_process_max_size,
            page_size=parts.settings.extractor_page_size,
        )
        async with aclosing(pages):
            async for page in pages:
                yield page


async def asking(connection: Connection, dataset_id: int) -> ExtractCollection:
    """Give the message that asks for a dataset, once more."""
    asked = await datasets.asked_for(connection, dataset_id)
    return ExtractCollection(
        name=asked.name,
        collection_id=asked.source["collection_id"],
        ancestor_id=asked.ancestor_id,
        max_items=asked.source["max_items"],
    )


STAGE: Final = Stage(NAME, Queue.EXTRACT_KINGFISHER, begin, LongStage(Queue.EXTRACT_KINGFISHER, extract, asking))

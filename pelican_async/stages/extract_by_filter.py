"""Makes a dataset of those items of another one that match a filter."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Any, Final

import orjson
import structlog

from checks.values import Json
from pelican_async import days
from pelican_async.broker.protocol import Delivery
from pelican_async.crash_points import CrashPoint, reached
from pelican_async.database import datasets
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import NewDataset, Phase, State
from pelican_async.database.leases import Lease
from pelican_async.messages import ExtractFiltered, Queue
from pelican_async.sources.filtering import WrongFilterError, conditions, filtered_pages
from pelican_async.sources.pages import Page
from pelican_async.stages.errors import UnprocessableError
from pelican_async.stages.extraction import made_already, take_pages
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import LongStage, Stage

NAME: Final = "extract_by_filter"
OF_RESULTS: Final = ("tender_lifecycle", "compiled_releases", "data_quality_tool_metadata")
"""Metadata that come from checks, so that a filtered dataset doesn't take them over."""
log = structlog.get_logger()


async def begin(parts: Parts, message: ExtractFiltered, delivery: Delivery) -> None:
    """Make the dataset, with its metadata and progress; its items follow under a lease.

    The original must be checked; the filter must be an object that says something.
    """
    try:
        conditions(message.filter_message)
        filter_message = orjson.dumps(message.filter_message)
    except WrongFilterError as error:
        raise UnprocessableError(str(error)) from error
    except orjson.JSONEncodeError as error:
        raise UnprocessableError("The filter is nested too deep.") from error
    original_id = message.dataset_id_original
    source: dict[str, Json] = {
        "kind": NAME,
        "dataset_id": original_id,
        "filter": message.filter_message,
        "max_items": message.max_items or None,
    }
    async with parts.database.acquire() as connection:
        original = await connection.fetchrow(
            """select name, meta, size, phase, state
            from dataset join progress_monitor_dataset on dataset_id = dataset.id where dataset.id = $1""",
            original_id,
        )
    if original is None:
        raise UnprocessableError(f"There is no dataset {original_id} to filter.")
    if (original["phase"], original["state"]) != (Phase.CHECKED, State.OK):
        raise UnprocessableError(f"Dataset {original_id} can't be filtered before it is checked.")
    if await made_already(parts, original["name"], source, delivery):
        return
    meta: dict[str, Any] = orjson.loads(original["meta"])
    new = NewDataset(
        name=original["name"],
        meta={key: value for key, value in meta.items() if key not in OF_RESULTS} | {"compiled_releases": {}},
        ancestor_id=None,
        stage=NAME,
        source=source,
        candidates=original["size"] or 1,
        today=days.last_day(datetime.now(UTC)),
        asked_by=delivery.key,
    )
    async with parts.database.acquire() as connection, connection.transaction():
        dataset_id = await datasets.create(connection, new)
        await connection.execute(
            """insert into dataset_filter (dataset_id_original, dataset_id_filtered, filter_message)
            values ($1, $2, $3)""",
            original_id,
            dataset_id,
            filter_message,
        )
    reached(CrashPoint.DATASET_MADE, NAME)
    parts.signals.due.set()
    log.info("dataset begun", dataset=dataset_id, original=original_id)


async def extract(parts: Parts, lease: Lease) -> None:
    """Take the matching items, from where a page was written last."""
    run = await parts.run_of(lease.dataset_id)
    await take_pages(parts, lease, run, _pages(parts, run.source, run.source_place, run.size))


async def _pages(parts: Parts, source: dict[str, Json], after: int, taken: int) -> AsyncGenerator[Page]:
    left = None if source["max_items"] is None else source["max_items"] - taken
    # A connection of its own: it is held for as long as the extraction takes, which needs others to write its pages.
    async with (
        parts.own_connection() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        if await datasets.phase_of(connection, source["dataset_id"]) != (Phase.CHECKED, State.OK):
            raise UnprocessableError(f"Dataset {source['dataset_id']}, which it is filtered from, is gone meanwhile.")
        pages = filtered_pages(
            connection,
            source["dataset_id"],
            conditions(source["filter"]),
            after=after,
            page_size=parts.settings.extractor_page_size,
        )
        async with aclosing(pages):
            async for page in pages:
                if left is not None:
                    if left <= 0:
                        return
                    page = Page(page.last_id, page.releases[:left], page.skipped)  # noqa: PLW2901
                    left -= len(page.releases)
                yield page


async def asking(connection: Connection, dataset_id: int) -> ExtractFiltered:
    """Give the message that asks for a dataset, once more."""
    source = (await datasets.asked_for(connection, dataset_id)).source
    return ExtractFiltered(
        dataset_id_original=source["dataset_id"], filter_message=source["filter"], max_items=source["max_items"]
    )


STAGE: Final = Stage(NAME, Queue.EXTRACT_FILTER, begin, LongStage(Queue.EXTRACT_FILTER, extract, asking))

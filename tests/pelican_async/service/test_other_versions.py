"""Items that were checked by other versions of the checks are mapped again when their dataset is finished."""

from collections.abc import Mapping
from typing import Final

from pelican_async.messages import CheckItems, OneDataset, Queue
from tests.services.world import Rows, World, request

ALL: Final = "update batch_partial set checked_by = 'another'"
CHANGES: Final = (
    ALL,
    f"{ALL} where first_item_id = 1",
    f"{ALL} where first_item_id in (11, 36)",
    "delete from batch_partial where first_item_id = 21",
)


async def test_what_comes_out_is_the_same(here: World, expected: Mapping[int, Rows]) -> None:
    """Whichever batches another version has checked."""
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        for change in CHANGES:
            await here.fetch(change)
            await here.fetch("delete from report")
            await here.fetch("update progress_monitor_dataset set phase = 'CONTRACTING_PROCESS'")
            await here.ask(Queue.CHECK_DATASET, OneDataset(dataset_id=1))
            await here.progress.until_checked(1)
            assert await here.rows() == expected[1], change


UNCHECKED: Final = [*range(1, 6), *range(11, 21)]


async def test_a_batch_around_them(here: World, expected: Mapping[int, Rows]) -> None:
    """It speaks of its own items alone, not of those in between, of which no partial is there."""
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        for change in (
            "delete from batch_partial where first_item_id in (1, 11)",
            "delete from item_result where data_item_id = any ($1)",
            "update progress_monitor_item set state = 'IN_PROGRESS' where item_id = any ($1)",
            "update dataset_run set items_left = cardinality($1::bigint[])",
            "update progress_monitor_dataset set phase = 'CONTRACTING_PROCESS' where $1::bigint[] is not null",
        ):
            await here.fetch(change, *([UNCHECKED] if "$1" in change else []))
        await here.ask(Queue.CHECK_ITEMS, CheckItems(dataset_id=1, item_ids=UNCHECKED))
        await here.progress.until_checked(1)
    assert await here.rows() == expected[1]

"""Datasets share the service: a small one behind a large one waits for a bounded part of it."""

from collections.abc import AsyncIterator
from typing import Final

import pytest
import pytest_asyncio

from pelican_async.database.announcing import Window
from pelican_async.messages import CheckItems, ExtractCollection, Queue
from pelican_async.stages import extraction
from pelican_async.stages.replicas import Replicas
from tests.services.pausing import paused, until_waiting
from tests.services.rabbitmq import Rabbitmq
from tests.services.world import World, world

LARGE: Final = 220
SMALL: Final = 10
PAGE: Final = 20
FEW: Final = {"prefetch_count": 1, "extractor_max_batch_size": 3}
EXTRACTED: Final = """
    select count(*) = {0} from progress_monitor_dataset where phase = 'CONTRACTING_PROCESS' and state = 'OK'
"""
BEFORE_SMALL: Final = """
    select count(*) as number from progress_monitor_item
    where dataset_id = 1 and modified < (select max(modified) from progress_monitor_item where dataset_id = 2)
"""
ANNOUNCED: Final = "select items_left, items_held, announced from dataset_run order by dataset_id"


@pytest_asyncio.fixture
async def there(postgresql: str, rabbitmq: Rabbitmq, exchange: str) -> AsyncIterator[World]:
    """Give a world with a large collection."""
    async with world(postgresql, rabbitmq.url, exchange, LARGE) as made:
        yield made


@pytest.mark.parametrize("replicas", [1, 2])
async def test_a_small_dataset_behind_a_large_one(there: World, replicas: int) -> None:
    """It is counted how many items of the large one are checked before the last one of the small one."""
    window = Replicas(replicas).window(there.settings(**FEW)).items
    assert 2 * window < LARGE
    async with there.serving(replicas=replicas, **FEW):
        async with paused(there.database, "item_result"):
            await there.ask(Queue.EXTRACT_KINGFISHER, ExtractCollection(name="large", collection_id=2))
            await there.progress.until_true(EXTRACTED.format(1))
            await until_waiting(there.database, "advisory")
            (large,) = await there.fetch(ANNOUNCED)
            assert large["announced"] <= window
            assert (large["items_left"], large["announced"] + large["items_held"]) == (LARGE, LARGE)
            small_one = ExtractCollection(name="small", collection_id=4, max_items=SMALL)
            await there.ask(Queue.EXTRACT_KINGFISHER, small_one)
            await there.progress.until_true(EXTRACTED.format(2))
        await there.progress.until(lambda said: said[2] == "CHECKED OK")
        (before,) = await there.fetch(BEFORE_SMALL)
    assert before["number"] <= 2 * window


async def test_a_small_dataset_while_a_large_one_is_extracted(there: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is a place for one extraction: the large one gives way, and goes on afterwards."""
    monkeypatch.setattr(extraction, "AT_A_TIME", 1)
    async with there.serving(long_stages=1, extractor_page_size=PAGE, extractor_max_batch_size=PAGE):
        async with paused(there.database, "data_item"):
            await there.ask(Queue.EXTRACT_KINGFISHER, ExtractCollection(name="large", collection_id=2))
            await until_waiting(there.database, "advisory")
            small_one = ExtractCollection(name="small", collection_id=4, max_items=SMALL)
            await there.ask(Queue.EXTRACT_KINGFISHER, small_one)
            await there.progress.until(lambda said: len(said) == 2)
        assert await there.progress.until_checked(2) == [1, 2]
    (before,) = await there.fetch(
        """select count(*) as number from data_item
        where dataset_id = 1 and created < (select min(created) from data_item where dataset_id = 2)"""
    )
    assert before["number"] <= 2 * PAGE
    assert [tuple(row) for row in await there.fetch(ANNOUNCED)] == [(0, 0, LARGE), (0, 0, SMALL)]
    assert await there.broker.dead_letters() == []


async def test_items_that_others_have_checked_before_they_are_announced(there: World) -> None:
    """Whoever publishes messages for them: what is announced next is announced all the same."""
    window = Replicas(1).window(there.settings(**FEW)).items
    async with there.serving(**FEW):
        async with paused(there.database, "item_result"):
            await there.ask(Queue.EXTRACT_KINGFISHER, ExtractCollection(name="large", collection_id=2))
            await there.progress.until_true(EXTRACTED.format(1))
            await until_waiting(there.database, "advisory")
            (large,) = await there.fetch(ANNOUNCED)
            assert large["items_held"] >= LARGE - 2 * window
            for first in range(1, LARGE, 50):
                others = CheckItems(dataset_id=1, item_ids=list(range(first, min(first + 50, LARGE + 1))))
                await there.ask(Queue.CHECK_ITEMS, others)
        await there.progress.until_checked(1)
    assert await there.broker.depth(Queue.CHECK_ITEMS) == 0
    assert [tuple(row) for row in await there.fetch(ANNOUNCED)] == [(0, 0, LARGE)]
    assert await there.broker.dead_letters() == []


def test_whole_batches_are_announced_as_far_as_there_is_room() -> None:
    window = Window(items=40, batch_size=10)
    assert window.next(held=100, under_way=0) == 40
    assert window.next(held=100, under_way=25) == 10
    assert window.next(held=100, under_way=35) == 0
    assert window.next(held=100, under_way=60) == 0
    assert window.next(held=7, under_way=30) == 7
    assert window.next(held=0, under_way=0) == 0

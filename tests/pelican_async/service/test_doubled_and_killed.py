"""Batches that come twice at once, and processes that die while they check."""

import asyncio
import os
import signal
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import orjson
import pytest

from pelican_async import item_work
from pelican_async.broker.rabbitmq import RabbitBroker
from pelican_async.database import items
from pelican_async.item_work import ItemBatch, ItemsDone
from pelican_async.messages import Queue
from pelican_async.stages import gathering
from tests.services.command import ran
from tests.services.world import Rows, World, collection, request

SECONDS: Final = 60.0
CHECK: Final = item_work.check
STORE: Final = items.store_results


class Twins:
    """Lets the results of a batch be stored only once it was checked twice, and counts how often that was so."""

    def __init__(self) -> None:
        self._met: dict[frozenset[int], asyncio.Event] = {}
        self.pairs = 0

    async def store(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401
        *_, parts = arguments
        batch = frozenset(item for part in parts for item in part.checked)
        if batch in self._met:
            self.pairs += 1
            self._met[batch].set()
        else:
            self._met[batch] = asyncio.Event()
            async with asyncio.timeout(SECONDS):
                await self._met[batch].wait()
        await STORE(*arguments, **named)


async def test_each_batch_comes_twice_at_once(
    here: World, expected: Mapping[int, Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    """To two replicas, which both check it before either has stored anything."""
    publish = RabbitBroker.publish

    async def publish_twice(broker: RabbitBroker, queue: Queue, body: bytes, key: str) -> None:
        for _ in range(2 if queue is Queue.CHECK_ITEMS else 1):
            await publish(broker, queue, body, key)

    twins = Twins()
    monkeypatch.setattr(RabbitBroker, "publish", publish_twice)
    monkeypatch.setattr(items, "store_results", twins.store)
    monkeypatch.setattr(gathering, "ITEMS", 1)  # each batch alone, so that both replicas check the same
    async with here.serving(replicas=2):
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
    assert twins.pairs == 5  # pages of 25 and 20, in batches of 10
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[1]


def die_once(file: Path, batch: ItemBatch) -> ItemsDone:
    """Check a batch, but the first to come here is killed."""
    try:
        file.touch(exist_ok=False)
    except FileExistsError:
        return CHECK(batch)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def die_of(deadly: bytes, batch: ItemBatch) -> ItemsDone:
    """Check a batch, unless one of its releases has a certain text: that kills the process."""
    if any(deadly in text for text in batch.texts):
        os.kill(os.getpid(), signal.SIGKILL)
    return CHECK(batch)


async def test_a_process_is_killed_while_it_checks(
    here: World, expected: Mapping[int, Rows], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(item_work, "check", partial(die_once, tmp_path / "died"))
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
    assert (tmp_path / "died").exists()
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[1]


async def test_an_item_kills_its_process_each_time(
    here: World, expected: Mapping[int, Rows], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found, and recorded as one that could not be checked; all others are checked as ever."""
    deadly = 14
    ocid = orjson.loads(collection("collection.previous.jsonl", deadly)[-1])["ocid"]
    monkeypatch.setattr(item_work, "check", partial(die_of, ocid.encode()))
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
    assert await here.broker.dead_letters() == []
    rows = await here.rows()
    assert [orjson.loads(row) for row in rows["item_not_checked"]] == [
        {"dataset_id": 1, "data_item_id": deadly, "reason": item_work.LOST}
    ]
    (missing,) = set(expected[1]["item_result"]) - set(rows["item_result"])
    assert orjson.loads(missing)["data_item_id"] == deadly
    assert set(rows["item_result"]) < set(expected[1]["item_result"])
    assert rows["progress_monitor_item"] == expected[1]["progress_monitor_item"]
    assert len(rows["report"]) == 2
    told = await ran(here.environment, "status", "1")
    assert "1 could not be checked" in told.output

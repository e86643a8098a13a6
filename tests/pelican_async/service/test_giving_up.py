"""A stage that fails again and again is given up: it is a dead letter then, and begins anew when that is sent again."""

from collections.abc import Mapping
from typing import Final

import pytest

from pelican_async import supervisor
from pelican_async.broker.protocol import Delivery
from pelican_async.database import deleting
from pelican_async.database.connecting import opened
from pelican_async.messages import ExtractFiltered, Queue
from pelican_async.reference import codelists
from pelican_async.stages import extract_by_filter, long_stages
from tests.pelican_async.service.dead_letters import until_dead
from tests.services.command import Ended, ran
from tests.services.world import Rows, World, request

STAGES: Final = {
    "data_item": Queue.EXTRACT_KINGFISHER,
    "dataset_level_check": Queue.CHECK_DATASET,
    "time_variance_level_check": Queue.CHECK_TIME_BASED,
    "report": Queue.REPORT,
}


async def refuse(here: World, table: str, *, refusing: bool = True) -> None:
    """Let the database refuse all rows of a table, until it is told otherwise."""
    async with opened(here.database) as connection:
        if refusing:
            await connection.execute(f"alter table {table} add constraint refused check (false) not valid")
        else:
            await connection.execute(f"alter table {table} drop constraint refused")


@pytest.fixture(autouse=True)
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let stages be given up the first time."""
    monkeypatch.setattr(long_stages, "ATTEMPTS", 1)


async def test_each_long_stage(here: World, expected: Mapping[int, Rows]) -> None:
    """One after the other, of one dataset."""
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        for table in STAGES:
            await refuse(here, table)
        await here.broker.publish(Queue.EXTRACT_KINGFISHER, request(2).model_dump_json().encode(), "")
        for table, queue in STAGES.items():
            (dead,) = await until_dead(here, 1)
            assert dead.headers["x-pelican-queue"] == queue.value
            assert "refused" in str(dead.headers["x-pelican-reason"])
            said = (await here.progress.phases())[2]
            assert said == f"trouble: {dead.headers['x-pelican-reason']!s}"
            await refuse(here, table, refusing=False)
            if queue is Queue.REPORT:
                assert "given up" in (await ran(here.environment, "status", "2")).output
                again = await ran(here.environment, "dead-letters", "retry", str(dead.message_id))
                assert again == Ended(0, "Sent again: 1\n", "")
            else:
                assert await here.broker.retry([str(dead.message_id)]) == 1
        await here.progress.until_checked(2)
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[2]


async def test_batches(here: World, expected: Mapping[int, Rows]) -> None:
    """Their messages are dead letters after some attempts; all other stages wait until they are sent again."""
    async with here.serving():
        await refuse(here, "item_result")
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        dead = await until_dead(here, 5)
        assert {message.headers["x-pelican-queue"] for message in dead} == {Queue.CHECK_ITEMS.value}
        assert await here.progress.phases() == {1: "CONTRACTING_PROCESS OK"}
        await refuse(here, "item_result", refusing=False)
        assert await here.broker.retry([str(message.message_id) for message in dead]) == 5
        await here.progress.until_checked(1)
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[1]


async def test_a_filter(here: World) -> None:
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        await refuse(here, "data_item")
        message = ExtractFiltered(dataset_id_original=1, filter_message={"release_date_from": ""}, max_items=5)
        await here.ask(Queue.EXTRACT_FILTER, message)
        (dead,) = await until_dead(here, 1)
        assert ExtractFiltered.model_validate_json(dead.body) == message
        await refuse(here, "data_item", refusing=False)
        assert await here.broker.retry([str(dead.message_id)]) == 1
        assert await here.progress.until_checked(2) == [1, 2]
    (row,) = await here.fetch("select size from progress_monitor_dataset where dataset_id = 2")
    assert row["size"] == 5


async def test_a_filter_whose_original_is_gone(here: World) -> None:
    """After its message was handled: what could still be taken of it would be taken for all that fits."""
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
    message = ExtractFiltered(dataset_id_original=1, filter_message={"release_date_from": ""})
    async with supervisor.built(here.settings(), codelists.snapshot()) as parts:
        await extract_by_filter.begin(parts, message, Delivery(Queue.EXTRACT_FILTER, b"", message_id="once"))
    async with opened(here.database) as connection:
        await deleting.wipe(connection, 1)
    async with here.serving():
        (dead,) = await until_dead(here, 1)
    assert dead.headers["x-pelican-reason"] == "Dataset 1, which it is filtered from, is gone meanwhile."

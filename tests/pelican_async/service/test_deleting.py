"""Datasets are deleted wholly, at any time, and nothing of them comes back."""

from collections.abc import Mapping
from functools import partial

import pytest

from pelican_async.database import deleting
from pelican_async.database.connecting import opened
from pelican_async.errors import UserError
from pelican_async.messages import CheckItems, ExtractFiltered, OneDataset, Queue
from tests.services.command import Ended, ran
from tests.services.pausing import paused, until_waiting
from tests.services.world import Rows, World, request

COLUMNS = """
    select table_name, column_name from information_schema.columns join information_schema.tables using (table_name)
    where tables.table_schema = 'public' and table_type = 'BASE TABLE'
    and (column_name like 'dataset\\_id%' or (table_name, column_name) = ('dataset', 'id'))
"""


async def left(here: World, dataset_id: int) -> dict[str, int]:
    """Count the rows that belong to a dataset, by table."""
    counts: dict[str, int] = {}
    for table, column in await here.fetch(COLUMNS):
        (row,) = await here.fetch(f"select count(*) from {table} where {column} = $1", dataset_id)  # noqa: S608
        if row["count"]:
            counts[f"{table}.{column}"] = row["count"]
    return counts


@pytest.mark.parametrize(
    "table", ["data_item", "item_result", "dataset_level_check", "time_variance_level_check", "report"]
)
async def test_wiped_while_something_of_it_is_written(here: World, expected: Mapping[int, Rows], table: str) -> None:
    """In the middle of that transaction: by the extraction, a batch, a long stage under its lease.

    Its heartbeat is not to find out before that the lease has ended: it would stop the stage, and nothing would wait.
    """
    async with here.serving(replicas=2, lease_seconds=600.0):
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        async with paused(here.database, table):
            await here.ask(Queue.EXTRACT_KINGFISHER, request(2))
            await until_waiting(here.database, "advisory")
            await here.ask(Queue.WIPE, OneDataset(dataset_id=2))
            await until_waiting(here.database, "transactionid")
        await here.progress.until(lambda phases: 2 not in phases)
        assert await left(here, 2) == {}
        # What was under way for it is dropped, as is what comes now.
        for queue in (Queue.CHECK_DATASET, Queue.CHECK_TIME_BASED, Queue.REPORT, Queue.WIPE):
            await here.ask(queue, OneDataset(dataset_id=2))
        await here.ask(Queue.CHECK_ITEMS, CheckItems(dataset_id=2, item_ids=[46]))
    assert await here.broker.dead_letters() == []
    assert await left(here, 2) == {}
    assert await here.rows() == expected[1]


async def test_wiped_twice_and_at_once(here: World, expected: Mapping[int, Rows]) -> None:
    """As soon as it is there, by several at once; also one that was never there."""
    async with here.serving(replicas=2):
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        for number in (2, 3, 4):
            await here.ask(Queue.EXTRACT_KINGFISHER, request(2).model_copy(update={"name": f"number {number}"}))
            await here.progress.until(partial(contains, number))
            for key in range(3):
                await here.broker.publish(Queue.WIPE, b'{"dataset_id": %d}' % number, str(key))
            await here.ask(Queue.WIPE, OneDataset(dataset_id=99))
        await here.progress.until(lambda phases: phases.keys() == {1})
    assert await here.broker.dead_letters() == []
    for number in (2, 3, 4):
        assert await left(here, number) == {}
    assert await here.rows() == expected[1]


def contains(number: int, phases: Mapping[int, str]) -> bool:
    return number in phases


async def filtered(here: World, original: int) -> None:
    message = ExtractFiltered(dataset_id_original=original, filter_message={"release_date_from": ""}, max_items=5)
    await here.ask(Queue.EXTRACT_FILTER, message)


async def removed(here: World, dataset_id: int, **how: bool) -> list[int]:
    async with opened(here.database) as connection:
        return await deleting.remove(connection, dataset_id, **({"force": False, "include_filtered": False} | how))


async def test_removed(here: World) -> None:
    """Names stay while others refer to them; what is filtered goes along only if that is asked for."""
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        for original, number in ((1, 2), (2, 3), (3, 4)):
            await filtered(here, original)
            await here.progress.until_checked(number)
        await here.ask(Queue.EXTRACT_KINGFISHER, request(2))
        await here.progress.until_checked(5)

        with pytest.raises(UserError, match="There is no dataset 99"):
            await removed(here, 99)
        for phase, state in (("CHECKED", "IN_PROGRESS"), ("TIME_VARIANCE", "OK")):
            await phase_is(here, 4, phase, state)
            for number, how in ((4, {}), (1, {"include_filtered": True})):
                with pytest.raises(UserError, match="Dataset 4 is not checked yet"):
                    await removed(here, number, **how)
        assert [await left(here, number) != {} for number in (1, 2, 3, 4)] == [True] * 4
        names = {"dataset.id": 1, "progress_monitor_dataset.dataset_id": 1}

        assert await removed(here, 1) == [1]
        assert await left(here, 1) == {**names, "dataset_filter.dataset_id_original": 1}
        assert (await here.progress.phases())[1] == "DELETED OK"
        assert await removed(here, 2) == [2]
        assert await left(here, 2) == {
            **names,
            "dataset_filter.dataset_id_original": 1,
            "dataset_filter.dataset_id_filtered": 1,
        }
        assert await removed(here, 1) == [1], "once more"
        assert set(await here.progress.phases()) == {1, 2, 3, 4, 5}

        assert await removed(here, 4, force=True) == [4]
        assert await left(here, 4) == {}
        assert set(await here.progress.phases()) == {1, 2, 3, 5}
        # With the last, all those go that it came from.
        ended = await ran(here.environment, "remove", "3", "--include-filtered")
        assert ended == Ended(0, "Deleted: 3\n", "")
        assert set(await here.progress.phases()) == {5}
        for number in (1, 2, 3):
            assert await left(here, number) == {}

        await filtered(here, 5)
        await here.progress.until_checked(2)
        ended = await ran(here.environment, "remove", "5", "--include-filtered")
        assert ended == Ended(0, "Deleted: 5, 6\n", "")
        assert await here.fetch("select id from dataset") == []
        ended = await ran(here.environment, "remove", "5")
        assert ended == Ended(2, "", "Error: There is no dataset 5.\n")


async def phase_is(here: World, dataset_id: int, phase: str, state: str) -> None:
    await here.fetch(
        "update progress_monitor_dataset set phase = $2, state = $3 where dataset_id = $1", dataset_id, phase, state
    )


async def test_removed_while_it_is_checked(here: World, expected: Mapping[int, Rows]) -> None:
    async with here.serving():
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        async with paused(here.database, "item_result"):
            await here.ask(Queue.EXTRACT_KINGFISHER, request(2))
            await until_waiting(here.database, "advisory")
        assert await removed(here, 2, force=True) == [2]
        assert await left(here, 2) == {}
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[1]

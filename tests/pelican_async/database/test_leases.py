"""A dataset isn't compared with its ancestor before that one's items are checked, and never waits in vain."""

import math
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from pelican_async.database import deleting, leases
from pelican_async.database.connecting import opened
from pelican_async.stages import check_time_based, report
from tests.services.running import set_up

LENGTH = timedelta(minutes=1)
DATASETS = """
    insert into dataset (id, name, meta, ancestor_id) values (1, 'earlier', '{}', 2), (2, 'later', '{}', 1);
    insert into progress_monitor_dataset (dataset_id, phase, state, size) values
        (1, 'CONTRACTING_PROCESS', 'IN_PROGRESS', 5), (2, 'DATASET', 'OK', 5);
    insert into dataset_run (dataset_id, source, first_item_id, items_left, today, stage) values
        (1, '{}', 1, 5, 1, 'extract_kingfisher_process'), (2, '{}', 6, 0, 1, 'check_time_based');
"""
EXTRACTED = "update progress_monitor_dataset set state = 'OK' where dataset_id = 1"
CHECKED = "update dataset_run set items_left = 0, stage = 'check_dataset' where dataset_id = 1"
GIVEN_UP = "update dataset_run set trouble = 'its source is gone' where dataset_id = 1"
SILENT = "update dataset_run set modified = localtimestamp - interval '2 hours' where dataset_id = 1"


@pytest_asyncio.fixture
async def connection(database: str) -> AsyncIterator[asyncpg.Connection]:
    """Give a database in which one dataset is to be compared with another one, which is being extracted."""
    await set_up(database)
    async with opened(database) as opened_one:
        await opened_one.execute(DATASETS)
        yield opened_one


async def claimed(connection: asyncpg.Connection) -> bool:
    return await leases.claim(connection, uuid4(), [check_time_based.NAME, report.NAME], LENGTH) is not None


async def test_it_waits_for_the_last_item(connection: asyncpg.Connection) -> None:
    assert not await claimed(connection)
    await connection.execute(EXTRACTED)
    assert not await claimed(connection)
    await connection.execute(CHECKED)
    assert await claimed(connection)


async def test_an_ancestor_that_is_compared_with_it_in_turn(connection: asyncpg.Connection) -> None:
    """Both wait for items alone, so they don't wait for each other."""
    for statement in (EXTRACTED, CHECKED, "update progress_monitor_dataset set phase = 'DATASET' where dataset_id = 1"):
        await connection.execute(statement)
    await connection.execute("update dataset_run set stage = 'check_time_based' where dataset_id = 1")
    assert [await claimed(connection), await claimed(connection), await claimed(connection)] == [True, True, False]


@pytest.mark.parametrize("ending", [GIVEN_UP, SILENT])
async def test_an_ancestor_that_does_not_go_on(connection: asyncpg.Connection, ending: str) -> None:
    await connection.execute(ending)
    assert await claimed(connection)


async def test_an_ancestor_that_is_deleted(connection: asyncpg.Connection) -> None:
    assert await deleting.wipe(connection, 1)
    assert await claimed(connection)


async def test_it_waits_with_nothing_else(connection: asyncpg.Connection) -> None:
    await connection.execute("update dataset_run set stage = 'report' where dataset_id = 2")
    assert await claimed(connection)


async def test_what_is_held_ends_when_it_says(connection: asyncpg.Connection) -> None:
    stages = [check_time_based.NAME, report.NAME]
    assert await leases.seconds_held(connection, stages) == math.inf
    await connection.execute(GIVEN_UP)
    assert await claimed(connection)
    assert LENGTH.total_seconds() - 30 < await leases.seconds_held(connection, stages) <= LENGTH.total_seconds()
    assert await leases.seconds_held(connection, [report.NAME]) == math.inf
    await connection.execute("update dataset_run set held_until = localtimestamp - interval '1 second'")
    assert await leases.seconds_held(connection, stages) == math.inf

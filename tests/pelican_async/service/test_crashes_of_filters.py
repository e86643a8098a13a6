"""Extraction by a filter, too, loses and doubles nothing when its process ends between two effects."""

import signal
from collections.abc import AsyncIterator, Mapping

import pytest
import pytest_asyncio

from pelican_async.crash_points import VARIABLE, CrashPoint
from pelican_async.messages import ExtractFiltered, Queue
from tests.services.replica import replica
from tests.services.world import Rows, World, request

STAGE = "extract_by_filter"
POINTS = [
    CrashPoint.DATASET_MADE,
    CrashPoint.LEASE_TAKEN,
    CrashPoint.BEFORE_COMMIT,
    CrashPoint.BETWEEN_PAGES,
    CrashPoint.BEFORE_COMPLETE,
    CrashPoint.STAGE_DONE,
]
ALL = ExtractFiltered(dataset_id_original=1, filter_message={"release_date_from": "1900-01-01"})
OF_ALL = 2
"""The number that the filtered dataset gets."""
ITS_OWN = {"dataset_filter", "outbox"}


@pytest_asyncio.fixture
async def checked(here: World) -> AsyncIterator[World]:
    """Give a world in which the first version is checked."""
    async with replica(here.environment) as before:
        await before.until_said("ready")
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        before.send(signal.SIGTERM)
        assert await before.ended() == 0
    yield here


@pytest.mark.parametrize("point", POINTS)
async def test_another_process_goes_on(checked: World, expected: Mapping[int, Rows], point: CrashPoint) -> None:
    """A filter that all items match makes the same dataset again."""
    async with replica({**checked.environment, VARIABLE: f"{point}@{STAGE}"}) as first:
        await first.until_said("ready")
        await checked.ask(Queue.EXTRACT_FILTER, ALL)
        assert await first.ended() == -signal.SIGKILL
    async with replica(checked.environment) as second:
        await second.until_said("ready")
        assert await checked.progress.until_checked(2) == [1, OF_ALL]
        second.send(signal.SIGTERM)
        assert await second.ended() == 0
    assert await checked.broker.dead_letters() == []
    counts = {table: len(rows) for table, rows in (await checked.rows()).items() if table not in ITS_OWN}
    assert counts == {table: 2 * len(rows) for table, rows in expected[1].items() if table not in ITS_OWN}
    (reports,) = await checked.fetch("select count(distinct data) as different, count(*) as number from report")
    assert (reports["different"], reports["number"]) == (2, 4)

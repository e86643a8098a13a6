"""A process that ends at any place between two effects loses and doubles nothing: another one goes on."""

import signal
from collections.abc import Mapping

import pytest

from pelican_async.crash_points import VARIABLE, CrashPoint
from pelican_async.messages import OneDataset, Queue
from tests.services.replica import replica
from tests.services.world import Rows, World, request

WHOLE = ("check_dataset", "check_time_based", "report")
EXTRACTION = "extract_kingfisher_process"
PLACES = [
    *((point, EXTRACTION) for point in (CrashPoint.DATASET_MADE, CrashPoint.BEFORE_COMMIT, CrashPoint.BETWEEN_PAGES)),
    *((point, EXTRACTION) for point in (CrashPoint.BEFORE_COMPLETE, CrashPoint.STAGE_DONE)),
    (CrashPoint.BEFORE_COMMIT, "check_items"),
    (CrashPoint.BEFORE_RESULTS, ""),
    (CrashPoint.RESULTS_STORED, ""),
    (CrashPoint.PUBLISHED, ""),
    *((CrashPoint.LEASE_TAKEN, stage) for stage in (EXTRACTION, *WHOLE)),
    *(
        (point, stage)
        for point in (CrashPoint.STAGE_ASKED_FOR, CrashPoint.BEFORE_STAGE_DONE, CrashPoint.STAGE_DONE)
        for stage in WHOLE
    ),
]


@pytest.mark.parametrize(
    ("point", "said"),
    [(f"{CrashPoint.BEFORE_COMMIT}@wipe", "wiped"), (CrashPoint.WIPED, "there was nothing to wipe")],
)
async def test_a_dataset_is_wiped_wholly(here: World, expected: Mapping[int, Rows], point: str, said: str) -> None:
    async with replica({**here.environment, VARIABLE: point}) as first:
        await first.until_said("ready")
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        await here.progress.until_checked(1)
        assert await here.rows() == expected[1]
        await here.ask(Queue.WIPE, OneDataset(dataset_id=1))
        assert await first.ended() == -signal.SIGKILL
    async with replica(here.environment) as second:
        await second.until_said(said)
        await here.progress.until(lambda phases: not phases)
        second.send(signal.SIGTERM)
        assert await second.ended() == 0
    assert await here.broker.depth(Queue.WIPE) == 0
    assert await here.broker.dead_letters() == []
    assert set(map(tuple, (await here.rows()).values())) == {()}


@pytest.mark.parametrize(("point", "stage"), PLACES, ids=[f"{point}@{stage}" for point, stage in PLACES])
async def test_another_process_goes_on(
    here: World, expected: Mapping[int, Rows], point: CrashPoint, stage: str
) -> None:
    """With the second version, if the point is met in time-based checks alone, which need it."""
    versions = 2 if stage == "check_time_based" else 1
    crashing = {**here.environment, VARIABLE: f"{point}@{stage}" if stage else point}
    async with replica(crashing) as first:
        await first.until_said("ready")
        await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
        assert await first.ended() == -signal.SIGKILL
    async with replica(here.environment) as second:
        await second.until_said("ready")
        await here.progress.until_checked(1)
        if versions > 1:
            await here.ask(Queue.EXTRACT_KINGFISHER, request(2))
            await here.progress.until_checked(2)
        second.send(signal.SIGTERM)
        assert await second.ended() == 0
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[versions]

"""The service's pool gives a result for every job, whatever happens to its processes."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Sequence

import psutil
import pytest
import pytest_asyncio

from pelican_async.service_pool import ServicePool

KILLER = -1
SLOW = -2
WRONG = -3


def prepare() -> None:
    """Nothing to prepare."""


def work(job: Sequence[int]) -> list[int]:
    if KILLER in job:
        os.kill(os.getpid(), signal.SIGKILL)
    if SLOW in job:
        time.sleep(600)
    if WRONG in job:
        raise ValueError("this job is wrong")
    return [number * number for number in job]


def halve(job: Sequence[int]) -> Sequence[Sequence[int]]:
    middle = len(job) // 2
    return (job[:middle], job[middle:]) if middle else ()


def lost(job: Sequence[int]) -> list[int]:
    return [-number for number in job]


@pytest_asyncio.fixture
async def pool() -> AsyncIterator[ServicePool[Sequence[int], list[int]]]:
    made: ServicePool[Sequence[int], list[int]] = ServicePool(2, 5.0, prepare, work, halve=halve, lost=lost)
    yield made
    made.close()


async def results(pool: ServicePool[Sequence[int], list[int]], job: Sequence[int]) -> list[int]:
    return [number for part in await pool.run(job) for number in part]


async def test_jobs_run_at_once(pool: ServicePool[Sequence[int], list[int]]) -> None:
    found = await asyncio.gather(*(results(pool, [number, number + 1]) for number in range(20)))
    assert found == [[number**2, (number + 1) ** 2] for number in range(20)]


async def test_the_item_that_kills_is_found_and_all_others_are_done(
    pool: ServicePool[Sequence[int], list[int]],
) -> None:
    jobs = [[1, 2, 3], [4, KILLER, 5, 6, 7], [8, 9]]
    found = await asyncio.gather(*(results(pool, job) for job in jobs))
    assert found == [[1, 4, 9], [16, 1, 25, 36, 49], [64, 81]]


async def test_an_item_that_takes_too_long_is_found(pool: ServicePool[Sequence[int], list[int]]) -> None:
    pool.seconds = 1.0
    assert await results(pool, [1]) == [1]
    pool.seconds = 0.5
    assert await results(pool, [SLOW, 3]) == [2, 9]


async def test_what_a_job_raises_is_its_callers_affair(pool: ServicePool[Sequence[int], list[int]]) -> None:
    with pytest.raises(ValueError, match="this job is wrong"):
        await pool.run([WRONG])
    assert await results(pool, [2]) == [4]


async def test_processes_killed_from_outside_are_replaced(pool: ServicePool[Sequence[int], list[int]]) -> None:
    assert await pool.answers(5.0)
    for process in psutil.Process().children(recursive=True):
        if "forkserver" not in " ".join(process.cmdline()) or process.children():
            continue
        process.kill()
    assert await results(pool, [2, 3]) == [4, 9]
    assert await pool.answers(5.0)

"""The service's pool, whatever happens to its processes."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator

import pytest

from pelican_async.service_pool import ServicePool

SLOW = "slow"
DEADLY = "deadly"
RAISES = "raises"
Job = tuple[str, ...]


def prepare() -> None:
    pass


def work(job: Job) -> Job:
    if DEADLY in job:
        os.kill(os.getpid(), signal.SIGKILL)
    if RAISES in job:
        raise TimeoutError("of the job itself")
    if SLOW in job:
        time.sleep(60)
    return job


def halve(job: Job) -> tuple[Job, ...]:
    middle = len(job) // 2
    return (job[:middle], job[middle:]) if middle else ()


def lost(job: Job) -> Job:
    return (*job, "lost")


@pytest.fixture
def pool() -> Iterator[ServicePool[Job, Job]]:
    made = ServicePool(1, 1.5, prepare, work, halve=halve, lost=lost)
    yield made
    made.close()


async def test_what_kills_a_process_is_found(pool: ServicePool[Job, Job]) -> None:
    assert await pool.run(("a", "b", DEADLY, "c")) == [("a", "b"), (DEADLY, "lost"), ("c",)]
    assert await pool.run(("a",)) == [("a",)]


async def test_what_takes_too_long_is_found_and_what_waits_behind_it_is_done(pool: ServicePool[Job, Job]) -> None:
    await pool.run(())
    jobs: list[Job] = [("a", SLOW), ("b",), ("c",)]
    assert await asyncio.gather(*map(pool.run, jobs)) == [[("a",), (SLOW, "lost")], [("b",)], [("c",)]]


async def test_a_job_may_have_a_limit_of_its_own() -> None:
    patient: ServicePool[Job, Job] = ServicePool(1, 60.0, prepare, work, halve=halve, lost=lost)
    try:
        assert await patient.run((SLOW,), 0.5) == [(SLOW, "lost")]
    finally:
        patient.close()


async def test_a_time_out_that_a_job_raises_is_an_error_like_others(pool: ServicePool[Job, Job]) -> None:
    """Of a database that doesn't answer, for one: the process is well."""
    with pytest.raises(TimeoutError, match="of the job itself"):
        await pool.run((RAISES,))
    assert await pool.answers(30)

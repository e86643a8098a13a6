"""Results come in the order of the jobs, whatever happens to the processes."""

import os
import signal
from pathlib import Path

from pelican_async.pool import Pool

DEADLY = 13


def prepare(folder: Path) -> None:
    (folder / str(os.getpid())).touch()


def double(job: list[int]) -> list[int]:
    if DEADLY in job:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * number for number in job]


def halve(job: list[int]) -> list[list[int]]:
    middle = len(job) // 2
    return [job[:middle], job[middle:]] if middle else []


def lost(job: list[int]) -> list[int]:
    return [-number for number in job]


def run(folder: Path, jobs: list[list[int]]) -> list[int]:
    with Pool(2, prepare, (folder,), double, halve=halve, lost=lost) as pool:
        return [number for result in pool.run(jobs) for number in result]


def test_results_are_in_order(tmp_path: Path) -> None:
    assert run(tmp_path, [[number, number + 1] for number in range(20, 60, 2)]) == list(range(40, 120, 2))
    assert 1 <= len(list(tmp_path.iterdir())) <= 2


def test_what_kills_a_process_is_found_and_nothing_else_is_lost(tmp_path: Path) -> None:
    jobs = [list(range(start, start + 4)) for start in range(0, 40, 4)]
    assert run(tmp_path, jobs) == [-DEADLY if number == DEADLY else 2 * number for number in range(40)]

"""Results come in the order of the jobs, whatever happens to the processes."""

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pelican_async import pool
from pelican_async.pool import Pool

DEADLY = 13
ROOT = Path(__file__).parents[2]


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
    with Pool(2, prepare, (folder,), double, halve=halve, lost=lost) as running:
        return [number for result in running.run(jobs) for number in result]


def test_results_are_in_order(tmp_path: Path) -> None:
    assert run(tmp_path, [[number, number + 1] for number in range(20, 60, 2)]) == list(range(40, 120, 2))
    assert 1 <= len(list(tmp_path.iterdir())) <= 2


def test_what_kills_a_process_is_found_and_nothing_else_is_lost(tmp_path: Path) -> None:
    jobs = [list(range(start, start + 4)) for start in range(0, 40, 4)]
    assert run(tmp_path, jobs) == [-DEADLY if number == DEADLY else 2 * number for number in range(40)]


class Falling:
    """Raises where nobody can catch it."""

    def __init__(self, error: type[Exception]) -> None:
        self.error = error

    def __del__(self) -> None:
        raise self.error("told")


def test_what_ends_for_lack_of_memory_says_nothing_itself(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "unraisablehook", pool._tell)  # noqa: SLF001
    Falling(MemoryError)
    Falling(ValueError)

    said = capfd.readouterr().err
    assert "MemoryError" not in said
    assert "ValueError: told" in said


ENDLESS = """
import os
import time
from pelican_async.pool import Pool

def prepare():
    print(os.getpid(), flush=True)

def wait(job):
    time.sleep(job)

if __name__ == "__main__":
    with Pool(1, prepare, (), wait, halve=lambda job: [], lost=lambda job: None) as pool:
        list(pool.run([3600]))
"""


@pytest.mark.skipif(
    not hasattr(os, "pidfd_open"), reason="the end of another's process can be waited for on Linux only"
)
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS)
    command = [sys.executable, str(script)]
    with subprocess.Popen(  # noqa: S603 our own
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    ) as parent:
        assert parent.stdout is not None
        worker = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
        ended, _, _ = select.select([worker], [], [], 30)
        os.close(worker)
    assert ended == [worker]

"""Checks more and more small releases, and watches whether memory or the cost of a release grow.

`check FILE` reads them from a pipe, while another process makes them: no file is needed. The service, one replica as it
is by default, takes them from a collection of Kingfisher Process. CPU is that of all processes: of `check FILE`, or of
the replica and of PostgreSQL; "further" is what each release costs beside what starting costs (a run of one release),
which matters for few. Memory is the largest sum over all processes of proportional set sizes (pages that several share
are counted by parts), looked at several times a second; that of PostgreSQL and RabbitMQ isn't counted.
"""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Any, Final

import psutil
from rich.table import Table

from bench.extent import Extent, Figures, Measurement, table
from bench.figures import ROOT
from bench.releases import small
from bench.whole_service import WholeService, proportional, replicas, whole_service
from scripts.build_compiled import compiled
from tests.services.replica import PROGRAM

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
FEW: Final = (100, 200)
WARM_UP: Final = 500
EVERY: Final = 0.2
MEBIBYTE: Final = 2**20
TENTHS: Final = 10
FILE_LIMIT: Final = 600
SERVICE_LIMIT: Final = 1024
"""MiB of all processes together."""
CHECKED: Final = """
    select phase = 'CHECKED' as done, size - items_left as checked
    from progress_monitor_dataset join dataset_run using (dataset_id) where dataset_id = $1"""


def measure(extent: Extent) -> Figures:
    """Measure both, up to as many releases as are wanted."""
    sizes = FEW if extent.small else [size for size in SIZES if size <= extent.most]
    starting = min(_file(extent, 1)["cpu_seconds"] for _ in range(1 if extent.small else 3))
    files = [_file(extent, size, starting) for size in sizes]
    return {"file": files, "service": asyncio.run(_service(extent, sizes)), "starting_seconds": starting}


def _file(extent: Extent, number: int, starting: float = 0.0) -> dict[str, Any]:
    """Check so many releases as a file that is a pipe; `starting` is what one release takes in CPU seconds."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT if extent.small else compiled())}
    making = [sys.executable, "-m", "bench.releases", str(number)]
    checking = [sys.executable, str(ROOT / "bench/reaping.py"), str(PROGRAM), "check", "-"]
    with _piped(making) as releases:
        began, most = time.monotonic(), 0.0
        check = subprocess.Popen(checking, stdin=releases, stdout=subprocess.PIPE, env=environment)  # noqa: S603 our own
        while check.poll() is None:
            most = max(most, _memory(psutil.Process(check.pid).children()))
            time.sleep(EVERY)
        seconds = time.monotonic() - began
    said, _ = check.communicate()
    if check.returncode:
        raise RuntimeError(f"check ended with status {check.returncode}")
    cpu = float(said)
    return {
        "releases": number,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(cpu, 2),
        "microseconds": round(cpu / number * 1e6, 1),
        "further_microseconds": round((cpu - starting) / number * 1e6, 1),
        "mebibytes": round(most),
    }


@contextmanager
def _piped(command: Sequence[str]) -> Iterator[IO[bytes]]:
    """Run a command, and give what it writes."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:  # noqa: S603 our own
        assert process.stdout is not None  # noqa: S101 for the type checker
        yield process.stdout


def _memory(mains: Sequence[psutil.Process]) -> float:
    """Give the memory of processes and all that they started, in MiB."""
    total = 0.0
    for main in mains:
        try:
            family = [main, *main.children(recursive=True)]
        except psutil.Error:
            continue
        total += sum(map(proportional, family))
    return total / MEBIBYTE


async def _service(extent: Extent, sizes: Sequence[int]) -> list[dict[str, Any]]:
    async with whole_service(small=extent.small) as service, replicas(service, 1):
        first = await service.load(small(WARM_UP, 1))
        for _ in range(2):  # then all processes run, and have imported what they need
            await service.seconds(first)
        return [await _dataset(service, size) for size in sizes]


async def _dataset(service: WholeService, number: int) -> dict[str, Any]:
    collection = await service.load(small(number, 1))
    before, began = service.processor_seconds(), time.monotonic()
    dataset = await service.ask(collection)
    watched = await _watched(service, dataset, number)
    seconds = time.monotonic() - began
    after = service.processor_seconds()
    used = {part: after[part] - before[part] for part in ("loop", "pool", "database")}
    return {
        "releases": number,
        "seconds": round(seconds, 2),
        "cpu_seconds": round(sum(used.values()), 2),
        "microseconds": round(sum(used.values()) / number * 1e6, 1),
        **{f"{part}_microseconds": round(spent / number * 1e6, 1) for part, spent in used.items()},
        **watched,
    }


async def _watched(service: WholeService, dataset: int, number: int) -> dict[str, Any]:
    """Look at a dataset until it is checked: the most memory meanwhile, and the time each tenth of it took."""
    most, last, tenths = 0.0, time.monotonic(), list[float]()
    while True:
        row = await service.target.fetchrow(CHECKED, dataset)
        now = time.monotonic()
        if row is not None and row["checked"] * TENTHS >= number * (len(tenths) + 1):
            reached = row["checked"] * TENTHS // number
            tenths += [(now - last) / (reached - len(tenths)) / number * TENTHS * 1e6] * (reached - len(tenths))
            last = now
        most = max(most, await asyncio.to_thread(_memory, list(service.replicas)))
        if row is not None and row["done"]:
            return {"mebibytes": round(most), "elapsed_microseconds_by_tenth": [round(each) for each in tenths]}
        await asyncio.sleep(EVERY)


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    columns = ("releases", "seconds", "CPU seconds", "µs a release", "further", "MiB", "limit")
    file = table("check FILE, from a pipe", *columns)
    for row in figures["file"]:
        file.add_row(*_cells(row, "further_microseconds"), _limit(row, FILE_LIMIT))
    parts = ("loop", "pool", "database")
    service = table("The service, with PostgreSQL", *columns[:4], *parts, *columns[5:], "elapsed: first tenth", "last")
    for row in figures["service"]:
        costs = [f"{part}_microseconds" for part in parts]
        by_tenth = row["elapsed_microseconds_by_tenth"]
        ends = (f"{by_tenth[0]:,}", f"{by_tenth[-1]:,}") if by_tenth else ("", "")
        service.add_row(*_cells(row, *costs), _limit(row, SERVICE_LIMIT), *ends)
    return [file, service]


def _cells(row: dict[str, Any], *more: str) -> list[str]:
    names = ("releases", "seconds", "cpu_seconds", "microseconds", *more, "mebibytes")
    return [f"{row[name]:,}" for name in names]


def _limit(row: dict[str, Any], limit: int) -> str:
    return f"{limit:,}{' exceeded' if row['mebibytes'] > limit else ''}"


MEASUREMENT: Final = Measurement("growth", measure, tables)

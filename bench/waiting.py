"""Measures how long people wait for the first result: of `check FILE`, and of the service.

Of `check`, from the start of the program until the terminal shows which checks fail in the first releases: of a large
file, the same packed by gzip, and through a pipe. Of the service, from the message until its page says that releases
of the dataset are checked; their results can be read in the same moment.
"""

import asyncio
import fcntl
import gzip
import os
import pty
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack
from itertools import count
from pathlib import Path
from typing import Final

import httpx
import orjson
from rich.table import Table

from bench.check_file import EXAMPLE, ROOT, files, name_of
from bench.databases import databases
from bench.extent import Extent, Figures, Measurement, table
from bench.releases import small
from pelican_async.broker.memory import MemoryBroker
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.reference import codelists
from tests.services import kingfisher_process
from tests.services.rabbitmq import free_ports
from tests.services.running import running, settings_for

COLLECTION: Final = "full"
BYTES: Final = 1_000_000_000
RELEASES: Final = 100_000
"""So many small releases has the dataset that the service is asked for."""
RUNS: Final = 5
FEW: Final = 2_000
LIMIT: Final = 2.0
"""So many seconds may the first result take."""
SHOWN: Final = b"What fails most"
PATIENCE: Final = 60.0
PAUSE: Final = 0.01


def write(path: Path, packed: Path, size: int, *, example: bool) -> None:
    """Write so many bytes of releases, those of a collection again and again under other ocids; and pack them."""
    source = EXAMPLE if example else {name_of(file): file for file in files()}.get(COLLECTION, EXAMPLE)
    text = source.read_bytes()
    lines = (gzip.decompress(text) if source.suffix == ".gz" else text).splitlines()
    originals = [orjson.loads(line) for line in lines]
    with path.open("wb") as file, gzip.open(packed, "wb", compresslevel=1) as gzipped:
        for copy in count():
            block = b"".join(
                orjson.dumps({**release, "ocid": f"{release.get('ocid')}-{copy}"}) + b"\n" for release in originals
            )
            file.write(block)
            gzipped.write(block)
            if file.tell() >= size:
                return


def first_result(command: str) -> float:
    """Run a command in a shell on a terminal; give the seconds until it shows its first result, and end it."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    seen = b""
    began = time.monotonic()
    process = subprocess.Popen(  # noqa: S603 our own command
        ["/bin/sh", "-c", command],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        cwd=ROOT,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        while SHOWN not in seen:
            if time.monotonic() - began > PATIENCE:
                raise TimeoutError(f"{command} showed nothing: {seen[-500:].decode(errors='replace')}")
            seen += os.read(ours, 65_536)
        return time.monotonic() - began
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        while _read(ours):
            pass
        process.wait()
        os.close(ours)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65_536)
    except OSError:  # so Linux says that nobody has the other end any more
        return b""


def commands(path: Path, packed: Path) -> Iterator[tuple[str, str]]:
    """Give what is measured, and its command."""
    program = f"{Path(sys.executable).parent / 'pelican-async'} check"
    yield "check FILE", f"{program} {path}"
    yield "check FILE.gz", f"{program} {packed}"
    yield "check - (from a pipe)", f"cat {path} | {program} -"


async def _service(releases: int, runs: int) -> list[float]:
    """Ask a service that runs for datasets, one after the other; give the seconds until each has releases checked."""
    took = []
    async with AsyncExitStack() as exits:
        both = await exits.enter_async_context(databases())
        collection = await kingfisher_process.load(both.source, small(releases, 1))
        few = await kingfisher_process.load(both.source, small(10, 1))
        (port,) = free_ports(1)
        settings = settings_for(both.url, both.source_url).model_copy(update={"http_port": port})
        client = await exits.enter_async_context(
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False)
        )
        broker = MemoryBroker()
        await exits.enter_async_context(running(settings, broker, codelists.snapshot()))
        for number in range(runs + 1):
            message = ExtractCollection(name=f"dataset {number}", collection_id=collection if number else few)
            began = time.monotonic()
            await broker.publish(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), f"{number}")
            await _until(client, number + 1, gone=False)
            if number:  # the first is for the processes to start
                took.append(time.monotonic() - began)
            await broker.publish(Queue.WIPE, orjson.dumps({"dataset_id": number + 1}), f"wipe {number}")
            await _until(client, number + 1, gone=True)
    return took


async def _until(client: httpx.AsyncClient, dataset_id: int, *, gone: bool) -> None:
    """Ask for the page of a dataset again and again: until it is gone, or some of its releases are checked."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                answer = await client.get(f"/datasets/{dataset_id}")
            except httpx.ConnectError:
                pass  # it is starting
            else:
                found = answer.status_code == httpx.codes.OK
                if not found if gone else found and answer.json()["checked"]:
                    return
            await asyncio.sleep(PAUSE)


def measure(extent: Extent) -> Figures:
    """Measure all of it, in turns."""
    runs = 1 if extent.small else RUNS
    size = 2 * len(EXAMPLE.read_bytes()) if extent.small else BYTES
    seconds: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path, packed = Path(folder) / "releases.jsonl", Path(folder) / "releases.jsonl.gz"
        write(path, packed, size, example=extent.small)
        for _ in range(runs):
            for name, command in commands(path, packed):
                seconds.setdefault(name, []).append(first_result(command))
    seconds["the service, from the message"] = asyncio.run(_service(FEW if extent.small else RELEASES, runs))
    return {
        "bytes": size,
        "releases": FEW if extent.small else RELEASES,
        "waits": {
            name: {"median_seconds": round(statistics.median(found), 2), "worst_seconds": round(max(found), 2)}
            for name, found in seconds.items()
        },
    }


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    title = (
        f"Seconds to the first result: files of {figures['bytes'] / 1e6:,.0f} MB, "
        f"a dataset of {figures['releases']:,} releases"
    )
    shown = table(title, "what", "median", "worst", "limit")
    for name, found in figures["waits"].items():
        over = " exceeded" if found["median_seconds"] > LIMIT else ""
        shown.add_row(name, f"{found['median_seconds']:.2f}", f"{found['worst_seconds']:.2f}", f"{LIMIT}{over}")
    return [shown]


MEASUREMENT: Final = Measurement("waiting", measure, tables)

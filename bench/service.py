"""Measures what a release costs the service: CPU of all its processes and of PostgreSQL, over a floor.

The floor is what no service can do without: COPY the raw releases into the database, read them back once, parse them
once. Both run on fresh servers of their own with the same settings, and neither counts starting up. The database that
collections come from is another server, as it is in deployments, and isn't counted. There is no ancestor.
"""

import asyncio
import gzip
import json
import sys
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import orjson
import psutil

from bench.databases import databases
from pelican_async.broker.memory import MemoryBroker
from pelican_async.database.connecting import opened
from pelican_async.database.embedded import embedded
from pelican_async.database.upgrade import upgrade
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.reference import codelists
from tests.services import kingfisher_process
from tests.services.progress import watched
from tests.services.running import running, settings_for

PAGE: Final = 1_000
WARM_UP: Final = 1_000
"""So many releases are checked before measuring: then all processes run, and have imported what they need."""
PATIENCE: Final = 3_600.0


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds of the service's processes, and of PostgreSQL's."""

    own: float
    database: float


def releases(path: Path, number: int) -> list[bytes]:
    """Give so many releases, repeating those of a file under other ocids."""
    originals = [orjson.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    made: list[bytes] = []
    for copy in count():
        for original in originals:
            if len(made) == number:
                return made
            made.append(orjson.dumps({**original, "ocid": f"{original.get('ocid')}-{copy}"}))
    return made


def cpu(process: psutil.Process) -> float:
    """Give the CPU seconds of a process and all it started, also of what has ended."""
    total = 0.0
    for one in [process, *process.children(recursive=True)]:
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
        if one == process:
            total += times.children_user + times.children_system
    return total


def server_of(url: str) -> psutil.Process:
    """Find the process of an embedded server by the folder of its socket."""
    folder = Path(parse_qs(urlsplit(url).query)["host"][0])
    for process in psutil.process_iter(["name", "cmdline"]):
        line = process.info["cmdline"] or []
        if process.info["name"] == "postgres" and any(str(folder) in part for part in line):
            return process
    raise RuntimeError(f"no server at {folder}")


async def floor(texts: list[bytes]) -> Cost:
    """Write, read and parse the releases."""
    async with embedded() as url:
        await upgrade(url, lambda _: None)
        server = server_of(url)
        async with opened(url) as connection:
            await connection.execute("insert into dataset (id, name, meta) values (1, 'floor', '{}')")
            own, database = time.process_time(), cpu(server)
            for start in range(0, len(texts), PAGE):
                page = texts[start : start + PAGE]
                await connection.copy_records_to_table(
                    "data_item", columns=("dataset_id", "data"), records=[(1, text) for text in page]
                )
            async with connection.transaction():
                async for row in connection.cursor("select data from data_item order by id", prefetch=PAGE):
                    orjson.loads(row["data"])
            return Cost(time.process_time() - own, cpu(server) - database)


async def service(texts: list[bytes]) -> tuple[Cost, dict[str, float]]:
    """Check the releases as one dataset; give the cost, and what the database took: bytes by table, and of WAL."""
    async with AsyncExitStack() as exits:
        both = await exits.enter_async_context(databases())
        warm_up = await kingfisher_process.load(both.source, texts[:WARM_UP])
        collection = await kingfisher_process.load(both.source, texts)
        broker = MemoryBroker()
        progress = await exits.enter_async_context(watched(both.url))
        server, own = server_of(both.url), psutil.Process()
        ours = {server.pid, server_of(both.source_url).pid}

        def used() -> Cost:
            others = sum(cpu(process) for process in own.children() if process.pid in ours or _is_server(process))
            return Cost(cpu(own) - others, cpu(server))

        async with running(settings_for(both.url, both.source_url), broker, codelists.snapshot()):
            await _check(broker, warm_up)
            await progress.until_checked(1, PATIENCE)
            before, sizes = used(), await _sizes(both.target)
            await _check(broker, collection)
            await progress.until_checked(2, PATIENCE)
            after, sizes_after = used(), await _sizes(both.target)
        grown = {name: size - sizes.get(name, 0) for name, size in sizes_after.items()}
        return Cost(after.own - before.own, after.database - before.database), grown


def _is_server(process: psutil.Process) -> bool:
    return any(child.name() == "postgres" for child in [process, *process.children(recursive=True)])


async def _check(broker: MemoryBroker, collection: int) -> None:
    message = ExtractCollection(name=f"collection {collection}", collection_id=collection)
    await broker.publish(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), f"bench-{collection}")


async def _sizes(connection: Any) -> dict[str, float]:  # noqa: ANN401 a connection
    rows = await connection.fetch(
        """select relname, pg_total_relation_size(oid) as size from pg_class
        where relkind = 'r' and relnamespace = current_schema()::regnamespace
        union all select 'WAL', pg_current_wal_lsn() - '0/0'::pg_lsn"""
    )
    return {row["relname"]: float(row["size"]) for row in rows}


def compared(path: Path, number: int) -> dict[str, Any]:
    """Measure both; give microseconds and bytes per release, and the ratio."""
    texts = releases(path, number)
    ground = asyncio.run(floor(texts))
    cost, grown = asyncio.run(service(texts))
    wal = grown.pop("WAL")
    per = 1e6 / number
    return {
        "releases": number,
        "floor_microseconds": round((ground.own + ground.database) * per),
        "service_microseconds": round(cost.own * per),
        "postgresql_microseconds": round(cost.database * per),
        "over_floor": round((cost.own + cost.database) / (ground.own + ground.database), 2),
        "bytes_per_release": round(sum(grown.values()) / number),
        "wal_bytes_per_release": round(wal / number),
        "bytes_by_table": {name: round(size / number) for name, size in grown.items() if size > number},
    }


def main(file: Path, number: int) -> None:
    """Measure, and print the result as JSON."""
    found = compared(file, number)
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

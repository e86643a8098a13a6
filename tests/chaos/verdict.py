"""What must hold when the faults are over."""

import asyncio
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import asyncpg
import psutil

from pelican_async.broker.rabbitmq import RabbitBroker
from pelican_async.messages import Queue
from tests.chaos.workload import Request
from tests.services.world import Rows

SHOWN: Final = 2
WIDTH: Final = 400
BEFORE: Final = 150
PATIENCE: Final = 15.0
LOOK_AGAIN: Final = 0.2


def differences(expected: Rows, found: Mapping[str, Rows], rounds: Collection[int]) -> Iterator[str]:
    """Tell what rows are too many or missing, of which table, in which round."""
    for name in sorted({*map(str, rounds), *found}):
        rows = found.get(name, {})
        wanted = expected if name.isdigit() and int(name) in rounds else {}
        for table in sorted({*wanted, *rows}):
            too_many = Counter(rows.get(table, ())) - Counter(wanted.get(table, ()))
            missing = Counter(wanted.get(table, ())) - Counter(rows.get(table, ()))
            for what, which, others in (
                ("is there, but isn't expected", too_many, missing),
                ("is expected, but isn't there", missing, too_many),
            ):
                for row in list(which)[:SHOWN]:
                    yield f"round {name}, {table}: this row {what}: {_shown(row, others)}"
                if which.total() > SHOWN:
                    yield f"round {name}, {table}: {which.total()} rows in all of which each {what}"


def _shown(row: str, others: Collection[str]) -> str:
    """Show a row, a long one from where it differs from the row that is most like it."""
    alike = max((_common(row, other) for other in others), default=0)
    start = max(alike - BEFORE, 0)
    return ("..." if start else "") + row[start : start + WIDTH]


def _common(one: str, other: str) -> int:
    return next((place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)


async def held(connection: asyncpg.Connection) -> list[str]:
    """Tell what is still held or waits in the database."""
    rows = await connection.fetch(
        "select dataset_id, stage, holder, trouble from dataset_run where num_nonnulls(stage, holder, trouble) > 0"
    )
    told = [f"a lease is left: {dict(row)}" for row in rows]
    told += [f"the outbox has {dict(row)}" for row in await connection.fetch("select * from outbox")]
    others: list[asyncpg.Record] = []
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        others = await connection.fetch(
            """select pid, state, application_name, query from pg_stat_activity
            where backend_type = 'client backend' and pid <> pg_backend_pid()"""
        )
        if not others:
            break
        await asyncio.sleep(LOOK_AGAIN)
    return told + [f"a connection is left: {dict(row)}" for row in others]


async def left_over(broker: RabbitBroker, thrown_in: Sequence[Request]) -> list[str]:
    """Tell which messages are left, and which dead letters there are beside the garbage."""
    told = [f"{depth} messages are left in {queue}" for queue in Queue if (depth := await broker.depth(queue))]
    expected = {request.key: request for request in thrown_in}
    found = {str(dead.headers.get("x-pelican-key")): dead for dead in await broker.dead_letters(10_000)}
    told += [f"no dead letter, but garbage: {expected[key]}" for key in sorted(expected.keys() - found.keys())]
    for key in sorted(found.keys() - expected.keys()):
        dead = found[key]
        told.append(f"a dead letter that isn't garbage: {key} of {dead.queue}: {dead.reason} {dead.body[:300]!r}")
    return told


def remains(folder: Path, mark: str) -> list[str]:
    """Tell which temporary files and processes are left."""
    processes: list[str] = []
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        processes = [f"a process is left: {told}" for told in _marked(mark)]
        if not processes:
            break
        time.sleep(LOOK_AGAIN)
    return processes + [f"a temporary file is left: {path}" for path in sorted(folder.rglob("*"))]


def _marked(mark: str) -> Iterator[str]:
    for process in psutil.process_iter():
        try:
            if process.environ().get("CHAOS") == mark:
                yield f"{process.pid} {' '.join(process.cmdline())[:200]}"
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue

"""Measures how long every page, and `status`, take on a database with very many items.

The rows are made by the server itself, in all tables that grow with items or datasets: one collection has half of the
items and is being checked, others get smaller and smaller, and a thousand are very small. An item is a release of about
300 bytes with its results, some 900 bytes in all tables together, so ten million of them take about 9 GB; the data are
in a temporary folder, which is removed at the end. The outbox is as full as while the broker is away.

Of each page the median and the longest time are told, and of the slowest queries their plans. `pelican-async status` is
a program that starts, asks once and ends: what it asks is told apart from the whole.
"""

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import httpx
from rich.table import Table

from bench.extent import Extent, Figures, Measurement, table
from pelican_async import supervisor
from pelican_async.broker.memory import MemoryBroker
from pelican_async.cli import status
from pelican_async.database.connecting import Connection, opened
from pelican_async.database.embedded import embedded
from pelican_async.database.layouts import current_layout
from pelican_async.database.status import status_of, statuses
from pelican_async.database.upgrade import upgrade
from pelican_async.reference import codelists
from pelican_async.web.app import application
from pelican_async.web.server import served
from tests.services.running import settings_for

ITEMS: Final = 10_000_000
FEW: Final = 20_000
RUNS: Final = 9
PROGRAM: Final = "pelican-async"
LIMIT: Final = 100
"""So many milliseconds may an answer take."""
SMALL: Final = 1_000
"""So many datasets are very small, and each has so many items:"""
SMALL_ITEMS: Final = 10
PAGES: Final = (
    "/health/live",
    "/health/ready",
    "/metrics",
    "/datasets",
    "/datasets?limit=1000",
    f"/datasets?before={SMALL + 1}",
    "/datasets/1",
    "/datasets/2",
    f"/datasets/{SMALL + 2}",
    "/openapi.json",
)
SECONDS: Final = 7_200.0
"""So long may one statement take that fills a table."""
CHUNK: Final = 200_000
OUTBOX: Final = 20_000
SHOWN: Final = 3
"""So many of the slowest queries are told, with their plans."""
WIDE: Final = 80
PREPARE: Final = """
    create temporary table size_of (dataset_id bigint, first_item_id bigint, items bigint);
"""
DATASETS: Final = """
    insert into dataset (id, name, meta, ancestor_id)
    select
        dataset_id, 'collection ' || dataset_id,
        '{"compiled_releases": {"total_unique_ocids": 1}, "kingfisher_metadata": {"collection_id": 1}}',
        nullif(dataset_id - 1, 0)
    from size_of order by 1;
    insert into progress_monitor_dataset (dataset_id, phase, state, size)
    select
        dataset_id, case dataset_id when 1 then 'CONTRACTING_PROCESS' else 'CHECKED' end,
        case dataset_id when 1 then 'IN_PROGRESS' else 'OK' end, items
    from size_of order by 1;
    insert into dataset_run (dataset_id, source, first_item_id, items_left, without_ocid, not_checked, today, asked_by)
    select
        dataset_id, '{"kind": "extract_kingfisher_process", "collection_id": 1, "checked_with": ["a list", "rates"]}',
        first_item_id, case dataset_id when 1 then items / 2 else 0 end, items / 1000, items / 50, 738000,
        'request ' || dataset_id
    from size_of order by 1;
    select setval('dataset_id_seq', (select max(dataset_id) from size_of));
"""
MADE: Final = (
    """
    insert into data_item (id, dataset_id, data)
    select item, $1::bigint, jsonb_build_object(
        'ocid', 'ocds-213czf-' || item, 'id', item::text, 'date', '2026-01-02T03:04:05Z', 'tag', '["compiled"]'::jsonb,
        'buyer', jsonb_build_object('id', (item % 997)::text, 'name', 'Buyer ' || item % 997),
        'tender', jsonb_build_object('id', item::text, 'title', 'Works number ' || item, 'status', 'complete',
            'value', jsonb_build_object('amount', item % 5003, 'currency', 'USD')))
    from generate_series($2::bigint, $3::bigint) as item
    """,
    """
    insert into progress_monitor_item (dataset_id, item_id, state)
    select
        $1::bigint, item,
        case when $1::bigint = 1 and item > ($2::bigint + $3::bigint) / 2 then 'IN_PROGRESS' else 'OK' end
    from generate_series($2::bigint, $3::bigint) as item
    """,
    """
    insert into item_result (data_item_id, dataset_id, layout, ocid, fields, checks)
    select
        item, $1::bigint, (select min(id) from layout), 'ocds-213czf-' || item,
        '{"0":"0000000001001000001011","2":"000011","93":"' || repeat('0', 64 - length(item::text)) || item || '"}',
        '{"coherent.dates":[1,1],"consistent.tender_value":[1,1],"reference.buyer_in_parties":[1,0,{"reason":"none"}]}'
    from generate_series($2::bigint, $3::bigint) as item
    where item % 50 > 0 and ($1::bigint > 1 or item <= ($2::bigint + $3::bigint) / 2)
    """,
    """
    insert into item_not_checked (data_item_id, dataset_id, reason)
    select item, $1::bigint, 'is not an object' from generate_series($2::bigint, $3::bigint) as item where item % 50 = 0
    """,
    """
    insert into item_changed (data_item_id, dataset_id, changes)
    select item, $1::bigint, 'numbers are rounded'
    from generate_series($2::bigint, $3::bigint) as item where item % 100 = 1
    """,
    """
    insert into batch_partial (dataset_id, first_item_id, last_item_id, items, checked_by, tally, collected, snapshot)
    select
        $1::bigint, item, item + 99, 98, 'bench',
        repeat('a', 300)::bytea, repeat('b', 500)::bytea, repeat('c', 200)::bytea
    from generate_series($2::bigint, $3::bigint, 100) as item
    """,
)
WHOLES: Final = """
    insert into report (dataset_id, type, data)
    select dataset_id, type, (select jsonb_object_agg(number, repeat('r', 40)) from generate_series(1, 100) as number)
    from size_of, unnest('{field_level_check,resource_level_check}'::report_type[]) as type;
    insert into dataset_level_check (check_name, result, value, meta, dataset_id)
    select 'check ' || number, true, 100, '{}', dataset_id from size_of, generate_series(1, 24) as number;
    insert into outbox (dataset_id, queue, body)
    select 1, 'extractor', '{"dataset_id": 1, "item_ids": [1]}' from generate_series(1, %s);
"""


def sizes(items: int) -> Iterator[int]:
    """Give the sizes of datasets: a half, a quarter and so on; then a thousand small ones."""
    left = items - SMALL * SMALL_ITEMS
    while left > SMALL_ITEMS:
        size = left - left // 2 if left > items // 1000 else left
        yield size
        left -= size
    yield from [SMALL_ITEMS] * SMALL


async def fill(connection: Connection, items: int) -> None:
    """Make so many items in all."""
    await current_layout(connection, quality=True)
    await connection.execute(PREPARE)
    first = 1
    for dataset_id, size in enumerate(sizes(items), 1):
        await connection.execute("insert into size_of values ($1, $2, $3)", dataset_id, first, size)
        first += size
    await connection.execute(DATASETS, timeout=SECONDS)
    for dataset_id, begin, size in await connection.fetch("select * from size_of order by 1"):
        for start in range(begin, begin + size, CHUNK):
            await fill_items(connection, dataset_id, start, min(start + CHUNK, begin + size) - 1)
    await connection.execute(WHOLES % OUTBOX, timeout=SECONDS)
    await connection.execute("select setval('data_item_id_seq', $1::bigint)", first)
    await connection.execute("vacuum analyze", timeout=SECONDS)
    await connection.execute("checkpoint", timeout=SECONDS)


async def fill_items(connection: Connection, dataset_id: int, first: int, last: int) -> None:
    """Make some items of a dataset, with all that is kept of them."""
    for statement in MADE:
        await connection.execute(statement, dataset_id, first, last, timeout=SECONDS)


class Explaining:
    """Stands for a connection, and keeps the plan of every query: `plans` has time in ms, SQL and the plan as text."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.plans: list[tuple[float, str, str]] = []

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator["Explaining"]:
        """Give itself, as a pool gives connections."""
        yield self

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 the connection's methods
        method = getattr(self.connection, name)
        if name not in {"fetch", "fetchrow", "fetchval"}:
            return method

        async def explained(sql: str, *arguments: Any) -> Any:  # noqa: ANN401 as the connection has it
            rows = await self.connection.fetch(f"explain (analyze, buffers) {sql}", *arguments)
            plan = [row[0] for row in rows]
            took = next(float(line.split()[-2]) for line in plan if line.startswith("Execution Time"))
            self.plans.append((took, " ".join(sql.split()), "\n".join(plan)))
            return await method(sql, *arguments)

        return explained


async def timed(client: httpx.AsyncClient, path: str) -> float:
    """Ask for a page, and give the milliseconds that it takes."""
    began = time.perf_counter()
    answer = await client.get(path)
    took = (time.perf_counter() - began) * 1e3
    if answer.status_code not in {200, 503}:  # nothing consumes here, so it isn't ready
        raise RuntimeError(f"{path} is answered with {answer.status_code}")
    return took


async def command(url: str, *arguments: str) -> float:
    """Run `pelican-async` with arguments, and give the milliseconds that it takes, its start included."""
    environment = {**os.environ, "DATABASE_URL": url}
    line = [str(Path(sys.executable).parent / PROGRAM), *arguments]
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(*line, env=environment, stdout=subprocess.DEVNULL)
    if await process.wait():
        raise RuntimeError(f"{arguments} failed")
    return (time.perf_counter() - began) * 1e3


async def asked(connection: Connection) -> dict[str, float]:
    """Ask what `status` asks; give the milliseconds."""
    found = {}
    for name, question in (
        ("status: its query", statuses(connection, before=None, limit=status.SHOWN)),
        ("status 1: its query", status_of(connection, 1)),
    ):
        began = time.perf_counter()
        await question
        found[name] = (time.perf_counter() - began) * 1e3
    return found


async def _measured(items: int, runs: int) -> Figures:
    times: dict[str, list[float]] = {}
    async with embedded() as url, AsyncExitStack() as exits:
        await upgrade(url, lambda _: None)
        connection = await exits.enter_async_context(opened(url))
        await fill(connection, items)
        size = await connection.fetchval("select pg_database_size(current_database())")
        settings = settings_for(url)
        broker = MemoryBroker()
        await broker.declare()
        parts = await exits.enter_async_context(supervisor.built(settings, codelists.snapshot()))
        app = application(parts, broker)
        port = await exits.enter_async_context(served(app, settings.http_address, 0))
        client = await exits.enter_async_context(
            httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60, trust_env=False)
        )
        await client.get("/health/live")  # starts the pool
        for _ in range(runs):
            for path in PAGES:
                times.setdefault(path, []).append(await timed(client, path))
            for name, took in (await asked(connection)).items():
                times.setdefault(name, []).append(took)
        explaining: Any = Explaining(connection)
        transport = httpx.ASGITransport(application(replace(parts, database=explaining), broker))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", timeout=60) as asking:
            for path in PAGES:
                await asking.get(path)
        for arguments in (("status",), ("status", "1"), ("--version",)):
            said = f"{PROGRAM} {' '.join(arguments)}"
            times[said] = [await command(url, *arguments) for _ in range(runs)]
    slowest: dict[str, Mapping[str, Any]] = {}
    for took, sql, plan in sorted(explaining.plans, reverse=True):
        slowest.setdefault(sql, {"milliseconds": took, "query": sql, "plan": plan})
    return {
        "items": items,
        "gigabytes": round(size / 1e9, 1),
        "pages": {
            page: {"median": round(statistics.median(found), 1), "worst": round(max(found), 1)}
            for page, found in times.items()
        },
        "slowest": list(slowest.values())[:SHOWN],
    }


def measure(extent: Extent) -> Figures:
    """Fill a database, and ask."""
    return asyncio.run(_measured(FEW if extent.small else ITEMS, 1 if extent.small else RUNS))


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    title = f"Milliseconds to an answer, with {figures['items']:,} items ({figures['gigabytes']} GB)"
    shown = table(title, "page", "median", "worst", "limit")
    for page, found in figures["pages"].items():
        limit = "" if page.startswith(PROGRAM) else f"{LIMIT}{' exceeded' if found['worst'] > LIMIT else ''}"
        shown.add_row(page, f"{found['median']:.1f}", f"{found['worst']:.1f}", limit)
    plans = table("The slowest queries", "query", "ms", "plan")
    for one in figures["slowest"]:
        nodes = [line.split("  (cost")[0].strip(" ->") for line in one["plan"].splitlines() if "  (cost" in line]
        query = one["query"] if len(one["query"]) <= WIDE else f"{one['query'][:WIDE]}..."
        plans.add_row(query, f"{one['milliseconds']:.2f}", "; ".join(nodes))
    return [shown, plans]


MEASUREMENT: Final = Measurement("pages", measure, tables)

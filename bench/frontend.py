"""Measures the queries by which the frontend lists failing releases, over the same on tables of whole results.

Both layouts get the same results of the same releases, in one database: ours as the service writes them, the existing
system's as it wrote them, one JSON value a release. The queries are word for word the frontend's; their answers must be
equal. They run in turns, and medians are compared. How many buffers are read for each doesn't depend on what else the
machine does, so it is told, too.
"""

import asyncio
import gzip
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson
from rich.table import Table

from bench.check_file import EXAMPLE, files, name_of
from bench.extent import Extent, Figures, Measurement, table
from checks.batch import Mapper, Wanted
from checks.field_table import VARIANTS
from checks.fields import results
from checks.quality import Quality
from checks.reference_data import ReferenceData
from checks.sampling import Sampling
from checks.values import Json
from pelican_async import days
from pelican_async.database.connecting import Connection, opened
from pelican_async.database.embedded import embedded
from pelican_async.database.layouts import current_layout
from pelican_async.database.upgrade import upgrade
from pelican_async.reference import codelists, rates
from tests.services.frontend_queries import FAILING_CHECK, FAILING_FIELD

COLLECTION: Final = "ordinary"
"""The golden collection whose releases are repeated; where there is none, the example."""
RELEASES: Final = 100_000
RUNS: Final = 3
FEW: Final = 200
LIMIT: Final = 1
"""So much of what they take on the existing layout may the queries take, in all."""
OURS: Final = "public"
EXISTING: Final = "existing_system, public"
"""The search paths by which a query finds either layout."""
DATASET: Final = 2
"""The dataset that is asked for; what it is made of is in another one."""
SECONDS: Final = 3_600.0
"""So long may one statement take."""
FIELDS: Final = (
    "ocid",
    "date",
    "buyer.name",
    "parties.identifier.id",
    "parties.contactPoint.email",
    "tender.value.amount",
    "tender.documents.url",
    "awards.suppliers.name",
    "contracts.implementation.transactions.value.amount",
)
"""Fields of which the failing releases are asked for: at the top and deep, filled always and hardly ever."""
CHECKS: Final = (
    "coherent.dates",
    "coherent.tender_status",
    "consistent.parties_roles",
    "consistent.tender_value",
    "reference.supplier_in_parties",
)


@dataclass(frozen=True, slots=True)
class Query:
    """One of the frontend's queries: of which kind it is, what it is about, and its SQL."""

    kind: str
    about: str
    sql: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What a query took in one layout: seconds, each time; and buffers."""

    seconds: Sequence[float]
    buffers: int

    @property
    def median(self) -> float:
        """Give the median, in seconds."""
        return statistics.median(self.seconds)


def queries() -> Iterator[Query]:
    """Give the queries that are measured."""
    for name in FIELDS:
        for group in ("coverage", "quality"):
            yield Query(f"field {group}", name, FAILING_FIELD.format(dataset=DATASET, path=name, group=group))
    for name in CHECKS:
        yield Query("check", name, FAILING_CHECK.format(dataset=DATASET, name=name))


def releases(path: Path) -> list[dict[str, Json]]:
    """Read the releases of a file."""
    text = path.read_bytes()
    return [orjson.loads(line) for line in (gzip.decompress(text) if path.suffix == ".gz" else text).splitlines()]


async def fill(connection: Connection, originals: Sequence[dict[str, Json]], number: int) -> None:
    """Store so many releases with their results, in both layouts: those given again and again, under other ocids."""
    layout = await current_layout(connection, quality=True)
    await connection.execute(
        "insert into dataset (id, name, meta) values (1, 'originals', '{}'), ($1, 'repeated', '{}')", DATASET
    )
    now = datetime.now(UTC)
    reference_data = ReferenceData(codelists.snapshot(), rates.snapshot().rates, days.last_day(now))
    mapper = Mapper(reference_data, Sampling(b"bench", 1), Wanted(facts=False, stored=True))
    stored = mapper.map(list(enumerate(originals, 1))).stored
    await connection.copy_records_to_table(
        "data_item",
        columns=("id", "dataset_id", "data"),
        records=[(item, 1, orjson.dumps(release)) for item, release in enumerate(originals, 1)],
    )
    await connection.copy_records_to_table(
        "item_result",
        columns=("data_item_id", "dataset_id", "layout", "ocid", "fields", "checks"),
        records=[(item, 1, layout, *one) for item, one in enumerate(stored, 1)],
    )
    await _store_whole(connection, originals, reference_data)
    await connection.execute(REPEATED, DATASET, len(originals), number, timeout=SECONDS)
    await connection.execute(WHOLE, timeout=SECONDS)
    for statement in ("vacuum analyze", "checkpoint"):
        await connection.execute(statement, timeout=SECONDS)


async def _store_whole(
    connection: Connection, originals: Sequence[dict[str, Json]], reference_data: ReferenceData
) -> None:
    """Write the results of fields as the existing system has them."""
    quality = Quality(VARIANTS, reference_data)
    quality.guarded = True
    await connection.execute("create temporary table original_field (data_item_id bigint, result jsonb)")
    await connection.copy_records_to_table(
        "original_field",
        records=[
            (item, orjson.dumps({"meta": {}, "checks": results(release, quality)}))
            for item, release in enumerate(originals, 1)
        ],
    )


REPEATED: Final = """
    with copies as (
        select id + copy * $2::integer as id, id as original, copy, data
        from generate_series(1, ($3::integer - 1) / $2::integer + 1) as copy, data_item
        where dataset_id = 1 and id + (copy - 1) * $2::integer <= $3::integer
    ), items as (
        insert into data_item (id, dataset_id, data)
        select id, $1, jsonb_set(data, '{ocid}', to_jsonb(concat(data ->> 'ocid', '-', copy))) from copies
    )
    insert into item_result (data_item_id, dataset_id, layout, ocid, fields, checks)
    select id, $1, layout, ocid || '-' || copy, fields, checks
    from copies join item_result on data_item_id = original
"""
WHOLE: Final = f"""
    create schema existing_system;
    create table existing_system.field_level_check (like field_level_check_whole including all);
    create table existing_system.resource_level_check (like resource_level_check_whole including all);
    create temporary table original as
        select data_item_id, field.result as field, resource.result::jsonb as resource
        from original_field as field join resource_level_check as resource using (data_item_id);
    create temporary table copy as
        select data_item_id, ocid, (data_item_id - 1) % (select count(*) from original_field) + 1 as original
        from item_result where dataset_id = {DATASET};
    insert into existing_system.field_level_check (data_item_id, dataset_id, result)
        select copy.data_item_id, {DATASET}, jsonb_set(
            field, '{{meta}}', jsonb_build_object('ocid', ocid, 'item_id', copy.data_item_id))
        from copy join original on original = original.data_item_id order by 1;
    insert into existing_system.resource_level_check (data_item_id, dataset_id, result)
        select copy.data_item_id, {DATASET}, jsonb_set(
            resource, '{{meta}}', jsonb_build_object('ocid', ocid, 'item_id', copy.data_item_id))
        from copy join original on original = original.data_item_id order by 1;
"""  # noqa: S608 our own number


async def compare(connection: Connection, query: Query, runs: int) -> dict[str, Measured]:
    """Run a query on both layouts in turns; give what it took on each. Raises `ValueError` if the answers differ."""
    seconds: dict[str, list[float]] = {OURS: [], EXISTING: []}
    answers: dict[str, list[Any]] = {}
    buffers: dict[str, int] = {}
    for run in range(runs):
        for layout, its_seconds in seconds.items():
            await connection.execute(f"set search_path to {layout}")
            began = time.perf_counter()
            rows = await connection.fetch(query.sql, timeout=SECONDS)
            its_seconds.append(time.perf_counter() - began)
            answers[layout] = [ocid for (ocid,) in rows]
            if not run:
                buffers[layout] = await _buffers(connection, query.sql)
    if answers[OURS] != answers[EXISTING]:
        raise ValueError(f"the answers for {query.kind} {query.about} differ")
    return {layout: Measured(seconds[layout], buffers[layout]) for layout in seconds}


async def _buffers(connection: Connection, sql: str) -> int:
    """Give how many buffers a query looks at: whether they come from memory or disk is chance."""
    said = await connection.fetchval(f"explain (analyze, buffers, format json) {sql}", timeout=SECONDS)
    plan = orjson.loads(said)[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])


async def _measured(path: Path, number: int, runs: int) -> Figures:
    rows: list[dict[str, Any]] = []
    async with embedded() as url:
        await upgrade(url, lambda _: None)
        async with opened(url) as connection:
            await fill(connection, releases(path), number)
            for query in queries():
                found = await compare(connection, query, runs)
                rows.append(
                    {
                        "query": query.kind,
                        "about": query.about,
                        "milliseconds": round(found[OURS].median * 1e3, 1),
                        "existing_milliseconds": round(found[EXISTING].median * 1e3, 1),
                        "ratio": round(found[OURS].median / found[EXISTING].median, 2),
                        "buffers": found[OURS].buffers,
                        "existing_buffers": found[EXISTING].buffers,
                    }
                )
    sums = {name: round(sum(row[name] for row in rows), 1) for name in ("milliseconds", "existing_milliseconds")}
    ratio = round(sums["milliseconds"] / sums["existing_milliseconds"], 2)
    return {"collection": name_of(path), "releases": number, "queries": rows, "all": {**sums, "ratio": ratio}}


def measure(extent: Extent) -> Figures:
    """Compare all queries."""
    golden = {name_of(path): path for path in files()}
    path = EXAMPLE if extent.small else golden.get(COLLECTION, EXAMPLE)
    return asyncio.run(_measured(path, FEW if extent.small else RELEASES, 1 if extent.small else RUNS))


def tables(figures: Figures) -> Sequence[Table]:
    """Show the figures."""
    title = f"Queries of the frontend on {figures['releases']:,} releases like those of {figures['collection']}"
    shown = table(title, "query", "ms", "existing ms", "ratio", "limit", "buffers", "existing buffers")
    for row in figures["queries"]:
        times = [f"{row[name]:,.0f}" for name in ("milliseconds", "existing_milliseconds")]
        buffers = [f"{row[name]:,}" for name in ("buffers", "existing_buffers")]
        shown.add_row(f"{row['query']}: {row['about']}", *times, f"{row['ratio']:.2f}", "", *buffers)
    every = figures["all"]
    verdict = f"{LIMIT}{' exceeded' if every['ratio'] > LIMIT else ''}"
    times = [f"{every[name]:,.0f}" for name in ("milliseconds", "existing_milliseconds")]
    shown.add_row("all", *times, f"{every['ratio']:.2f}", verdict, "", "")
    return [shown]


MEASUREMENT: Final = Measurement("frontend", measure, tables)

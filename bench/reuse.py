"""What `unchanged.py` measures, in a process of its own: prints JSON.

It does for each release what the service does now, a stage at a time, and what it would do for one that is the same as
in the ancestor and takes its results from there. Microseconds of CPU per release, of this process and of PostgreSQL.
"""

import asyncio
import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

import orjson

from bench.service import cpu, server_of
from checks import catalog
from checks.batch import FAILS, PASSES, RELEASE_NODE, SLOTS, Mapper, Partial, Wanted
from checks.case_samples import SamplesSoFar
from checks.fields import TREE
from checks.noted import Noted
from checks.outcomes import ERROR, MISSING, Row, row_of
from checks.reference_data import ReferenceData
from checks.release import Release
from checks.results import Result
from checks.rows import KnownRow
from checks.sampling import Sampling
from checks.stored import Stored, stored
from pelican_async import days, item_work, partials
from pelican_async.database.connecting import opened
from pelican_async.database.embedded import embedded
from pelican_async.database.layouts import current_layout
from pelican_async.database.upgrade import upgrade
from pelican_async.item_work import DEPTH
from pelican_async.reference import codelists, rates
from pelican_async.sources.parsing import parse

BATCH: Final = 100
RUNS: Final = 5
FIRST: Final = 1
WANTED: Final = Wanted(20, facts=False, snapshot=True, stored=True)
WIDTHS: Final = {node: len(tree.fields) for node, tree in enumerate(TREE)}
SLOT_OF: Final = {name: slot for slot, name in enumerate(catalog.find("compiled_release"))}
DIGEST: Final = 16
"""So many bytes has the digest by which a release would be found again."""


def read(path: Path, number: int) -> list[bytes]:
    """Give so many releases of a file, again and again from its beginning."""
    text = path.read_bytes()
    lines = (gzip.decompress(text) if path.suffix == ".gz" else text).splitlines()
    return list(islice(cycle(lines), number))


def rows_of(one: Stored) -> dict[int, list[Row]]:
    """Read the rows of a release again, by node, from what is stored of it."""
    rows = {}
    for node, digits in orjson.loads(one.fields).items():
        width = WIDTHS[int(node)]
        rows[int(node)] = [digits[start : start + width] for start in range(0, len(digits), width)]
    of_checks = [MISSING] * SLOTS[RELEASE_NODE]
    for name, result in orjson.loads(one.checks).items():
        code = ERROR if type(result) is str else PASSES if len(result) < 3 else FAILS  # noqa: PLR2004 the third is `meta`
        of_checks[SLOT_OF[name]] = code
    rows[RELEASE_NODE] = [row_of(of_checks)]
    return rows


class Stages:
    """The stages of the map, each over all releases, batch by batch: what one leaves, the next takes up."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        reference_data = ReferenceData(codelists.snapshot(), rates.snapshot().rates, days.last_day(datetime.now(UTC)))
        self.reference_data = reference_data
        self.texts = texts
        self.sampling = Sampling(b"dataset", FIRST)
        self.mapper = Mapper(reference_data, self.sampling, WANTED)
        self.values: list[Any] = []
        self.releases: list[Release] = []
        self.noted: list[Noted] = []
        self.rows: list[dict[int, list[Row]]] = []
        self.results: list[dict[str, Result]] = []
        self.stored: list[Stored] = []
        self.mapped: list[Partial] = []

    def whole(self) -> None:
        """Do all of it as the service does."""
        for start in range(0, len(self.texts), BATCH):
            batch = ((FIRST + start + at, parse(text, DEPTH)) for at, text in enumerate(self.texts[start:][:BATCH]))
            partials.packed(self.mapper.map(batch).partial)

    def parse(self) -> None:
        """Parse the texts."""
        self.values = [parse(text, DEPTH) for text in self.texts]

    def facts(self) -> None:
        """Look at each release for the dataset-level and the time-based checks, which need the release itself."""
        self.releases = [Release(value, item, self.reference_data) for item, value in enumerate(self.values, FIRST)]
        self.mapped = []
        for release in self.releases:
            if (release.item - FIRST) % BATCH == 0:
                self.mapped.append(Partial(self.sampling, WANTED))
            partial = self.mapped[-1]
            partial.add_day(release.day)
            partial.dataset.add(release, self.sampling.scramble(release.item))
            partial.remember(release)

    def fields(self) -> None:
        """Find each field's outcome."""
        so_far = SamplesSoFar(WANTED.sample_size)
        self.noted = [Noted(SLOTS, self.sampling.step, so_far, failing=WANTED.failing_examples) for _ in self.mapped]
        self.rows = []
        for at, release in enumerate(self.releases):
            noted = self.noted[at // BATCH]
            noted.begin(self.sampling.scramble(release.item))
            self.mapper.field_walk.walk(release.data, noted.nodes)
            self.rows.append(noted.of_item())

    def checks(self) -> None:
        """Apply the checks of releases."""
        partial = Partial(self.sampling, WANTED)
        check = self.mapper._check  # noqa: SLF001 a part of the map, to be measured alone
        self.results = [{} for _ in self.releases]
        for at, (release, rows, results) in enumerate(zip(self.releases, self.rows, self.results, strict=True)):
            row = self.mapper._row(check(partial, release, results))  # noqa: SLF001 likewise
            rows[RELEASE_NODE] = [row.text]
            noted = self.noted[at // BATCH]
            noted.begin(self.sampling.scramble(release.item))
            noted.nodes[RELEASE_NODE].add(row)

    def store(self) -> None:
        """Make what is stored of each release, of rows that are put together again."""
        noted = Noted(SLOTS, self.sampling.step, SamplesSoFar(0), failing=False)
        known: dict[Row, KnownRow] = {}
        self.stored = []
        for release, rows, results in zip(self.releases, self.rows, self.results, strict=True):
            noted.begin(self.sampling.scramble(release.item))
            for node, of_node in rows.items():
                for row in of_node:
                    if row not in known:
                        known[row] = KnownRow(row)
                    noted.nodes[node].add(known[row])
            self.stored.append(stored(release.ocid, noted.nodes, results, {}))

    def tally(self) -> None:
        """Count outcomes, and sample them."""
        for partial, noted in zip(self.mapped, self.noted, strict=True):
            partial.tally = noted.tally()

    def pack(self) -> None:
        """Make the partials of batches small."""
        for partial in self.mapped:
            partials.packed(partial)

    def digest(self) -> None:
        """Tell by the bytes whether it is the same."""
        for text in self.texts:
            blake2b(text, digest_size=DIGEST).digest()

    def restore(self) -> None:
        """Read from what is stored what the reports count and sample."""
        for one in self.stored:
            rows_of(one)

    def again(self) -> bool:
        """Say whether what is restored is what was computed."""
        return all(rows_of(one) == rows for one, rows in zip(self.stored, self.rows, strict=True))


def timed(work: Callable[[], None], number: int) -> float:
    """Give the microseconds of CPU per release."""
    began = time.process_time()
    work()
    return (time.process_time() - began) / number * 1e6


NOW: Final = ("data_item_id", "dataset_id", "layout", "ocid", "fields", "checks")
TAKE_OVER: Final = """
    with same as (
        select item.id, earlier.id as earlier from unnest($1::bigint[], $2::bytea[]) as item (id, digest)
        join item_digest as earlier on earlier.dataset_id = 1 and earlier.digest = item.digest
    ), taken as (
        insert into item_result (data_item_id, dataset_id, layout, ocid, fields, checks)
        select same.id, 2, layout, ocid, fields, checks from same join item_result on data_item_id = same.earlier
        returning data_item_id, fields, checks
    ), noted as (
        insert into item_digest (id, dataset_id, digest)
        select id, 2, digest from unnest($1::bigint[], $2::bytea[]) as item (id, digest)
    )
    select * from taken
"""


async def database(texts: Sequence[bytes], results: Sequence[Stored], runs: int) -> dict[str, list[float]]:
    """Write results as now, and take them over from the ancestor instead; microseconds here and in PostgreSQL."""
    took: dict[str, list[float]] = {name: [] for name in ("copy", "copy_sql", "take_over", "take_over_sql")}
    number = len(texts)
    digests = [blake2b(text + b"%d" % at, digest_size=DIGEST).digest() for at, text in enumerate(texts)]
    async with embedded() as url:
        await upgrade(url, lambda _: None)
        server = server_of(url)
        async with opened(url) as connection:
            layout = await current_layout(connection, quality=True)
            await connection.execute(
                """create table item_digest (id bigint primary key, dataset_id bigint not null, digest bytea not null);
                create index on item_digest (dataset_id, digest)"""
            )
            await connection.copy_records_to_table(
                "item_digest", records=[(at, 1, digest) for at, digest in enumerate(digests)]
            )
            await connection.copy_records_to_table(
                "item_result", columns=NOW, records=[(at, 1, layout, *one) for at, one in enumerate(results)]
            )
            await connection.execute("vacuum analyze")

            async def copy(items: Sequence[int]) -> None:
                records = [(number + at, 2, layout, *results[at]) for at in items]
                await connection.copy_records_to_table("item_result", columns=NOW, records=records)

            async def take_over(items: Sequence[int]) -> None:
                found = await connection.fetch(TAKE_OVER, [number + at for at in items], [digests[at] for at in items])
                if len(found) != len(items):
                    raise RuntimeError("results were not found again")

            for _ in range(runs):
                for name, work in (("copy", copy), ("take_over", take_over)):
                    own, there = time.process_time(), cpu(server)
                    for start in range(0, number, BATCH):
                        await work(range(start, min(start + BATCH, number)))
                    took[name].append((time.process_time() - own) / number * 1e6)
                    took[f"{name}_sql"].append((cpu(server) - there) / number * 1e6)
                    await connection.execute("delete from item_result where dataset_id = 2")
                    await connection.execute("delete from item_digest where dataset_id = 2")
                    await connection.execute("vacuum item_result, item_digest")
    return took


def main(path: Path, number: int, runs: int) -> None:
    """Measure everything in turns; print medians."""
    texts = read(path, number)
    item_work.prepare()  # as in a pool process: nobody looks for cycles of references
    stages = Stages(texts)
    in_turn = ("whole", "parse", "facts", "fields", "checks", "store", "tally", "pack", "digest", "restore")
    took: dict[str, list[float]] = {name: [] for name in in_turn}
    for _ in range(runs):
        for name in in_turn:
            took[name].append(timed(getattr(stages, name), number))
    if not stages.again():
        raise RuntimeError("what is stored doesn't give the rows again")
    took |= asyncio.run(database(texts, stages.stored, runs))
    found = {name: round(statistics.median(values), 1) for name, values in took.items()}
    sys.stdout.write(json.dumps({"releases": number, "bytes": round(sum(map(len, texts)) / number), **found}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

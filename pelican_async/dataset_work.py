"""What is done with a dataset as a whole, in a process of its own: it reads partials from the database, and merges them."""

import asyncio
import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final, TypeVar

import orjson

from checks.batch import Partial, Wanted
from checks.dataset.accumulators import Accumulators
from checks.facts import Facts, facts
from checks.facts import read as read_facts
from checks.reference_data import ReferenceData
from checks.release import Release
from checks.sampling import Sampling
from checks.time_based.comparing import compare
from checks.time_based.snapshots import Snapshot
from checks.values import Json
from pelican_async import item_work, partials
from pelican_async.database.connecting import Connection, single
from pelican_async.item_work import DEPTH, KEY, Checking
from pelican_async.network.availability import availability
from pelican_async.reports.examples import quote
from pelican_async.reports.stored import stored_reports
from pelican_async.sources.parsing import parse

ReadT = TypeVar("ReadT")
PAGE: Final = 200
"""So many releases, or partials, are read at once."""


@dataclass(frozen=True, slots=True)
class WholeDataset:
    """A dataset whose items are all checked, and how they were: `checked_by` is the version of the checks.

    Without `quality`, its reports leave the quality of fields out.
    """

    database_url: str
    dataset_id: int
    checking: Checking
    checked_by: str
    size: int
    quality: bool = True


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row of `dataset_level_check`; `meta` is JSON."""

    check_name: str
    result: bool | None
    value: int | None
    meta: bytes


@dataclass(frozen=True, slots=True)
class DatasetChecked:
    """The results of the dataset-level checks, what is added to the metadata, and amounts that couldn't be converted."""

    rows: list[CheckRow]
    meta: dict[str, Json]
    unconverted: dict[str, int]


@dataclass(frozen=True, slots=True)
class TimeBasedRow:
    """One row of `time_variance_level_check`; `meta` is JSON."""

    check_name: str
    coverage_result: bool | None
    coverage_value: int | None
    check_result: bool | None
    check_value: int | None
    meta: bytes


@dataclass(frozen=True, slots=True)
class Reported:
    """The reports and examples of a dataset, each as JSON: by type, by field path, by the name of the check."""

    reports: dict[str, bytes]
    field_examples: dict[str, bytes]
    check_examples: dict[str, bytes]


def check_dataset(dataset: WholeDataset, *, online: bool) -> DatasetChecked:
    """Compute the dataset-level checks; if `online`, URLs are requested."""
    with _reading(dataset) as reading:
        accumulators = Accumulators(reading.sampling)
        for part in reading.parts("collected"):
            accumulators.merge(partials.collected(part))
        for partial in reading.mapped_again():
            accumulators.merge(partial.dataset)
        statuses = _statuses(accumulators.urls()) if online else None
        outcome = accumulators.finish(reading, statuses)
    return DatasetChecked(
        [
            CheckRow(name, result.result, None if result.value is None else round(result.value), written(result.meta))
            for name, result in outcome.results.items()
        ],
        outcome.meta.as_json(),
        dict(outcome.unconverted),
    )


def _statuses(urls: list[str]) -> dict[str, int | None]:
    statuses = asyncio.run(availability(urls))
    return {
        url: None if status == "ERROR" else int(HTTPStatus.OK) if status == "OK" else status
        for url, status in zip(urls, statuses, strict=True)
    }


def check_time_based(ancestor: WholeDataset, dataset: WholeDataset) -> list[TimeBasedRow]:
    """Compare a dataset with its ancestor; no rows if that has no items."""
    with _reading(ancestor) as reading:
        before = reading.snapshot()
        if not len(before):
            return []
        with _reading(dataset) as current:
            now = current.snapshot()
        results = compare(before, now, reading.sampling, reading)
    return [
        TimeBasedRow(
            name,
            result.coverage_result,
            result.coverage_value,
            result.check_result,
            result.check_value,
            written(result.meta),
        )
        for name, result in results.items()
    ]


def report(dataset: WholeDataset) -> Reported:
    """Make the reports."""
    with _reading(dataset) as reading:
        partial = reading.counts()
        quotations = quote(partial, reading.sampling, reading.reference_data, reading)
        reports = stored_reports(partial, quotations, quality=dataset.quality)
    return Reported(
        {"field_level_check": written(reports.fields), "resource_level_check": written(reports.checks)},
        {path: written(examples) for path, examples in reports.field_examples.items()},
        {name: written(examples) for name, examples in reports.check_examples.items()},
    )


def written(value: object) -> bytes:
    """Write JSON that the database accepts."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:  # integers beyond 64 bits
        return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")


@contextmanager
def _reading(dataset: WholeDataset) -> Iterator["_Reading"]:
    loop = asyncio.new_event_loop()
    connection = loop.run_until_complete(single(dataset.database_url))
    try:
        yield _Reading(dataset, loop, connection)
    finally:
        loop.run_until_complete(connection.close(timeout=5))
        loop.close()


class _Reading:
    """Reads a dataset's partials and releases, for code that doesn't wait."""

    def __init__(self, dataset: WholeDataset, loop: asyncio.AbstractEventLoop, connection: Connection) -> None:
        self.dataset = dataset
        self.sampling = Sampling(KEY, dataset.checking.first_item_id)
        self._loop = loop
        self._connection = connection

    @property
    def reference_data(self) -> ReferenceData:
        return item_work.reference_data(self.dataset.checking.reference, self.dataset.checking.today)

    def _fetch(self, query: str, *arguments: object) -> list[Any]:
        rows: list[Any] = self._loop.run_until_complete(self._connection.fetch(query, *arguments))
        return rows

    def parts(self, column: str) -> Iterator[bytes]:
        """Give one part of each stored partial of these checks, a page at a time, in the order of the items."""
        last = 0
        while rows := self._fetch(
            f"""select first_item_id, {column} from batch_partial
            where dataset_id = $1 and checked_by = $2 and first_item_id > $3 order by first_item_id limit $4""",  # noqa: S608 ours
            self.dataset.dataset_id,
            self.dataset.checked_by,
            last,
            PAGE,
        ):
            last = rows[-1]["first_item_id"]
            for row in rows:
                yield row[column]

    def counts(self) -> Partial:
        """Give what the reports need, merged."""
        return self._merged("tally", partials.add_counts, Partial.merge_counts)

    def snapshot(self) -> Snapshot:
        """Give what the time-based checks compare."""
        merged = Snapshot()
        for part in self.parts("snapshot"):
            merged.merge(partials.snapshot(part))
        for partial in self.mapped_again():
            if partial.snapshot is not None:
                merged.merge(partial.snapshot)
        return merged

    def _merged(
        self, column: str, add_part: Callable[[Partial, bytes], None], add: Callable[[Partial, Partial], None]
    ) -> Partial:
        merged = Partial(self.sampling, self.dataset.checking.wanted)
        for part in self.parts(column):
            add_part(merged, part)
        for partial in self.mapped_again():
            add(merged, partial)
        return merged

    def mapped_again(self) -> Iterator[Partial]:
        """Map those items again that were checked by other versions of the checks, or by what was here before."""
        if self._complete():
            return
        again = self._fetch(
            """select item_id from progress_monitor_item
            where dataset_id = $1 and not exists (
                select from item_not_checked where data_item_id = item_id
            ) and not exists (
                select from batch_partial
                where batch_partial.dataset_id = $1 and checked_by = $2 and item_id between first_item_id and last_item_id
            ) order by item_id""",
            self.dataset.dataset_id,
            self.dataset.checked_by,
        )
        mapper = item_work.mapper(self.dataset.checking)
        for page in _pages([row["item_id"] for row in again]):
            yield mapper.map(self.releases(page).items()).partial

    def _complete(self) -> bool:
        """Say whether the stored partials speak of all items, as they do unless versions changed."""
        (row,) = self._fetch(
            """select coalesce(sum(items), 0) + (select count(*) from item_not_checked where dataset_id = $1) as known
            from batch_partial where dataset_id = $1 and checked_by = $2""",
            self.dataset.dataset_id,
            self.dataset.checked_by,
        )
        return bool(row["known"] == self.dataset.size)

    def releases(self, items: Collection[int]) -> dict[int, dict[str, Json]]:
        """Give the releases of items, as they were checked."""
        rows = self._fetch("select id, data from data_item where id = any ($1) order by id", list(items))
        return {row["id"]: parse(row["data"], DEPTH) for row in rows}

    def facts(self, items: Collection[int]) -> Mapping[int, Facts]:
        """Give the facts of items, from their releases."""
        found: dict[int, Facts] = {}
        for page in _pages(sorted(items)):
            for item, data in self.releases(page).items():
                found[item] = read_facts(facts(Release(data, item, self.reference_data)))
        return found


def _pages(items: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(items), PAGE):
        yield items[start : start + PAGE]

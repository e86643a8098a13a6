"""Reads a dataset of the database for code that doesn't wait: its partials, its releases."""

import asyncio
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from checks.batch import Partial, Wanted
from checks.facts import Facts, facts
from checks.reference_data import ReferenceData
from checks.release import Release
from checks.sampling import Sampling
from checks.time_based.snapshots import Snapshot
from checks.values import Json
from pelican_async import item_work, partials
from pelican_async.database.connecting import Connection, single
from pelican_async.database.datasets import Run
from pelican_async.item_work import DEPTH, KEY, Checking
from pelican_async.settings import Settings, Step
from pelican_async.sources.parsing import parse

EXAMPLES: Final = 20
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
    quality: bool
    statement_cache_size: int


def checking(settings: Settings, reference: Path, run: Run) -> Checking:
    """Say how the items of a dataset are checked, with the reference data in a file."""
    wanted = Wanted(
        EXAMPLES,
        facts=False,
        snapshot=True,
        stored=True,
        fields=Step.FIELD_COVERAGE in settings.steps,
        compiled_release=Step.COMPILED_RELEASE in settings.steps,
    )
    return Checking(reference, run.today, wanted, run.first_item_id)


def whole_dataset(settings: Settings, reference: Path, run: Run, checked_by: str) -> WholeDataset:
    """Describe a dataset whose items are all checked."""
    return WholeDataset(
        settings.database_url.get_secret_value(),
        run.dataset_id,
        checking(settings, reference, run),
        checked_by,
        run.size,
        Step.FIELD_QUALITY in settings.steps,
        settings.database_statement_cache_size,
    )


@contextmanager
def reading_of(dataset: WholeDataset) -> Iterator["DatasetReading"]:
    """Connect, in a process that may wait for it."""
    loop = asyncio.new_event_loop()
    opening = single(dataset.database_url, statement_cache_size=dataset.statement_cache_size)
    connection = loop.run_until_complete(opening)
    try:
        yield DatasetReading(dataset, loop, connection)
    finally:
        loop.run_until_complete(connection.close(timeout=5))
        loop.close()


class DatasetReading:
    """Reads a dataset's partials and releases, for code that doesn't wait."""

    def __init__(self, dataset: WholeDataset, loop: asyncio.AbstractEventLoop, connection: Connection) -> None:
        self.dataset = dataset
        self.sampling = Sampling(KEY, dataset.checking.first_item_id)
        self._loop = loop
        self._connection = connection

    @cached_property
    def reference_data(self) -> ReferenceData:
        """What its items are checked by."""
        return item_work.reference_data(self.dataset.checking.reference, self.dataset.checking.today)

    def fetch(self, query: str, *arguments: object) -> list[Any]:
        """Give the rows of a query."""
        rows: list[Any] = self._loop.run_until_complete(self._connection.fetch(query, *arguments))
        return rows

    def parts(self, column: str) -> Iterator[bytes]:
        """Give one part of each stored partial of these checks, a page at a time, in the order of the items."""
        last = 0
        while rows := self.fetch(
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
        merged = Partial(self.sampling, self.dataset.checking.wanted)
        for part in self.parts("tally"):
            partials.add_counts(merged, part)
        for partial in self.mapped_again():
            merged.merge_counts(partial)
        return merged

    def snapshot(self) -> Snapshot:
        """Give what the time-based checks compare."""
        merged = Snapshot()
        for part in self.parts("snapshot"):
            merged.merge(partials.snapshot(part))
        for partial in self.mapped_again():
            if partial.snapshot is not None:
                merged.merge(partial.snapshot)
        return merged

    def mapped_again(self) -> Iterator[Partial]:
        """Map those items again that were checked by other versions of the checks, or by what was here before.

        A partial speaks of all items from its first to its last, but those that could not be checked.
        """
        if self._complete():
            return
        again = self.fetch(
            """select item_id from progress_monitor_item as item
            where dataset_id = $1 and not exists (
                select from item_not_checked where data_item_id = item_id
            ) and item_id > coalesce((
                select last_item_id from batch_partial
                where batch_partial.dataset_id = $1 and checked_by = $2 and first_item_id <= item.item_id
                order by first_item_id desc limit 1
            ), 0) order by item_id""",
            self.dataset.dataset_id,
            self.dataset.checked_by,
        )
        mapper = item_work.mapper(self.dataset.checking)
        for page in _pages([row["item_id"] for row in again]):
            yield mapper.map(self.releases(page).items()).partial

    def _complete(self) -> bool:
        """Say whether the stored partials speak of all items, as they do unless versions changed."""
        (row,) = self.fetch(
            """select coalesce(sum(items), 0) + (select count(*) from item_not_checked where dataset_id = $1) as known
            from batch_partial where dataset_id = $1 and checked_by = $2""",
            self.dataset.dataset_id,
            self.dataset.checked_by,
        )
        return bool(row["known"] == self.dataset.size)

    def releases(self, items: Collection[int]) -> dict[int, dict[str, Json]]:
        """Give the releases of items, as they were checked."""
        rows = self.fetch("select id, data from data_item where id = any ($1) order by id", list(items))
        return {row["id"]: parse(row["data"], DEPTH) for row in rows}

    def ocids(self, items: Collection[int]) -> Mapping[int, str | None]:
        """Give the ocids of items."""
        rows = self.fetch(
            """select
                id, coalesce(ocid, case jsonb_typeof(data -> 'ocid') when 'string' then data ->> 'ocid' end) as ocid
            from data_item left join item_result on data_item_id = id where id = any ($1)""",
            list(items),
        )
        return {row["id"]: row["ocid"] for row in rows}

    def facts(self, items: Collection[int]) -> Mapping[int, Facts]:
        """Give the facts of items, from their releases."""
        found: dict[int, Facts] = {}
        for page in _pages(sorted(items)):
            for item, data in self.releases(page).items():
                found[item] = Facts(facts(Release(data, item, self.reference_data)))
        return found


def _pages(items: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(items), PAGE):
        yield items[start : start + PAGE]

"""Makes a dataset of the service from files: reads them as `check` does, and writes their compiled releases."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import uuid4

from anyio import to_thread

from checks.batch import Wanted
from checks.money import Rates
from checks.reference_data import ReferenceData
from pelican_async import days
from pelican_async.collection_check import CollectionCheck
from pelican_async.database import datasets, items, leases
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import NewDataset
from pelican_async.errors import UserError
from pelican_async.item_work import KEY
from pelican_async.pool import available
from pelican_async.reference import codelists
from pelican_async.reports.report import NotChecked
from pelican_async.settings import Settings
from pelican_async.sources.limits import Limits
from pelican_async.sources.paging import PAGE_BYTES
from pelican_async.stages.replicas import Replicas
from pelican_async.work import Work

NAME: Final = "extract_file"
LEASE: Final = timedelta(minutes=5)
"""What a command began and left unfinished nobody else can finish; it is only said that nobody does."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What became of files: the dataset, how many releases it has, how many couldn't be taken, the first of these."""

    dataset_id: int
    taken: int
    not_taken: int
    first: NotChecked | None


async def extract_files(
    connection: Connection, settings: Settings, name: str, ancestor_id: int | None, sources: Sequence[str]
) -> Extracted:
    """Make a dataset of files, which the service then checks. Raises `UserError` if there is nothing in them."""
    reference_data = ReferenceData(codelists.snapshot(), Rates(()), 0)
    work = Work("extract", reference_data, KEY, Wanted(facts=False), Limits().depth)
    with CollectionCheck(work, available(), Limits(), lambda _: None) as collection:
        await to_thread.run_sync(collection.run, sources, lambda _, __: None)
        if not collection.checked:
            raise UserError(f"There are no releases in {', '.join(sources)} that can be taken.")
        new = NewDataset(
            name=name,
            meta={"kingfisher_metadata": {}, "collection_metadata": {}, "compiled_releases": {}},
            ancestor_id=ancestor_id,
            stage=NAME,
            source={"kind": NAME, "sources": list(sources)},
            candidates=collection.checked,
            today=days.last_day(datetime.now(UTC)),
            asked_by=None,
        )
        dataset_id = await _write(connection, settings, new, collection.kept())
        return Extracted(
            dataset_id,
            collection.checked,
            collection.reasons.total(),
            collection.not_checked[0] if collection.not_checked else None,
        )


def _pages(kept: Iterator[bytes], size: int) -> Iterator[list[list[bytes]]]:
    """Give records in pages of so many, or of fewer that are large: each a text, and what was changed in it."""
    page: list[list[bytes]] = []
    taken = 0
    for record in kept:
        page.append(record.split(b"\n"))
        taken += len(record)
        if len(page) == size or taken >= PAGE_BYTES:
            yield page
            page, taken = [], 0
    if page:
        yield page


async def _write(connection: Connection, settings: Settings, new: NewDataset, kept: Iterator[bytes]) -> int:
    dataset_id = await datasets.create(connection, new)
    lease = await leases.claim(connection, uuid4(), [NAME], LEASE, dataset_id)
    run = await datasets.run_of(connection, dataset_id)
    if lease is None or run is None:
        raise UserError(f"Dataset {dataset_id} was removed while it was made.")
    window = Replicas().window(settings)
    for page in _pages(kept, settings.extractor_page_size):
        run = await items.add_page(
            connection,
            lease,
            run,
            [text for text, *_ in page],
            changes=["; ".join(change.decode() for change in changes) for _, *changes in page],
            place=run.size + run.skipped + len(page),
            skipped=0,
            window=window,
        )
        await leases.renew(connection, lease, LEASE)
    await items.complete(connection, lease)
    return dataset_id

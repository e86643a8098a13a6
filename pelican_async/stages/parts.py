"""What the stages work with."""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from pelican_async.database import datasets
from pelican_async.database.announcing import Window
from pelican_async.database.connecting import Connection, Pool, opened
from pelican_async.database.datasets import Run
from pelican_async.dataset_reading import WholeDataset, checking, whole_dataset
from pelican_async.item_work import Checking, ItemBatch, ItemsDone
from pelican_async.reference.current import CurrentReferenceData, Loaded
from pelican_async.service_pool import ServicePool
from pelican_async.settings import Settings
from pelican_async.stages.errors import GoneError
from pelican_async.stages.gathering import Gathering
from pelican_async.stages.replicas import Replicas


@dataclass(frozen=True, slots=True)
class Signals:
    """Tell those who wait that there is something to do, sooner than they would look for it themselves."""

    outgoing: asyncio.Event = field(default_factory=asyncio.Event)
    """Messages are in the outbox."""
    due: asyncio.Event = field(default_factory=asyncio.Event)
    """A long stage is due."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a running service.

    `layout` is that of the results that it stores, `checked_by` the version of its checks.
    """

    settings: Settings
    database: Pool
    items: ServicePool[ItemBatch, ItemsDone]
    wholes: ServicePool[Any, Any]
    reference: CurrentReferenceData
    layout: int
    checked_by: str
    gathering: Gathering
    holder: UUID = field(default_factory=uuid4)
    signals: Signals = field(default_factory=Signals)
    replicas: Replicas = field(default_factory=Replicas)

    def kingfisher_process(self) -> AbstractAsyncContextManager[Connection]:
        """Open a connection to the database that collections come from."""
        return opened(self.settings.kingfisher_process_database_url.get_secret_value())

    def own_connection(self) -> AbstractAsyncContextManager[Connection]:
        """Open a connection to the database of datasets for what takes long: the others stay free for the rest."""
        settings = self.settings
        return opened(
            settings.database_url.get_secret_value(), statement_cache_size=settings.database_statement_cache_size
        )

    async def run_of(self, dataset_id: int) -> Run:
        """Give what is known of a dataset. Raises `GoneError`."""
        async with self.database.acquire() as connection:
            run = await datasets.run_of(connection, dataset_id)
        if run is None:
            raise GoneError
        return run

    @property
    def loaded(self) -> Loaded:
        """The reference data of now."""
        if self.reference.loaded is None:
            raise RuntimeError("reference data are loaded before any stage runs")
        return self.reference.loaded

    @property
    def window(self) -> Window:
        """How much of a dataset is announced at a time to those who check it."""
        return self.replicas.window(self.settings)

    def checking(self, run: Run) -> Checking:
        """Say how the items of a dataset are checked."""
        return checking(self.settings, self.loaded.path, run)

    def whole(self, run: Run) -> WholeDataset:
        """Describe a dataset whose items are all checked."""
        return whole_dataset(self.settings, self.loaded.path, run, self.checked_by)

"""What the stages work with."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
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
from pelican_async.stages.obstacles import Obstacles
from pelican_async.stages.recent import RecentItems
from pelican_async.stages.replicas import Replicas

T = TypeVar("T")
WHOLE_SECONDS: Final = 24 * 3600.0
"""So long may the check of a whole dataset take, however large it is;"""
LEAST_SECONDS: Final = 900.0
"""so long, if it has hardly any items,"""
SECONDS_AN_ITEM: Final = 0.02
"""and so much longer for each item: many times as long as is needed, even if all are mapped again."""


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
    obstacles: Obstacles = field(default_factory=Obstacles)
    recent: RecentItems = field(default_factory=RecentItems)

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

    async def do_whole(self, job: Callable[[], T], *datasets: Run) -> T:
        """Do something with whole datasets in a process of its own; raises if it dies, or hangs and is ended."""
        seconds = LEAST_SECONDS + SECONDS_AN_ITEM * sum(run.size for run in datasets)
        (result,) = await self.wholes.run(job, min(seconds, WHOLE_SECONDS))
        done: T = result
        return done

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

"""What the stages work with."""

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from checks.batch import Wanted
from pelican_async.database.connecting import Connection, Pool, opened
from pelican_async.database.datasets import Run
from pelican_async.dataset_reading import WholeDataset
from pelican_async.item_work import Checking, ItemBatch, ItemsDone
from pelican_async.reference.current import CurrentReferenceData, Loaded
from pelican_async.service_pool import ServicePool
from pelican_async.settings import Settings, Step
from pelican_async.stages.gathering import Gathering

FIRST_ZONE: Final = timedelta(hours=14)
"""Where the day begins first: offsets of dates are dropped, so a date may be so far ahead."""
EXAMPLES: Final = 20


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
    holder: UUID = field(default_factory=uuid4)
    signals: Signals = field(default_factory=Signals)
    gathering: Gathering = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "gathering", Gathering(self.settings.prefetch_count))

    def kingfisher_process(self) -> AbstractAsyncContextManager[Connection]:
        """Open a connection to the database that collections come from."""
        return opened(self.settings.kingfisher_process_database_url.get_secret_value())

    def own_connection(self) -> AbstractAsyncContextManager[Connection]:
        """Open a connection to the database of datasets for what takes long: the others stay free for the rest."""
        settings = self.settings
        return opened(
            settings.database_url.get_secret_value(), statement_cache_size=settings.database_statement_cache_size
        )

    @property
    def loaded(self) -> Loaded:
        """The reference data of now."""
        if self.reference.loaded is None:
            raise RuntimeError("reference data are loaded before any stage runs")
        return self.reference.loaded

    def checking(self, run: Run) -> Checking:
        """Say how the items of a dataset are checked."""
        steps = self.settings.steps
        wanted = Wanted(
            EXAMPLES,
            facts=False,
            snapshot=True,
            stored=True,
            fields=Step.FIELD_COVERAGE in steps,
            compiled_release=Step.COMPILED_RELEASE in steps,
        )
        return Checking(self.loaded.path, run.today, wanted, run.first_item_id)

    def whole(self, run: Run) -> WholeDataset:
        """Describe a dataset whose items are all checked."""
        return WholeDataset(
            self.settings.database_url.get_secret_value(),
            run.dataset_id,
            self.checking(run),
            self.checked_by,
            run.size,
            Step.FIELD_QUALITY in self.settings.steps,
            self.settings.database_statement_cache_size,
        )


def today() -> int:
    """Give the last day that isn't in the future anywhere, as days since the year 1."""
    return (datetime.now(UTC) + FIRST_ZONE).toordinal()


def written(moment: datetime | date) -> str:
    """Write a time as metadata have it."""
    return moment.strftime("%Y-%m-%d %H.%M.%S")

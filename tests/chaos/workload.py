"""What the service is asked to do meanwhile: rounds of datasets that depend on each other."""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import asyncpg

from pelican_async.database import deleting
from pelican_async.database.connecting import single
from pelican_async.database.trouble import is_transient
from pelican_async.errors import UserError
from pelican_async.messages import ExtractCollection, ExtractFiltered, Message, OneDataset, Queue

LOOK_AGAIN: Final = 0.2
CHECKED: Final = "CHECKED OK"
EARLIER: Final = 2
LATER: Final = 4
"""The collections of `tests.services.world.fill`."""
FILTERS: Final[dict[str, dict[str, Any]]] = {
    "kept": {"buyer_regex": "%department%"},
    "removed": {"release_date_from": "2000-01-01"},
}


@dataclass(frozen=True, slots=True)
class Request:
    """A message that was published; it may be published again."""

    queue: Queue
    body: bytes
    key: str


Publish = Callable[[Request], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Dataset:
    """How far a dataset is."""

    dataset_id: int
    said: str


@dataclass(slots=True)
class Workload:
    """Asks for datasets, and waits for them; `publish` doesn't return before the broker has the message."""

    url: str
    publish: Publish
    publish_without_key: Publish
    chance: random.Random
    wipes: bool
    requests: list[Request] = field(default_factory=list)
    known: dict[tuple[str, str | None], Dataset] = field(default_factory=dict)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def round(self, number: int) -> None:
        """Have one round's datasets made and checked."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._main(number))
            tasks.create_task(self._without_key(number))
            if self.wipes:
                tasks.create_task(self._doomed(number))

    async def _main(self, number: int) -> None:
        first = f"round {number}/first"
        await self._ask(Queue.EXTRACT_KINGFISHER, ExtractCollection(name=first, collection_id=EARLIER), first)
        original = await self._until(first, None, _is_there)
        second = f"round {number}/second"
        successor = ExtractCollection(name=second, collection_id=LATER, ancestor_id=original.dataset_id)
        await self._ask(Queue.EXTRACT_KINGFISHER, successor, second)
        await self._until(first, None, _is_checked)
        for purpose in ("kept", "removed") if self.wipes else ("kept",):
            message = ExtractFiltered(dataset_id_original=original.dataset_id, filter_message=FILTERS[purpose])
            await self._ask(Queue.EXTRACT_FILTER, message, f"{first}/{purpose}")
        if self.wipes:
            removed = await self._until(first, "removed", _is_checked)
            await self._remove(removed.dataset_id)
            await self._until(first, "removed", _is_gone)
        await self._until(first, "kept", _is_checked)
        await self._until(second, None, _is_checked)

    async def _without_key(self, number: int) -> None:
        """Ask as those producers do that give their messages no key."""
        name = f"round {number}/without a key"
        message = ExtractCollection(name=name, collection_id=EARLIER, max_items=15)
        await self.publish_without_key(Request(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), name))
        await self._until(name, None, _is_checked)

    async def _doomed(self, number: int) -> None:
        """Have a dataset wiped, wherever it is then."""
        name = f"round {number}/doomed"
        seconds = self.chance.uniform(0, 4)
        await self._ask(Queue.EXTRACT_KINGFISHER, ExtractCollection(name=name, collection_id=LATER), name)
        doomed = await self._until(name, None, _is_there)
        await asyncio.sleep(seconds)
        await self._ask(Queue.WIPE, OneDataset(dataset_id=doomed.dataset_id), f"{name}/wipe")
        await self._until(name, None, _is_gone)

    async def _ask(self, queue: Queue, message: Message, key: str) -> None:
        request = Request(queue, message.model_dump_json().encode(), f"chaos {key}")
        await self.publish(request)
        self.requests.append(request)

    async def _until(self, name: str, purpose: str | None, reached: Callable[[Dataset | None], bool]) -> Dataset:
        async with self._changed:
            while not reached(self.known.get((name, purpose))):
                await self._changed.wait()
        return self.known.get((name, purpose), Dataset(0, "gone"))

    async def _remove(self, dataset_id: int) -> None:
        while True:
            try:
                async with connected(self.url) as connection:
                    await deleting.remove(connection, dataset_id, force=False, include_filtered=False)
            except UserError:
                return  # it went the time before
            except Exception as error:
                if not is_transient(error):
                    raise
                await asyncio.sleep(LOOK_AGAIN)
            else:
                return

    async def watch(self) -> None:
        """Look how far datasets are, until cancelled."""
        while True:
            try:
                async with connected(self.url) as connection:
                    while True:
                        await self._look(connection)
                        await asyncio.sleep(LOOK_AGAIN)
            except Exception as error:
                if not is_transient(error):
                    raise
            await asyncio.sleep(LOOK_AGAIN)

    async def _look(self, connection: asyncpg.Connection) -> None:
        rows = await connection.fetch(
            """select dataset.id, name, filter_message,
            coalesce('trouble: ' || trouble, stage || ' ' || phase, phase || ' ' || progress.state) as said
            from dataset left join dataset_run on dataset_id = dataset.id
            left join progress_monitor_dataset as progress on progress.dataset_id = dataset.id
            left join dataset_filter on dataset_id_filtered = dataset.id""",
            timeout=5,
        )
        known = {}
        for row in rows:
            purpose = None if row["filter_message"] is None else _purpose(row["filter_message"])
            known[row["name"], purpose] = Dataset(row["id"], row["said"])
        async with self._changed:
            self.known = known
            self._changed.notify_all()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    """Connect for a moment; whatever happens, nothing waits for the connection to close."""
    connection = await single(url, command_timeout=10)
    try:
        yield connection
    finally:
        connection.terminate()


def _purpose(filter_message: bytes) -> str:
    return "kept" if b"buyer_regex" in filter_message else "removed"


def _is_there(dataset: Dataset | None) -> bool:
    return dataset is not None


def _is_checked(dataset: Dataset | None) -> bool:
    return dataset is not None and dataset.said == CHECKED


def _is_gone(dataset: Dataset | None) -> bool:
    return dataset is None

"""Checks batches together that wait at the same time: what a batch costs beside its releases is then paid once."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

AHEAD: Final = 12
"""So many times as many batches are taken from the broker as are checked at once."""
ITEMS: Final = 1_200
"""So many items at most are checked together,"""
BYTES: Final = 4_000_000
"""and so many bytes, as far as can be known from those before."""

Check = Callable[[Sequence[int]], Awaitable[int]]
"""Checks items, and gives how many bytes they had."""


@dataclass(slots=True, eq=False)
class _Waiting:
    """A batch that waits; its items are in the order of their ids."""

    items: Sequence[int]
    taken: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)
    error: BaseException | None = None


class Gathering:
    """Runs so many checks at once; each takes, beside the batch it is for, those of its dataset that adjoin it."""

    def __init__(self, at_once: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._waiting: defaultdict[int, list[_Waiting]] = defaultdict(list)
        self._item_bytes: dict[int, float] = {}

    async def check(self, dataset_id: int, items: Sequence[int], check: Check) -> None:
        """Have a batch checked. Raises what checking it raises, whoever did it."""
        own = _Waiting(sorted(items))
        self._waiting[dataset_id].append(own)
        try:
            async with self._places:
                if not own.taken:
                    await self._check(dataset_id, self._take(dataset_id, own), check)
            await own.done.wait()
        finally:
            if not own.taken:
                self._leave(dataset_id, [own])
        if own.error is not None:
            raise own.error

    def _take(self, dataset_id: int, own: _Waiting) -> list[_Waiting]:
        """Take a batch, and those that follow it without a gap, as long as they are small together."""
        following = {batch.items[0]: batch for batch in self._waiting[dataset_id] if batch.items}
        most = min(ITEMS, BYTES / self._item_bytes.get(dataset_id, BYTES))
        group = [own]
        count = len(own.items)
        while own.items and (batch := following.get(group[-1].items[-1] + 1)):
            count += len(batch.items)
            if count > most:
                break
            group.append(batch)
        for batch in group:
            batch.taken = True
        self._leave(dataset_id, group)
        return group

    def _leave(self, dataset_id: int, group: Sequence[_Waiting]) -> None:
        left = [batch for batch in self._waiting.pop(dataset_id) if batch not in group]
        if left:
            self._waiting[dataset_id] = left
        else:
            self._item_bytes.pop(dataset_id, None)

    async def _check(self, dataset_id: int, group: Sequence[_Waiting], check: Check) -> None:
        items = [item for batch in group for item in batch.items]
        error: BaseException | None = None
        try:
            size = await check(items)
            if dataset_id in self._waiting and items:
                self._item_bytes[dataset_id] = max(size / len(items), 1.0)
        except Exception as raised:  # noqa: BLE001 raised again by each whose batch it was
            error = raised
        except BaseException:
            error = InterruptedError("the check of these items was interrupted")
            raise
        finally:
            for batch in group:
                batch.error = error
                batch.done.set()

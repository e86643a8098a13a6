"""What a consumer got."""

import asyncio
from collections.abc import Callable

from pelican_async.broker.protocol import Delivery, Done, Verdict

SECONDS = 20.0
DONE = Done()


class Received:
    """A handler that keeps what came, and answers as it is told to."""

    def __init__(self, answer: Callable[[Delivery], Verdict] = lambda _: DONE) -> None:
        self.deliveries: list[Delivery] = []
        self._came = asyncio.Event()
        self._answer = answer

    async def __call__(self, delivery: Delivery) -> Verdict:
        self.deliveries.append(delivery)
        self._came.set()
        return self._answer(delivery)

    @property
    def bodies(self) -> list[bytes]:
        return [delivery.body for delivery in self.deliveries]

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(SECONDS):
            while len(self.deliveries) < count:
                self._came.clear()
                await self._came.wait()


class Holding:
    """A handler that doesn't end before it may."""

    def __init__(self) -> None:
        self.may_end = asyncio.Event()
        self.running = 0
        self.most = 0
        self.ended = 0
        self.cancelled = 0
        self._changed = asyncio.Event()

    async def __call__(self, _: Delivery) -> Verdict:
        self.running += 1
        self.most = max(self.most, self.running)
        self._changed.set()
        try:
            await self.may_end.wait()
            self.ended += 1
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.running -= 1
            self._changed.set()
        return DONE

    async def wait_until(self, is_so: Callable[["Holding"], bool]) -> None:
        async with asyncio.timeout(SECONDS):
            while not is_so(self):
                self._changed.clear()
                await self._changed.wait()

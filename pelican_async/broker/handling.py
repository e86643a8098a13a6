"""Runs handlers, a bounded number at a time. However one ends, its message is ended too."""

import asyncio
from collections.abc import Awaitable, Callable

import anyio
import structlog

from pelican_async.broker.protocol import Delivery, GiveBack, Handler, Verdict, decided

END_SECONDS = 5.0
"""So long may it take to give messages back, and handlers to end that are cancelled."""
log = structlog.get_logger()

End = Callable[[Verdict], Awaitable[None]]
"""Tells the broker what became of a message. It never raises."""
Return = Callable[[], Awaitable[None]]
"""Gives a message back to the broker, unchanged. It never raises."""


def _never() -> bool:
    return False


class Handling:
    """The messages that a consumer has. They keep their places when the connection that they came by is lost."""

    def __init__(self, prefetch: int, handle: Handler) -> None:
        self._handle = handle
        self._places = asyncio.Semaphore(prefetch)
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()
        self.in_flight = 0

    def take(self, delivery: Delivery, end: End, give_back: Return, is_lost: Callable[[], bool] = _never) -> None:
        """Handle a message in a task of its own.

        `is_lost` tells that it comes again anyway: if that is so before there is a place for it, it isn't handled.
        """
        task = asyncio.create_task(self._run(delivery, end, give_back, is_lost))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self, grace: float) -> None:
        """Start no more handlers, wait for those that run, and give back what isn't done then."""
        self._stopping.set()
        for _ in range(self._tasks_waiting()):
            self._places.release()  # lets those go that wait for a place, to be given back
        if self._tasks and grace > 0:
            await asyncio.wait(set(self._tasks), timeout=grace)
        await self.abandon()

    async def abandon(self) -> None:
        """Cancel what runs, and give it back."""
        self._stopping.set()
        if not self._tasks:
            return
        with anyio.CancelScope(shield=True):
            await asyncio.sleep(0)  # a task that is cancelled before it began never runs, and gives nothing back
            tasks = set(self._tasks)
            for task in tasks:
                task.cancel()
            if tasks:
                await asyncio.wait(tasks, timeout=END_SECONDS)

    def _tasks_waiting(self) -> int:
        return len(self._tasks) - self.in_flight

    async def _run(self, delivery: Delivery, end: End, give_back: Return, is_lost: Callable[[], bool]) -> None:
        try:
            verdict = await self._verdict(delivery, is_lost)
        except asyncio.CancelledError:
            verdict = None
        # Giving back what was cancelled must not be cancelled too, or the place would stay taken.
        if verdict is None or (self._stopping.is_set() and isinstance(verdict, GiveBack)):
            await give_back()
        else:
            await end(verdict)

    async def _verdict(self, delivery: Delivery, is_lost: Callable[[], bool]) -> Verdict | None:
        """Give the verdict, or none if the message wasn't handled."""
        async with self._places:
            if self._stopping.is_set() or is_lost():
                return None
            self.in_flight += 1
            try:
                return decided(delivery, await self._handle(delivery))
            except asyncio.CancelledError:
                if self._stopping.is_set():
                    return None
                # Nobody asked for it: something that the handler used has ended, and told so in this way.
                return decided(delivery, GiveBack("what it was waiting for was cancelled"))
            except Exception as error:
                log.warning(
                    "handling a message failed",
                    queue=delivery.queue.value,
                    message_id=delivery.message_id,
                    attempts=delivery.attempts + 1,
                    exc_info=True,
                )
                return decided(delivery, GiveBack(f"{type(error).__name__}: {error}"))
            finally:
                self.in_flight -= 1

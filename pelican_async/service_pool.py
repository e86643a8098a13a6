"""The service's process pool: many batches at once, in any order, whatever happens to the processes.

A process that dies breaks its pool. Then that is made anew, and each batch that was under way runs again by itself, in
a process of its own; one that kills this too is halved until the item that does is found. A batch that takes too long
is treated likewise.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Final, Generic, TypeVar

import structlog

from pelican_async import pool

JobT = TypeVar("JobT")
ResultT = TypeVar("ResultT")
log = structlog.get_logger()
START_SECONDS: Final = 120.0
MOST_SHARES: Final = 10
"""The parts of a job that took too long have less time than it had, but a tenth: or its message might come again."""


class ServicePool(Generic[JobT, ResultT]):
    """Runs one function over jobs, for any number of callers at once. Close it at the end.

    `halve` gives the two halves of a job, or nothing if it can't be halved; `lost` gives the result of such a job that
    killed its process, or took more than `seconds`.
    """

    def __init__(  # noqa: PLR0913
        self,
        processes: int,
        seconds: float,
        prepare: Callable[[], None],
        function: Callable[[JobT], ResultT],
        *,
        halve: Callable[[JobT], Sequence[JobT]],
        lost: Callable[[JobT], ResultT],
    ) -> None:
        self.processes = processes
        self.seconds = seconds
        self.under_way = 0
        self._function = function
        self._halve = halve
        self._lost = lost
        self._shared = _Processes(processes, prepare)
        self._alone = _Processes(1, prepare)
        self._one_at_a_time = asyncio.Lock()
        self._last_done = time.monotonic()

    async def run(self, job: JobT, seconds: float | None = None) -> Sequence[ResultT]:
        """Give the result of a job, or those of its parts if it had to be taken apart.

        It may take `seconds`, if given, in the place of those of the pool.
        """
        seconds = self.seconds if seconds is None else seconds
        if not self.under_way:
            self._last_done = time.monotonic()
        self.under_way += 1
        try:
            return [await self._shared.run(self._function, job, seconds)]
        except _DiedError as death:
            log.warning("a pool process died", why=str(death))
            async with self._one_at_a_time:
                return await self._take_apart(job, seconds)
        finally:
            self._last_done = time.monotonic()
            self.under_way -= 1

    async def _take_apart(self, job: JobT, seconds: float) -> Sequence[ResultT]:
        try:
            return [await self._alone.run(self._function, job, seconds)]
        except _DiedError as death:
            halves = self._halve(job)
            if not halves:
                return [self._lost(job)]
            if isinstance(death, _TooSlowError):
                seconds = max(seconds / 2, self.seconds / MOST_SHARES)
            return [result for half in halves for result in await self._take_apart(half, seconds)]

    @property
    def silent(self) -> float:
        """For so many seconds no job came to its end, though there are some."""
        return time.monotonic() - self._last_done if self.under_way else 0.0

    async def answers(self, seconds: float) -> bool:
        """Say whether a process of the pool takes up a job and answers in time; busy ones count as answering."""
        if self.under_way >= self.processes:
            return self._shared.alive
        try:
            return bool(await self._shared.run(abs, -1, seconds) == 1)
        except _DiedError:
            return False

    def close(self) -> None:
        """End all processes at once."""
        self._shared.kill()
        self._alone.kill()


class _DiedError(Exception):
    """A process died, or was ended since it took too long."""


class _TooSlowError(_DiedError):
    """It took too long."""


class _Processes:
    """A pool that is made when it's needed, and made again when it broke."""

    def __init__(self, processes: int, prepare: Callable[[], None]) -> None:
        self.processes = processes
        self._prepare = prepare
        self._executor: ProcessPoolExecutor | None = None

    @property
    def alive(self) -> bool:
        return self._executor is not None

    async def run(self, function: Callable[[Any], Any], job: object, seconds: float) -> Any:  # noqa: ANN401
        """Run a job; the time that processes need to start isn't the job's."""
        if self._executor is None:
            await self._run(abs, -1, START_SECONDS)
        return await self._run(function, job, seconds)

    async def _run(self, function: Callable[[Any], Any], job: object, seconds: float) -> Any:  # noqa: ANN401
        executor = self._started()
        future: asyncio.Future[Any] | None = None
        try:
            with pool.starting_processes():
                future = asyncio.wrap_future(executor.submit(pool.done, function, job))
            # Not `wait_for`: a `TimeoutError` that the job raises is something else.
            await asyncio.wait({future}, timeout=seconds)
            if not future.done():
                self._replace(executor)
                raise _TooSlowError(f"it took more than {seconds:g} seconds")
            if future.cancelled():
                raise _DiedError("another job was the end of it before")
            return future.result()
        except BrokenProcessPool as error:
            self._replace(executor)
            raise _DiedError("it ended by itself or was killed") from error
        finally:
            if future is not None:
                future.cancel()

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = pool.executor(self.processes, self._prepare, ())
        return self._executor

    def _replace(self, executor: ProcessPoolExecutor) -> None:
        """Leave a broken pool, once, however many find it broken."""
        if self._executor is executor:
            self.kill()

    def kill(self) -> None:
        if self._executor is None:
            return
        executor, self._executor = self._executor, None
        processes = list((executor._processes or {}).values())  # noqa: SLF001 there is no other way to end them
        executor.shutdown(wait=False, cancel_futures=True)
        for process in processes:
            process.kill()

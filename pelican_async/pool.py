"""The process pool: jobs in, results out in the order of the jobs, whatever happens to the processes.

A process that dies (out of memory, a crash) breaks the pool for good. Then it is made anew, and the jobs that were
under way are run one at a time; a job that breaks it again is halved until the part that does is found. No process may
take so much memory that others have none.
"""

import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from typing import Any, Final, Generic, TypeVar

from pelican_async import memory

JobT = TypeVar("JobT")
ResultT = TypeVar("ResultT")
SAFE_PATH: Final = "PYTHONSAFEPATH"
SOCKET: Final = len("/pymp-12345678/listener-12345678")
LONGEST_SOCKET: Final = 107 if sys.platform == "linux" else 103
"""So long may the path of a Unix socket be, in bytes."""
GRACE: Final = 2.0
"""So many seconds a process may take to finish its job before it is killed."""


class Pool(Generic[JobT, ResultT]):
    """Runs one function over jobs in several processes; use it as a context manager.

    `prepare(*arguments)` runs once in each process. `halve` gives the two halves of a job, or nothing if it can't be
    halved; `lost` gives the result of such a job that killed its process.
    """

    def __init__(  # noqa: PLR0913
        self,
        processes: int,
        prepare: Callable[..., None],
        arguments: tuple[Any, ...],
        function: Callable[[JobT], ResultT],
        *,
        halve: Callable[[JobT], Sequence[JobT]],
        lost: Callable[[JobT], ResultT],
    ) -> None:
        self.processes = processes
        self.prepare = prepare
        self.arguments = arguments
        self.function = function
        self.halve = halve
        self.lost = lost
        self._executor: ProcessPoolExecutor | None = None
        self._under_way: set[Future[ResultT]] = set()

    def __enter__(self) -> "Pool[JobT, ResultT]":
        """Give itself; processes start with the first jobs."""
        with importing_nothing_from_here():
            resource_tracker.ensure_running()  # it lets interrupts through again, so it must be there before
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        """Stop all processes; at once if something went wrong."""
        self._stop(kill=kind is not None)

    def run(self, jobs: Iterable[JobT]) -> Iterator[ResultT]:
        """Give the results of the jobs in their order; takes up few more jobs than there are processes at a time."""
        under_way: deque[tuple[JobT, Future[ResultT]]] = deque()
        for job in jobs:
            under_way.append((job, self._submit(job)))
            if len(under_way) > 2 * self.processes:
                yield from self._finish(under_way)
        while under_way:
            yield from self._finish(under_way)

    def _finish(self, under_way: deque[tuple[JobT, "Future[ResultT]"]]) -> Iterator[ResultT]:
        """Give the result of the oldest job, or, if the pool broke, of all that are under way."""
        job, future = under_way.popleft()
        try:
            yield future.result()
        except BrokenProcessPool:
            jobs = [job, *(later for later, _ in under_way)]
            under_way.clear()
            self._stop(kill=True)
            for alone in jobs:
                yield from self._alone(alone)

    def _alone(self, job: JobT) -> Iterator[ResultT]:
        try:
            yield self._submit(job).result()
        except BrokenProcessPool:
            self._stop(kill=True)
            halves = self.halve(job)
            if not halves:
                yield self.lost(job)
            for half in halves:
                yield from self._alone(half)

    def _submit(self, job: JobT) -> "Future[ResultT]":
        try:
            with starting_processes():
                future = self._started().submit(done, self.function, job)
        except BrokenProcessPool as error:  # it broke since: whoever waits for the result finds out
            broken: Future[ResultT] = Future()
            broken.set_exception(error)
            return broken
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        return future

    def _started(self) -> ProcessPoolExecutor:
        if self._executor is None:
            self._executor = executor(self.processes, self.prepare, self.arguments)
        return self._executor

    def _stop(self, *, kill: bool) -> None:
        if self._executor is None:
            return
        running, self._executor = self._executor, None
        running.shutdown(wait=not kill, cancel_futures=True)
        if kill:
            try:  # who is killed while it hands over a result leaves the thread that reads it waiting for ever
                wait_for(list(self._under_way), GRACE)
            finally:
                for process in multiprocessing.active_children():
                    process.kill()


@contextmanager
def starting_processes() -> Iterator[None]:
    """Have processes that are started in the block start whole, and import nothing from the current folder.

    Interrupted half started, a process would end with a traceback.
    """
    with uninterrupted(), importing_nothing_from_here():
        yield


@contextmanager
def importing_nothing_from_here() -> Iterator[None]:
    """Have processes that are started in the block look for no modules in the current folder, where data may be."""
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[SAFE_PATH]
        else:
            os.environ[SAFE_PATH] = before


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off interrupts to the end of the block; in processes started in it, for as long as they live."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def start_method() -> str:
    """Give how processes are started: never by a bare fork, which copies locks and loops in whatever state they are.

    The server that forks them listens at a socket in the temporary folder, whose path must not be too long for one.
    """
    fits = len(os.fsencode(tempfile.gettempdir())) + SOCKET <= LONGEST_SOCKET
    return "forkserver" if fits and "forkserver" in multiprocessing.get_all_start_methods() else "spawn"


def executor(processes: int, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> ProcessPoolExecutor:
    """Make the processes of a pool: each begins with `prepare(*arguments)`, and ends with this one.

    What they need is imported once, by the server that forks them, if there is one: that takes as long as all else
    that happens before the first job.
    """
    context = multiprocessing.get_context(start_method())
    context.set_forkserver_preload(["__main__", prepare.__module__])
    return ProcessPoolExecutor(
        processes,
        mp_context=context,
        initializer=_begin,
        initargs=(memory.limit(), prepare, arguments),
    )


def done(function: Callable[[JobT], ResultT], job: JobT) -> ResultT:
    """Do a job, in a pool process. One for which there isn't memory enough is the end of the process."""
    try:
        return function(job)
    except MemoryError:
        os._exit(1)


def available() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(limit: int, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """Begin in a new process: an interrupt is the parent's affair, and nothing is done after its death."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.unraisablehook = _tell
    memory.bound(limit)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare(*arguments)


def _tell(error: "sys.UnraisableHookArgs") -> None:
    """Tell of an error that nobody can catch; a lack of memory is told of by whoever waits for the result."""
    if error.exc_type is not MemoryError:
        sys.__unraisablehook__(error)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)

"""A replica that is started again whenever it ended, as an operator's supervisor would."""

import asyncio
import random
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

import httpx
import orjson
import psutil

from pelican_async.crash_points import VARIABLE, CrashPoint
from tests.services.replica import Replica, replica
from tests.services.sending import send

RESTART_SECONDS: Final = 0.2
READY_SECONDS: Final = 60.0
LOOK_AGAIN: Final = 0.2
POOL_SECONDS: Final = 5.0
"""So long it is waited for a pool to have a process; it gets one with its first job."""


class KeptReplica:
    """One of the replicas, in whatever process it runs."""

    def __init__(self, name: str, environment: Mapping[str, str], logs: Path, say: Callable[[str], None]) -> None:
        self.name = name
        self.complaints: list[str] = []
        self.starts = 0
        self.point: CrashPoint | None = None
        self._environment = environment
        self._logs = logs
        self._say = say
        self._running: Replica | None = None
        self._started = asyncio.Condition()
        self._ends = False
        self._expected: set[int] = set()

    async def keep(self) -> None:
        """Run it, until it is told to end."""
        while not self._ends:
            point, self.point = self.point, None
            extra = {} if point is None else {VARIABLE: point}
            self.starts += 1
            log = self._logs / f"replica-{self.name}-{self.starts}.log"
            async with replica({**self._environment, **extra}) as running:
                async with self._started:
                    self._running = running
                    self._started.notify_all()
                status = await running.process.wait()
                await running.kill()
                self._running = None
            log.write_bytes(b"".join(orjson.dumps(entry) + b"\n" for entry in running.log))
            if status not in {0, -signal.SIGKILL} or (not status and running.process.pid not in self._expected):
                self.complaints.append(f"replica {self.name} ended by itself, with status {status}: see {log}")
            self._say(f"replica {self.name} ended, with status {status} (its log: {log.name})")
            await asyncio.sleep(RESTART_SECONDS)

    async def running(self) -> Replica:
        """Give it, once there is a process."""
        async with self._started:
            while self._running is None:
                await self._started.wait()
            return self._running

    async def kill(self) -> None:
        """Kill it, wherever it is."""
        (await self.running()).send(signal.SIGKILL)

    async def stop(self, seconds: float) -> None:
        """Ask it to stop; note if it doesn't, in order and in time."""
        running = await self.running()
        self._expected.add(running.process.pid)
        running.send(signal.SIGTERM)
        try:
            await asyncio.wait_for(running.process.wait(), seconds)
        except TimeoutError:
            self.complaints.append(f"replica {self.name} didn't stop within {seconds:g} seconds")
            running.send(signal.SIGKILL)

    async def end(self, seconds: float) -> None:
        """Stop it for good."""
        self._ends = True
        await self.stop(seconds)

    async def freeze(self, seconds: float) -> None:
        """Let it, and all of its processes, do nothing for a while."""
        running = await self.running()
        processes = [running.process.pid, *(child.pid for child in self._children(running))]
        for pid in processes:
            send(pid, signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            for pid in reversed(processes):
                send(pid, signal.SIGCONT)

    async def kill_pool_process(self, chance: random.Random) -> str:
        """Kill one of its processes, but not itself; say which, if there is one."""
        children = await self._some(lambda _, __: True)
        if not children:
            return "it has none"
        chosen = chance.choice(children)
        send(chosen.pid, signal.SIGKILL)
        return f"{chosen.pid}, of {len(children)}"

    async def hang_pool_process(self, chance: random.Random, seconds: float) -> str:
        """Let one of the processes that check stand still for a while, unless it is ended before; say which."""
        children = await self._some(lambda replica_pid, child: child.ppid() != replica_pid)
        if not children:
            return "it has none"
        chosen = chance.choice(children)
        with suppress(psutil.NoSuchProcess):
            chosen.suspend()
            await asyncio.sleep(seconds)
            chosen.resume()
            return f"{chosen.pid}, which lived to see the end"
        return f"{chosen.pid}, which was ended"

    async def _some(self, wanted: Callable[[int, psutil.Process], bool]) -> list[psutil.Process]:
        """Wait a moment for processes of a kind."""
        end = time.monotonic() + POOL_SECONDS
        while time.monotonic() < end:
            running = await self.running()
            with suppress(psutil.NoSuchProcess):
                children = [child for child in self._children(running) if wanted(running.process.pid, child)]
                if children:
                    return children
            await asyncio.sleep(LOOK_AGAIN)
        return []

    async def until_well(self) -> None:
        """Wait until it says that it is; note if it doesn't in time."""
        said = "it isn't ready"
        try:
            async with asyncio.timeout(READY_SECONDS), httpx.AsyncClient(trust_env=False) as client:
                while True:
                    running = await self.running()
                    ready = await running.until_said("ready", READY_SECONDS)
                    try:
                        answer = await client.get(f"http://127.0.0.1:{ready['port']}/health/ready", timeout=10)
                    except httpx.HTTPError as error:
                        said = repr(error)
                    else:
                        said = answer.text
                        if answer.is_success:
                            return
                    await asyncio.sleep(LOOK_AGAIN)
        except (TimeoutError, AssertionError) as error:
            self.complaints.append(f"replica {self.name} isn't well, long after the last fault: {said} {error}")

    @staticmethod
    def _children(running: Replica) -> list[psutil.Process]:
        try:
            found: list[psutil.Process] = psutil.Process(running.process.pid).children(recursive=True)
        except psutil.NoSuchProcess:
            return []
        return sorted(found, key=lambda process: process.pid)

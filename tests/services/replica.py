"""Replicas of the service as processes of their own, which can be killed."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import orjson

PROGRAM: Final = Path(sys.executable).with_name("pelican-async")
START_SECONDS: Final = 60.0
END_SECONDS: Final = 60.0


class Replica:
    """One running service; `log` has what it has logged so far."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.log: list[dict[str, Any]] = []
        self._said = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        assert self.process.stderr is not None
        async for line in self.process.stderr:
            try:
                entry = orjson.loads(line)
            except orjson.JSONDecodeError:
                entry = {"event": line.decode(errors="replace").rstrip()}
            async with self._said:
                self.log.append(entry)
                self._said.notify_all()
        async with self._said:
            self._said.notify_all()

    async def until_said(self, event: str, seconds: float = START_SECONDS) -> dict[str, Any]:
        """Wait for an entry in the log."""
        async with asyncio.timeout(seconds), self._said:
            while True:
                for entry in self.log:
                    if entry["event"] == event:
                        return entry
                if self._reading.done() or self.process.returncode is not None:
                    raise AssertionError(f"it ended without saying {event!r}: {self.log[-5:]}")
                await self._said.wait()

    async def ended(self, seconds: float = END_SECONDS) -> int:
        """Wait for its end, and give its exit status."""
        async with asyncio.timeout(seconds):
            status = await self.process.wait()
            await self._reading
        return status

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    async def kill(self) -> None:
        """Kill it, as a power cut would."""
        if self.process.returncode is None:
            self.process.kill()
        await self.ended()


@asynccontextmanager
async def replica(environment: Mapping[str, str], *arguments: str) -> AsyncIterator[Replica]:
    """Start the service with these settings; it is killed at the end if it runs then."""
    process = await asyncio.create_subprocess_exec(
        PROGRAM, "serve", *arguments, env={**os.environ, "HTTP_PORT": "0", **environment}, stderr=PIPE, limit=2**24
    )
    started = Replica(process)
    try:
        yield started
    finally:
        await started.kill()

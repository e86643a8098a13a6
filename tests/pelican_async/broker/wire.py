"""A wire to the broker that can be cut, or be silent, while the broker goes on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from yarl import URL


class Wire:
    """Forwards what is sent to an address of its own to the broker, and back."""

    def __init__(self, url: str) -> None:
        self._target = URL(url)
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._opened = asyncio.Event()
        self.url = ""

    async def __aenter__(self) -> Self:
        await self.mend()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.cut()

    async def mend(self) -> None:
        """Accept connections, at the same address as before."""
        self._server = await self._listen()

    async def _listen(self) -> asyncio.Server:
        port = URL(self.url).port if self.url else 0
        server = await asyncio.start_server(self._forward, "127.0.0.1", port)
        port = server.sockets[0].getsockname()[1]
        self.url = str(self._target.with_host("127.0.0.1").with_port(port))
        return server

    async def _reach(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(self._target.host, self._target.port or 5672)

    async def cut(self) -> None:
        """End all connections, and accept no more."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.drop()
        self.sound()

    def drop(self) -> None:
        """End all connections."""
        for writer in self._writers:
            writer.transport.abort()

    @property
    def connections(self) -> int:
        """So many connections are open."""
        return len(self._writers) // 2

    def silence(self) -> None:
        """Let nothing pass from the broker, with all connections open."""
        self._flowing.clear()

    def sound(self) -> None:
        self._flowing.set()

    async def _forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await self._reach()
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, far_writer}
        there = asyncio.create_task(self._copy(reader, far_writer, silenced=False))
        back = asyncio.create_task(self._copy(far_reader, writer, silenced=True))
        await asyncio.wait({there, back})
        self._writers -= {writer, far_writer}

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, silenced: bool) -> None:
        try:
            while data := await reader.read(65_536):
                if silenced:
                    await self._flowing.wait()
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.transport.abort()


@asynccontextmanager
async def wired(url: str) -> AsyncIterator[Wire]:
    async with Wire(url) as wire:
        yield wire

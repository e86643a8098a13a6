"""Servers and names to test requests with, all on this machine."""

import asyncio
import contextlib
import ipaddress
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpcore

from pelican_async.network.guard import Guard

SocketOption = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
Handle = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Heard:
    """A server's port, and what was asked of it."""

    port: int = 0
    connections: int = 0
    requests: list[str] = field(default_factory=list)
    under_way: int = 0
    most_under_way: int = 0


@asynccontextmanager
async def serving(respond: Callable[[str, Heard], bytes]) -> AsyncIterator[Heard]:
    """Serve on loopback: `respond` gets the text of a request and what was heard so far, and gives what is sent."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = (await reader.readuntil(b"\r\n\r\n")).decode()
        except (asyncio.IncompleteReadError, ConnectionError):
            request = "something else"
        heard.requests.append(request)
        writer.write(respond(request, heard))
        await writer.drain()

    async with serving_raw(handle) as heard:
        yield heard


@asynccontextmanager
async def serving_raw(handle: Handle) -> AsyncIterator[Heard]:
    """Serve on loopback: `handle` does all."""
    heard = Heard()
    writers: list[asyncio.StreamWriter] = []

    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        heard.connections += 1
        heard.under_way += 1
        heard.most_under_way = max(heard.most_under_way, heard.under_way)
        try:
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                await handle(reader, writer)
        finally:
            heard.under_way -= 1
            writer.close()

    sockets = [socket.create_server(("127.0.0.1", 0))]
    heard.port = sockets[0].getsockname()[1]
    with contextlib.suppress(OSError):  # where there is no IPv6
        sockets.append(socket.create_server(("::1", heard.port), family=socket.AF_INET6))
    servers = [await asyncio.start_server(count, sock=listening) for listening in sockets]
    try:
        yield heard
    finally:
        for server in servers:
            server.close()
        for writer in writers:
            writer.transport.abort()


def answer(status: str, *headers: str, body: str = "") -> bytes:
    """Write an answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", body]
    return "\r\n".join(lines).encode()


class Wires(httpcore.AsyncNetworkBackend):
    """Connects on this machine alone, and remembers what connections were asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self._connector = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 the client's interface
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        self.asked.append((host, port))
        address = ipaddress.ip_address(host)  # a name would be resolved once more
        if not address.is_loopback and not address.is_unspecified:
            raise httpcore.ConnectError("There is no network.")
        return await self._connector.connect_tcp(host, port, timeout, local_address, socket_options)


class Names:
    """A name server: each name has a list of answers, which are given in turn, the last one over and over.

    What isn't a name of it is resolved by the system, as far as that needs no network.
    """

    def __init__(self, **names: Sequence[Sequence[str]]) -> None:
        self.names = {name.replace("_", "."): list(answers) for name, answers in names.items()}

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        answers = self.names.get(host.rstrip("."))
        if answers is not None:
            return answers.pop(0) if len(answers) > 1 else answers[0]
        here = host.rstrip(".") == "localhost"  # with the dot, some systems ask a server
        flags = 0 if here else socket.AI_NUMERICHOST
        found = socket.getaddrinfo("localhost" if here else host, port, type=socket.SOCK_STREAM, flags=flags)
        return [str(address[0]) for *_, address in found]


@dataclass
class Network:
    """A guard on this machine: what it resolves names with, and what it connects with."""

    names: Names
    wires: Wires

    def guard(self, *allowed: str) -> Guard:
        return Guard(frozenset(allowed), self.names.resolve, self.wires)


def network(**names: Sequence[Sequence[str]]) -> Network:
    """Give a network with these names (`_` stands for the dot)."""
    return Network(Names(**names), Wires())

"""Whoever asks over HTTP can't hold others up, nor find out anything, whatever is sent and however slowly."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pelican_async.web import connections, server
from pelican_async.web.answering import HEADERS, as_json
from pelican_async.web.refusing import LARGEST_HEAD, LONGEST_URL, PROBES, Refusing, is_allowed

SOON: Final = 30.0
NAMES: Final = frozenset({"pelican.example.org"})
GET: Final = b"GET /small HTTP/1.1\r\nHost: localhost\r\n"
HUGE: Final = 20_000_000


ANSWERED: Final = [
    (b"canary\r\n\r\n", 400),
    (b"\x16\x03\x01\x00\xa5canary\r\n\r\n", 400),
    (b"GET /small\r\n\r\n", 400),
    (b"GET /canary HTTP/1.1\r\n\r\n", 400),
    (b"GET  /canary HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    (b"GET /canary\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
    (b"GET /small HTTP/9.9\r\nHost: localhost\r\nConnection: close\r\n\r\n", 200),
    (GET + b"Host: canary\r\n\r\n", 400),
    (GET + b"canary\r\n\r\n", 400),
    (GET + b"canary : x\r\n\r\n", 400),
    (GET + b"x: canary\x00\r\n\r\n", 400),
    (GET + b"Content-Length: -1\r\n\r\n", 400),
    (GET + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
    (GET + b"Transfer-Encoding: canary\r\n\r\n", 400),
    (GET + b"x: " + b"c" * 3 * LARGEST_HEAD, 400),
    (b"GET /" + b"c" * 3 * LARGEST_HEAD, 400),
    (GET + b"x: " + b"c" * LARGEST_HEAD + b"\r\n\r\n", 431),
    (GET + b"x: canary\r\n" * 2_400 + b"\r\n", 431),
    (b"GET /?" + b"canary" * LONGEST_URL + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    (b"GET /small?" + b"canary" * (LONGEST_URL // 6) + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 414),
    (GET + b"Content-Length: 6\r\n\r\ncanary", 413),
    (GET + b"Content-Length: 99999999999\r\n\r\n", 413),
    (GET + b"Expect: 100-continue\r\nContent-Length: 6\r\n\r\n", 413),
    (GET + b"Transfer-Encoding: chunked\r\n\r\n", 413),
    (GET + b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n", 413),
    (b"GET /small HTTP/1.1\r\nHost: canary.example\r\n\r\n", 421),
    (b"GET /failing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 500),
    (b"GET /canary HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
    (b"GET http://canary.example/small HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
    (b"GET /small HTTP/1.0\r\n\r\n", 200),
    (GET + b"Connection: close\r\n\r\n", 200),
    (GET + b"Connection: upgrade, close\r\nUpgrade: websocket\r\n\r\n", 200),
    (GET + b"Connection: upgrade, close\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n", 200),
    (b"CONNECT canary.example:443 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", 404),
    (b"TRACE /small HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx: canary\r\n\r\n", 405),
]
"""What is sent, and the status that is answered."""


@dataclass
class Served:
    """A server with a small page, a huge one, and one that is ready once it is let go."""

    port: int = 0
    under_way: int = 0
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    let_go: asyncio.Event = field(default_factory=asyncio.Event)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def said(self, sent: bytes) -> bytes:
        """Send something, and give all that comes until the connection is closed."""
        reader, writer = await self.connect()
        writer.write(sent)
        async with asyncio.timeout(SOON):
            said = await reader.read()
        writer.close()
        return said


@asynccontextmanager
async def serving() -> AsyncIterator[Served]:
    served = Served()

    async def small(_: Request) -> Response:
        return as_json({"small": True})

    async def huge(_: Request) -> Response:
        return Response(b" " * HUGE)

    async def waiting(_: Request) -> Response:
        served.under_way += 1
        served.asked.set()
        await served.let_go.wait()
        return as_json({})

    async def failing(_: Request) -> Response:
        raise ValueError("canary")

    pages = {"/small": small, "/huge": huge, "/waiting": waiting, "/failing": failing, f"{PROBES}x": small}
    application = Starlette(
        routes=[Route(path, page) for path, page in pages.items()], middleware=[Middleware(Refusing, names=NAMES)]
    )
    async with server.served(application, "127.0.0.1", 0) as served.port:
        try:
            yield served
        finally:
            served.let_go.set()


def guarded(said: bytes, status: int) -> None:
    head, _, _ = said.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
    assert lines[0].split()[1] == str(status)
    assert headers.items() >= {name.lower(): value for name, value in HEADERS.items()}.items()
    assert not {"server", "x-powered-by", "set-cookie", "access-control-allow-origin"} & headers.keys()
    assert len(headers) == len(lines) - 1
    assert b"canary" not in said
    assert headers["connection"] == "close"


async def test_answers_have_strict_headers_and_nothing_of_what_was_sent() -> None:
    async with serving() as served:
        for sent, status in ANSWERED:
            said = await served.said(sent)
            assert said.split(b" ")[1] == b"%d" % status, sent
            guarded(said, status)


async def test_the_body_does_not_wait_for_the_head_to_be_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux acknowledges after 40 ms, and until then nothing more would be sent."""
    at_once = []
    usual = connections.Connection.connection_made

    def connection_made(self: connections.Connection, transport: asyncio.Transport) -> None:
        usual(self, transport)
        made = transport.get_extra_info("socket")
        at_once.append(made.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    monkeypatch.setattr(connections.Connection, "connection_made", connection_made)
    async with serving() as served:
        await served.said(GET + b"Connection: close\r\n\r\n")
    assert len(at_once) == 1
    assert at_once[0]


def test_all_headers_are_there() -> None:
    assert HEADERS["Content-Security-Policy"].startswith("default-src 'none'; ")
    assert HEADERS["X-Content-Type-Options"] == "nosniff"
    assert HEADERS["X-Frame-Options"] == "DENY"
    assert HEADERS["Referrer-Policy"] == "no-referrer"
    assert HEADERS["Cache-Control"] == "no-store"


@pytest.mark.parametrize("rest", [b"x\r\n", b"ffffffffffffffffffffff\r\n", b"0\r\n\x00\r\n\r\n", b"1\r\nxx"])
async def test_what_is_wrong_while_an_answer_is_under_way(rest: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as served:
        reader, writer = await served.connect()
        writer.write(GET.replace(b"/small", b"/huge") + b"\r\n" + GET + b"Transfer-Encoding: chunked\r\n\r\n" + rest)
        async with asyncio.timeout(SOON):
            said = await reader.read()
        assert said.startswith(b"HTTP/1.1 200 OK")
        writer.close()
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        *((host, True) for host in ("127.0.0.1", "127.0.0.1:8000", "10.1.2.3:80", "[::1]:8000", "[::1]", "[fd00::1]")),
        *((host, True) for host in ("localhost", "LOCALHOST:8000", "localhost.", "pelican", "a-1:8000", "", None)),
        *((host, True) for host in ("pelican.example.org", "Pelican.Example.org:443", "pelican.example.org.")),
        *((host, False) for host in ("example.org", "evil.example", "127.0.0.1.evil.example", "localhost.evil.org")),
        *((host, False) for host in ("a.pelican.example.org", "pelican.example.org.evil.example", "7f.1")),
        *((host, False) for host in ("[::1].evil.example", "evil.example:80:80", "evil.example@localhost", "[", "[]")),
        *((host, False) for host in ("[evil.example]", "localhost:evil.example", "localhost evil", "\u2112ocalhost")),
    ],
)
def test_hosts(host: str | None, *, allowed: bool) -> None:
    assert is_allowed(host, NAMES) == allowed


async def test_probes_are_answered_whatever_the_name() -> None:
    async with serving() as served:
        for path, status in ((f"{PROBES}x", 200), ("/small", 421)):
            asked = f"GET {path} HTTP/1.1\r\nHost: balancer.example\r\nConnection: close\r\n\r\n"
            guarded(await served.said(asked.encode()), status)


@pytest.fixture
def lost(monkeypatch: pytest.MonkeyPatch) -> list[connections.Connection]:
    """Give the connections that the server has lost."""
    those: list[connections.Connection] = []
    usual = connections.Connection.connection_lost

    def connection_lost(self: connections.Connection, exc: Exception | None) -> None:
        usual(self, exc)
        those.append(self)

    monkeypatch.setattr(connections.Connection, "connection_lost", connection_lost)
    return those


async def until_lost(lost: list[connections.Connection], count: int = 1) -> None:
    async with asyncio.timeout(SOON):
        while len(lost) < count:  # noqa: ASYNC110 it is a matter of moments
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("beginning", [b"", b"G", b"GET /small", GET, GET + b"x: y"])
@pytest.mark.parametrize("drip", [b"", b"y"])
async def test_who_sends_slowly_is_left(
    monkeypatch: pytest.MonkeyPatch, lost: list[connections.Connection], beginning: bytes, drip: bytes
) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.2)
    async with serving() as served:
        _, writer = await served.connect()
        writer.write(beginning)
        async with asyncio.timeout(SOON):
            while not lost:
                writer.write(drip)
                await asyncio.sleep(0.01)
        writer.transport.abort()


async def test_who_takes_an_answer_slowly_is_left(
    monkeypatch: pytest.MonkeyPatch, lost: list[connections.Connection]
) -> None:
    monkeypatch.setattr(connections, "REQUEST_SECONDS", 0.5)
    async with serving() as served:
        with socket.create_connection(("127.0.0.1", served.port)) as asking:
            asking.sendall(GET.replace(b"/small", b"/huge") + b"\r\n")
            await until_lost(lost)
            asking.settimeout(SOON)
            taken = 0
            with suppress(ConnectionError):
                while part := asking.recv(1_000_000):
                    taken += len(part)
    assert taken < HUGE


async def test_who_asks_for_nothing_more_is_left(
    monkeypatch: pytest.MonkeyPatch, lost: list[connections.Connection]
) -> None:
    monkeypatch.setattr(server, "KEPT_SECONDS", 0.1)
    async with serving() as served:
        reader, writer = await served.connect()
        writer.write((GET + b"\r\n") * 3)
        async with asyncio.timeout(SOON):
            assert (await reader.read()).count(b"HTTP/1.1 200 OK") == 3
        writer.close()
        await until_lost(lost)


async def test_who_waits_longest_makes_room(
    monkeypatch: pytest.MonkeyPatch, lost: list[connections.Connection]
) -> None:
    monkeypatch.setattr(connections, "MOST", 5)
    async with serving() as served:
        idle, writers = [], []
        for _ in range(50):
            reader, writer = await served.connect()
            writers.append(writer)
            writer.write(GET)
            idle.append(reader)
        guarded(await served.said(GET + b"Connection: close\r\n\r\n"), 200)
        await until_lost(lost, 46)
        async with asyncio.timeout(SOON):
            for reader in idle[:45]:
                with suppress(ConnectionError):
                    assert await reader.read() == b""
        for writer in writers:
            writer.close()


async def test_who_is_at_work_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, lost: list[connections.Connection]
) -> None:
    monkeypatch.setattr(connections, "MOST", 2)
    asked = GET.replace(b"/small", b"/waiting") + b"Connection: close\r\n\r\n"
    async with serving() as served, asyncio.TaskGroup() as tasks:
        first, second = (tasks.create_task(served.said(asked)) for _ in range(2))
        async with asyncio.timeout(SOON):
            while served.under_way < 2:
                await served.asked.wait()
                await asyncio.sleep(0)
        with suppress(ConnectionError):
            assert await served.said(asked) == b""
        assert len(lost) == 1
        served.let_go.set()
        for answered in (await first, await second):
            guarded(answered, 200)

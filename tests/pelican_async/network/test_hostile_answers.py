"""Whatever a server sends to whoever asks: it is left soon, and little of it was read."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Callable
from time import monotonic
from typing import Final

import pytest

from pelican_async.network.asking import Limits
from pelican_async.reference import registers
from tests.pelican_async.network.callers import document, extension, register
from tests.pelican_async.network.servers import network, serving_raw

SECONDS: Final = 0.4
LIMITS: Final = Limits(seconds=SECONDS)
SOON: Final = 20.0
MUCH: Final = 30_000_000
"""More bytes than a register may have, and what is on its way."""
OK: Final = b"HTTP/1.1 200 OK\r\n"
BOMB: Final = gzip.compress(b"\0" * 10_000_000, mtime=0)
BOMBS: Final = gzip.compress(gzip.compress(b'{"a": 1}' + b" " * 10_000_000, mtime=0), mtime=0)


Parts = Callable[[], AsyncIterator[bytes]]


async def forever(*parts: bytes, then: bytes, pause: float = 0) -> AsyncIterator[bytes]:
    for part in parts:
        yield part
    while True:
        yield then
        await asyncio.sleep(pause)


async def once(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


ENDLESS_HEAD: Final[dict[str, Parts]] = {
    "nothing": lambda: forever(then=b"", pause=0.05),
    "a status line": lambda: forever(b"HTTP/1.1 200 ", then=b"x" * 1000),
    "a header's name": lambda: forever(OK, then=b"x" * 1000),
    "a header's value": lambda: forever(OK, b"x: ", then=b"x" * 1000),
    "headers": lambda: forever(OK, then=b"x: y\r\n" * 100),
    "headers, slowly": lambda: forever(OK, then=b"x: y\r\n", pause=0.02),
    "folded lines": lambda: forever(OK, b"x: y\r\n", then=b" y\r\n" * 100),
    "empty lines": lambda: forever(then=b"\r\n" * 1000),
    "hints": lambda: forever(then=b"HTTP/1.1 103 Early Hints\r\nx: y\r\n\r\n" * 100),
    "continuing": lambda: forever(then=b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "redirects": lambda: once(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n"),
    "redirects with bodies": lambda: forever(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n", then=b"x" * 10_000),
    "a long redirect": lambda: once(b"HTTP/1.1 302 Found\r\nLocation: /", b"x" * 50_000, b"\r\n\r\n"),
    "many headers": lambda: once(OK, b"x: y\r\n" * 100_000, b"\r\n"),
    "a large header": lambda: once(OK, b"x: ", b"y" * 1_000_000, b"\r\n\r\n"),
    "a switch of protocols": lambda: forever(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n", then=b"x" * 1000
    ),
}
CHUNKED: Final = b"Transfer-Encoding: chunked\r\n\r\n"
ENDLESS_BODY: Final[dict[str, Parts]] = {
    "a body": lambda: forever(OK, b"\r\n{", then=b" " * 10_000),
    "a body, slowly": lambda: forever(OK, b"\r\n{", then=b" ", pause=0.02),
    "a body that is said to be small": lambda: forever(OK, b"Content-Length: 9\r\n\r\n", b" ", then=b"", pause=0.05),
    "a body that is said to be huge": lambda: forever(OK, b"Content-Length: 99999999999\r\n\r\n", then=b" " * 10_000),
    "chunks": lambda: forever(OK, CHUNKED, then=b"400\r\n" + b" " * 1024 + b"\r\n"),
    "small chunks": lambda: forever(OK, CHUNKED, then=b"1\r\n \r\n" * 1000),
    "an extension of a chunk": lambda: forever(OK, CHUNKED, b"1;x=", then=b"x" * 1000),
    "the size of a chunk": lambda: forever(OK, CHUNKED, then=b"0" * 1000),
    "a chunk that is huge": lambda: forever(OK, CHUNKED, b"ffffffffffffff\r\n", then=b" " * 10_000),
    "trailers": lambda: forever(OK, CHUNKED, b'8\r\n{"a": 1}\r\n0\r\n', then=b"x: y\r\n" * 100),
    "a bomb": lambda: once(OK, b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB), BOMB),
    "a bomb in a bomb": lambda: once(
        OK, b"Content-Encoding: gzip, gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMBS), BOMBS
    ),
    "an encoding that nobody knows": lambda: once(OK, b"Content-Encoding: bomb\r\nContent-Length: 1\r\n\r\nx"),
}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "SECONDS", SECONDS)


@pytest.mark.parametrize("what", [*ENDLESS_HEAD, *ENDLESS_BODY])
async def test_it_is_left(what: str) -> None:
    sent = [0]

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        async for part in {**ENDLESS_HEAD, **ENDLESS_BODY}[what]():
            writer.write(part)
            await writer.drain()
            sent[0] += len(part)

    async with serving_raw(handle) as heard, asyncio.TaskGroup() as tasks:
        guard = network().guard("localhost")
        url = f"http://localhost:{heard.port}/"
        began = monotonic()
        document_ = tasks.create_task(document(url, guard, LIMITS if what in ENDLESS_HEAD else None))
        extension_ = tasks.create_task(extension(url, guard, LIMITS))
        register_ = tasks.create_task(register(url, guard))
        answered = [await document_, await extension_, await register_]
    assert monotonic() - began < SOON
    assert answered == [what in ENDLESS_BODY, False, False]  # of a document no more than the headers is read
    assert sent[0] < MUCH

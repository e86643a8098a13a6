"""Asking whether URLs are available."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio
import pytest

from pelican_async.network.asking import USER_AGENT, Limits
from pelican_async.network.availability import availability
from tests.pelican_async.network.servers import Handle, Heard, answer, network, serving, serving_raw


@asynccontextmanager
async def serving_paths(**answers: bytes) -> AsyncIterator[Heard]:
    """Serve an answer for each path (without its slash)."""

    def by_path(request: str, heard: Heard) -> bytes:  # noqa: ARG001
        return answers[request.split(" ")[1][1:]]

    async with serving(by_path) as heard:
        yield heard


async def status_of(heard: Heard, path: str = "", limits: Limits | None = None) -> str | int:
    guard = network().guard("localhost")
    return (await availability([f"http://localhost:{heard.port}/{path}"], limits, guard))[0]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("200 OK", "OK"),
        ("204 No Content", "OK"),
        ("299 ?", "OK"),
        ("300 Multiple Choices", "OK"),
        ("301 Moved Permanently", "OK"),  # without a place to go
        ("304 Not Modified", "OK"),
        ("399 ?", "OK"),
        ("400 Bad Request", 400),
        ("401 Unauthorized", 401),
        ("404 Not Found", 404),
        ("418 I'm a teapot", 418),
        ("500 Internal Server Error", 500),
        ("503 Service Unavailable", 503),
        ("599 ?", 599),
    ],
)
async def test_status(status: str, expected: str | int) -> None:
    async with serving_paths(x=answer(status)) as heard:
        assert await status_of(heard, "x") == expected


async def test_what_is_sent() -> None:
    async with serving_paths(**{"a?b=c%20d": answer("200 OK", "Set-Cookie: a=b")}) as heard:
        url = f"http://user:secret@localhost:{heard.port}/a?b=c d#part"
        assert await availability([url, url], guard=network().guard("localhost")) == ["OK", "OK"]
    lines = heard.requests[0].split("\r\n")
    assert lines[0] == "GET /a?b=c%20d HTTP/1.1"
    assert f"Host: localhost:{heard.port}" in lines
    assert f"User-Agent: {USER_AGENT}" in lines
    assert "Accept-Encoding: identity" in lines  # so that nothing is packed, and nothing can be a bomb
    assert USER_AGENT.startswith("pelican-async/")
    everything = "".join(heard.requests).lower()
    assert [word for word in ("secret", "authorization", "cookie", "part") if word in everything] == []


async def test_gives_statuses_in_the_order_of_the_urls() -> None:
    async with serving_paths(a=answer("200 OK"), b=answer("404 Not Found"), c=answer("500 Oh")) as heard:
        urls = [f"http://localhost:{heard.port}/{path}" for path in "cabacb"]
        urls.insert(3, "ftp://localhost/")
        guard = network().guard("localhost")
        assert await availability(urls, guard=guard) == [500, "OK", 404, "ERROR", "OK", 500, 404]
    assert await availability([], guard=guard) == []


async def test_uses_no_proxy_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving_paths(x=answer("200 OK")) as heard, serving_paths() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://localhost:{proxy.port}")
        assert await status_of(heard, "x") == "OK"
    assert proxy.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_follows_redirects(status: int) -> None:
    moved = {
        "a": answer(f"{status} Moved", "Location: /b"),
        "b": answer(f"{status} Moved", "location: c?d"),
        "c?d": answer("404 Not Found"),
    }
    async with serving_paths(**moved) as heard:
        assert await status_of(heard, "a") == 404
    assert len(heard.requests) == 3


async def test_follows_redirects_to_other_hosts() -> None:
    async with serving_paths(x=answer("200 OK")) as there:
        location = f"Location: http://user:secret@there.example:{there.port}/x"
        async with serving_paths(a=answer("302 Found", location)) as here:
            guard = network(there_example=[["127.0.0.1"]]).guard("localhost", "there.example")
            assert await availability([f"http://localhost:{here.port}/a"], guard=guard) == ["OK"]
    assert f"Host: there.example:{there.port}\r\n" in there.requests[0]
    assert "secret" not in there.requests[0]
    assert "uthorization" not in there.requests[0]


@pytest.mark.parametrize(("redirects", "expected"), [(10, "OK"), (11, "ERROR")])
async def test_follows_10_redirects(redirects: int, expected: str) -> None:
    def count(request: str, heard: Heard) -> bytes:
        done = len(heard.requests) > redirects
        return answer("200 OK") if done else answer("302 Found", f"Location: {request.split(' ')[1]}1")

    async with serving(count) as heard:
        assert await status_of(heard) == expected
    assert len(heard.requests) == 11


@pytest.mark.parametrize(
    "location",
    ["http://", "ftp://localhost/", "http://[", "http://localhost:99999/", "http://\xff\xfe/", "http://a b/"],
)
async def test_a_redirect_to_nowhere(location: str) -> None:
    async with serving_paths(a=answer("302 Found", f"Location: {location}")) as heard:
        assert await status_of(heard, "a") == "ERROR"


async def test_nobody_listens() -> None:
    async with serving_paths() as heard:
        pass
    assert await status_of(heard) == "ERROR"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.9\r\n",
        b"HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 20 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 5",
        b"HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: \x00\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"a" * 300_000,
        b"<html>" * 50_000,
        b"\x16\x03\x01" + b"\xff" * 100,
    ],
)
async def test_what_is_no_answer(sent: bytes) -> None:
    async with serving_paths(x=sent) as heard:
        assert await status_of(heard, "x") == "ERROR"


async def test_reads_no_body() -> None:
    gone = asyncio.Event()

    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                writer.write(b"ffff\r\n" + b"x" * 0xFFFF + b"\r\n")
                await writer.drain()
        finally:
            gone.set()

    async with serving_raw(endless) as heard:
        assert await status_of(heard) == "OK"
        with anyio.fail_after(10):
            await gone.wait()


async def never(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:  # noqa: ARG001
    """Read on and say nothing."""
    while await reader.read(1000):
        pass


async def informing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:  # noqa: ARG001
    """Say that more will come, over and over."""
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)
        await writer.drain()
        await asyncio.sleep(0)


async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:  # noqa: ARG001
    """Send headers without end, slowly enough to never reach a limit of size."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("handle", [never, informing, dripping])
async def test_answers_that_never_end_are_cut_off(handle: Handle) -> None:
    async with serving_raw(handle) as heard:
        assert await status_of(heard, limits=Limits(seconds=0.2)) == "ERROR"


async def test_the_time_is_for_all_redirects_together() -> None:
    async with serving(lambda request, heard: answer("302 Found", "Location: /")) as heard:  # noqa: ARG005
        assert await status_of(heard, limits=Limits(seconds=0.3, redirects=1_000_000)) == "ERROR"
    assert len(heard.requests) > 1


async def test_one_slow_url_delays_no_other() -> None:
    async with serving_raw(never) as slow, serving_paths(x=answer("200 OK")) as fast:
        urls = [f"http://localhost:{slow.port}/", f"http://localhost:{fast.port}/x"]
        statuses = await availability(urls, Limits(seconds=0.3), network().guard("localhost"))
    assert statuses == ["ERROR", "OK"]


@pytest.mark.parametrize(
    ("limits", "most"), [(Limits(per_host=3), 3), (Limits(per_host=50, at_once=5), 5), (Limits(), 4)]
)
async def test_asks_a_few_at_once_of_a_host(limits: Limits, most: int) -> None:
    arrived = asyncio.Event()

    async def wait_for_company(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if heard.under_way >= most:
            arrived.set()
        await arrived.wait()
        writer.write(answer("200 OK"))
        await writer.drain()

    async with serving_raw(wait_for_company) as heard:
        urls = [f"http://localhost:{heard.port}/{number}" for number in range(20)]
        assert await availability(urls, limits, network().guard("localhost")) == ["OK"] * 20
    assert heard.most_under_way == most


async def test_waiting_for_a_turn_takes_none_of_the_time() -> None:
    async def never_then_always(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if heard.connections == 1:
            await reader.read()
        writer.write(answer("200 OK"))
        await writer.drain()

    async with serving_raw(never_then_always) as heard:
        urls = [f"http://localhost:{heard.port}/{number}" for number in range(2)]
        limits = Limits(seconds=0.5, per_host=1)  # the second one's turn comes after as long as it may take itself
        assert await availability(urls, limits, network().guard("localhost")) == ["ERROR", "OK"]


async def test_tls_is_asked_for_by_name_and_certificates_are_checked() -> None:
    greeting = bytearray()

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:  # noqa: ARG001
        greeting.extend(await reader.read(4096))

    async with serving_raw(listen) as heard:
        net = network(secure_example=[["127.0.0.1"]])
        url = f"https://secure.example:{heard.port}/"
        assert await availability([url], guard=net.guard("secure.example")) == ["ERROR"]
    assert b"secure.example" in greeting
    assert b"GET" not in greeting


async def test_can_be_cancelled() -> None:
    async with serving_raw(never) as heard:
        with anyio.move_on_after(0.1) as scope:
            await status_of(heard)
    assert scope.cancelled_caught

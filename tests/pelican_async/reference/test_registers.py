"""Codelists are refreshed from their registers; whatever these answer, there is always a list."""

import asyncio
import gzip
from contextlib import AbstractAsyncContextManager
from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.codelists import Codelists
from pelican_async.broker.memory import MemoryBroker
from pelican_async.reference import registers as module
from pelican_async.reference.codelists import snapshot
from pelican_async.reference.current import NEEDED_SECONDS, CurrentReferenceData
from pelican_async.reference.rates import snapshot as rates
from pelican_async.reference.registers import (
    DAY,
    IDENTIFIER_SCHEMES,
    OCID_PREFIXES,
    RefusedError,
    Registers,
    ask,
    guard_for,
    read,
)
from pelican_async.settings import Settings
from tests.pelican_async.network.servers import Heard, answer, serving, serving_raw
from tests.services.running import running, set_up, settings_for

TODAY = datetime.now(UTC).date()
SCHEMES = "\ufeffname, code ,x\r\nA,XX-NEW,1\r\nB, GB-COH ,2\r\nC,,3\r\nD,with space,4\r\nshort\r\n"
PREFIXES = 'Publisher,OCID,Other\r\n"a, ""b""\nc",ocds-213czf,1\r\nd,ocds-abc123-,2\r\ne,none,3\r\n'


class Clock:
    """Stands for the time that passes."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "_now", clock)
    return clock


def registers_at(port: int, *, prefixes: bool = False) -> Registers:
    urls = {
        "identifier_schemes_url": f"http://127.0.0.1:{port}/schemes",
        "ocid_prefixes_url": f"http://127.0.0.1:{port}/prefixes" if prefixes else "",
    }
    settings = Settings.model_validate(urls)
    return Registers(settings, snapshot())


@pytest.mark.usefixtures("clock")
async def test_both_lists_are_replaced_and_nothing_else() -> None:
    def respond(request: str, _: Heard) -> bytes:
        if request.startswith("GET /schemes "):
            return answer("200 OK", "Last-Modified: Sun, 01 Nov 2026 10:00:00 GMT", "Connection: close", body=SCHEMES)
        return answer("200 OK", "Connection: close", body=PREFIXES)

    async with serving(respond) as heard:
        registers = registers_at(heard.port, prefixes=True)
        assert registers.wait == 0
        assert await registers.refresh()
        assert DAY <= registers.wait <= 1.1 * DAY
        assert not await registers.refresh()
        assert heard.connections == 2
    found = registers.codelists
    assert found.identifier_schemes == {"XX-NEW", "GB-COH"}
    assert found.ocid_prefixes == {"ocds-213czf", "ocds-abc123"}
    assert found.sources["identifier_schemes"].as_of == date(2026, 11, 1)
    assert found.sources["ocid_prefixes"].as_of == TODAY
    assert found.sources["identifier_schemes"].name == snapshot().sources["identifier_schemes"].name
    others = {field.name for field in fields(Codelists)} - {"identifier_schemes", "ocid_prefixes", "sources"}
    assert all(getattr(found, name) == getattr(snapshot(), name) for name in others)


async def test_only_changes_are_sent_again(clock: Clock) -> None:
    def respond(request: str, _: Heard) -> bytes:
        if 'if-none-match: "v1"' in request.lower():
            return answer("304 Not Modified", "Connection: close")
        return answer("200 OK", 'ETag: "v1"', "Connection: close", body="code\r\nXX-NEW\r\n")

    async with serving(respond) as heard:
        registers = registers_at(heard.port)
        assert await registers.refresh()
        clock.now += 1.2 * DAY
        assert not await registers.refresh()
        assert heard.connections == 2
        assert registers.wait >= DAY
    assert registers.codelists.identifier_schemes == {"XX-NEW"}


def closing(response: bytes) -> AbstractAsyncContextManager[Heard]:
    """Answer, and close the connection."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(response)
        await writer.drain()

    return serving_raw(handle)


LARGE = answer("200 OK", body="").replace(b"Content-Length: 0", b"Connection: close") + b"code\n" + b"a" * 6_000_000


@pytest.mark.parametrize(
    "response",
    [
        answer("500 Oops", body=SCHEMES),
        answer("304 Not Modified"),
        answer("204 No Content"),
        answer("200 OK", body="<html>please sign in</html>"),
        answer("200 OK", body=""),
        answer("200 OK", body="code\r\n"),
        answer("200 OK", body="Code\r\nXX-NEW\r\n"),
        answer("200 OK", body="name,code\r\na,\r\nb, \r\n"),
        answer("200 OK", body='code\r\n"' + "a" * 200_000),
        answer("200 OK", body="code\r\nXX-NEW\r\n").replace(b"Content-Length: 14", b"Content-Length: 140"),
        answer("200 OK", body="code").replace(b"code", b"\xff\xfe\x00c"),
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"code\nXX-NEW\n", mtime=0),
        answer("302 Found", "Location: file:///etc/passwd"),
        answer("302 Found", "Location: /schemes"),
        b"not HTTP\r\n\r\n",
        b"",
        LARGE,
    ],
    ids=lambda response: response[:60],
)
@pytest.mark.usefixtures("clock")
async def test_what_is_no_list_leaves_the_one_that_is_there(response: bytes) -> None:
    ended = response.replace(b"\r\n", b"\r\nConnection: close\r\n", 1) if response.startswith(b"HTTP") else response
    async with closing(ended) as heard:
        registers = registers_at(heard.port)
        assert not await registers.refresh()
    assert registers.codelists == snapshot()
    assert 60 <= registers.wait <= 66


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("named", [True, False])
async def test_a_private_address_is_asked_if_the_operator_names_it_and_no_other_one(*, named: bool) -> None:
    async with serving(lambda _, __: answer("200 OK", "Connection: close", body="code\r\nXX-NEW\r\n")) as other:
        moved = answer("302 Found", f"Location: http://127.0.0.1:{other.port}/", "Connection: close")
        async with serving(lambda _, __: moved) as heard:
            url = f"http://127.0.0.1:{heard.port}/"
            with pytest.raises(RefusedError, match="has no address to be connected to"):
                await ask(url, {}, guard_for(url, named=named))
    assert heard.connections == (1 if named else 0)
    assert other.connections == 0


async def test_the_addresses_of_the_package_are_not_those_of_an_operator(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {}
    monkeypatch.setattr(module, "guard_for", lambda url, *, named: guards.append((url, named)))
    for environment in ({}, {"ocid_prefixes_url": "http://mirror.example/"}):
        guards: list[tuple[str, bool]] = []
        settings = Settings.model_validate(environment)
        Registers(settings, snapshot())
        named[settings.ocid_prefixes_url] = guards[0][1]
        assert guards[1] == (settings.identifier_schemes_url, False)
    assert list(named.values()) == [False, True]


@pytest.mark.usefixtures("clock")
async def test_a_silent_register_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0.2)

    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\n\r\ncode\r\n")
        while True:  # never silent for long, and never done
            writer.write(b"XX-NEW\r\n")
            await writer.drain()
            await asyncio.sleep(0.01)

    async with serving_raw(trickle) as heard:
        registers = registers_at(heard.port)
        assert not await registers.refresh()
    assert registers.codelists == snapshot()


async def test_failures_are_followed_by_growing_waits_and_end(clock: Clock) -> None:
    responses = [answer("500 Oops", "Connection: close")] * 14 + [
        answer("200 OK", "Connection: close", body="code\r\nXX-NEW\r\n")
    ]
    async with serving(lambda _, heard: responses[heard.connections - 1]) as heard:
        registers = registers_at(heard.port)
        waits = []
        for _ in responses:
            changed = await registers.refresh()
            waits.append(registers.wait)
            clock.now += registers.wait + 1
    assert changed
    for number, wait in enumerate(waits[:-1]):
        expected = min(60 * 2**number, DAY)
        assert expected <= wait <= 1.1 * expected
    assert registers.codelists.identifier_schemes == {"XX-NEW"}


@pytest.mark.usefixtures("clock")
async def test_a_redirect_is_followed() -> None:
    def respond(request: str, _: Heard) -> bytes:
        if request.startswith("GET /schemes "):
            return answer("307 Temporary Redirect", "Location: /elsewhere?a=b", "Connection: close")
        return answer("200 OK", "Connection: close", body="code\r\nXX-NEW\r\n")

    async with serving(respond) as heard:
        registers = registers_at(heard.port)
        assert await registers.refresh()


@given(st.binary() | st.text().map(str.encode) | st.text().map(lambda text: f"code,OCID\r\n{text}".encode()))
def test_any_bytes_are_a_list_or_refused(content: bytes) -> None:
    for register in (OCID_PREFIXES, IDENTIFIER_SCHEMES):
        try:
            codes = read(register, content)
        except RefusedError as error:
            assert str(error)  # noqa: PT017 either is fine
        else:
            assert codes
            assert all(code.isprintable() and code.isascii() and " " not in code for code in codes)


def test_addresses_are_of_the_web_or_empty() -> None:
    for wrong in ("file:///etc/passwd", "ftp://host/x", "x", "https://"):
        with pytest.raises(ValueError, match="ocid_prefixes_url"):
            Settings.model_validate({"ocid_prefixes_url": wrong})
    none = Settings.model_validate({"ocid_prefixes_url": "", "identifier_schemes_url": ""})
    assert Registers(none, snapshot()).wait >= DAY - 1


def test_files_are_removed_once_nobody_can_need_them(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("pelican_async.reference.current.time.monotonic", lambda: now)
    with CurrentReferenceData.kept() as reference:
        first = reference.replace(snapshot(), rates()).path
        second = reference.replace(snapshot(), rates()).path
        now = NEEDED_SECONDS - 1
        third = reference.replace(snapshot(), rates()).path
        assert [path.exists() for path in (first, second, third)] == [True, True, True]
        now = NEEDED_SECONDS + 1
        fourth = reference.replace(snapshot(), rates()).path
        assert [path.exists() for path in (first, second, third, fourth)] == [False, True, True, True]
    assert not fourth.exists()


async def test_a_running_service_uses_what_it_finds(database: str) -> None:
    """Unless it is offline."""
    await set_up(database)
    asked = asyncio.Event()

    def respond(_: str, __: Heard) -> bytes:
        asked.set()
        return answer("200 OK", "Connection: close", body="code\r\nXX-NEW\r\n")

    async with serving(respond) as heard:
        urls = {"ocid_prefixes_url": "", "identifier_schemes_url": f"http://127.0.0.1:{heard.port}/"}
        for online in (False, True):
            settings = settings_for(database, pool_processes=1, **urls).model_copy(update={"online": online})
            async with running(settings, MemoryBroker(), snapshot()) as (parts,):
                before = parts.loaded
                if online:
                    await asked.wait()
                    async with asyncio.timeout(10):
                        while parts.loaded is before:  # noqa: ASYNC110 it is a matter of moments
                            await asyncio.sleep(0.01)
                    assert parts.loaded.codelists.identifier_schemes == {"XX-NEW"}
                    assert parts.loaded.path != before.path
                    assert parts.loaded.rates is before.rates
        assert heard.connections == 1

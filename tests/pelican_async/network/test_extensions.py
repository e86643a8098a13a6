"""Fetching descriptions of extensions from publishers' servers, which may be anybody's."""

import asyncio
import gzip
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.values import Json
from pelican_async.network.asking import Limits
from pelican_async.network.extensions import DEEPEST, Bounds, extensions
from tests.pelican_async.network.servers import Heard, answer, network, serving, serving_raw

NAMED: Final = {"name": {"en": "Lots"}, "compatibility": ["1.1"]}
QUICK: Final = Bounds(each=Limits(seconds=2))


async def fetched(heard: Heard, *paths: str, bounds: Bounds = QUICK) -> list[dict[str, Json]]:
    urls = [f"http://127.0.0.1:{heard.port}/{path}" for path in paths]
    return await extensions(urls, network().guard("127.0.0.1"), bounds)


def raw(content: bytes, *headers: str) -> bytes:
    return answer("200 OK", *headers).replace(b"Content-Length: 0", b"Content-Length: %d" % len(content)) + content


async def test_gives_what_answers_in_the_order_of_the_urls() -> None:
    def respond(request: str, _: Heard) -> bytes:
        path = request.split()[1]
        return answer("200 OK", body=f'{{"path": "{path}"}}') if path != "/none" else answer("404 Not Found", body="{}")

    async with serving(respond) as heard:
        found = await fetched(heard, "b", "none", "a?x=1", "b")
    base = f"http://127.0.0.1:{heard.port}"
    assert found == [
        {"path": "/b", "repositoryUrl": f"{base}/b"},
        {"path": "/a?x=1", "repositoryUrl": f"{base}/a?x=1"},
        {"path": "/b", "repositoryUrl": f"{base}/b"},
    ]
    assert heard.connections == 3  # each is asked for once


async def test_asks_nobody_if_there_are_none() -> None:
    assert await extensions([]) == []


async def test_follows_redirects_and_keeps_the_url_as_published() -> None:
    def respond(request: str, _: Heard) -> bytes:
        if request.startswith("GET /old "):
            return answer("301 Moved Permanently", "Location: /new", body='{"old": true}')
        return answer("200 OK", body='{"repositoryUrl": "of its own"}')

    async with serving(respond) as heard:
        (found,) = await fetched(heard, "old")
    assert found == {"repositoryUrl": f"http://127.0.0.1:{heard.port}/old"}


@pytest.mark.parametrize(
    "status", ["201 Created", "203 Non-Authoritative", "206 Partial", "304 Not Modified", "403 Forbidden", "500 Oops"]
)
async def test_any_other_status_is_no_answer(status: str) -> None:
    async with serving(lambda _request, _heard: answer(status, body="" if status[0] == "3" else "{}")) as heard:
        assert await fetched(heard, "") == []
    assert heard.connections == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>",
        b"[{}]",
        b'"text"',
        b"null",
        b"1",
        b"{} {}",
        b'{"a": NaN}',
        b'{"a": 1e999}',
        b'{"a": "\\ud800"}',
        b'{"a": "\xff"}',
        b"\xef\xbb\xbf{}",
        gzip.compress(b"{}", mtime=0),
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b'{"a":' * DEEPEST + b"{}" + b"}" * DEEPEST,
        b'{"a":' + b"[" * 500 + b"]" * 500 + b"}",
    ],
)
async def test_what_is_no_json_object_is_left_out(content: bytes) -> None:
    async with serving(lambda _request, _heard: raw(content)) as heard:
        assert await fetched(heard, "") == []
    assert heard.connections == 1


async def test_nul_characters_become_storable() -> None:
    content = b'{"a\\u0000": [{"b": "\\u0000c\\\\u0000"}], "d": 1}'
    async with serving(lambda _request, _heard: raw(content)) as heard:
        (found,) = await fetched(heard, "")
    del found["repositoryUrl"]
    assert found == {"a\ufffd": [{"b": "\ufffdc\\u0000"}], "d": 1}


async def test_a_large_answer_is_not_read_to_its_end() -> None:
    sent = 0
    gone = asyncio.Event()

    async def handle(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n{")
        try:
            while True:
                writer.write(b" " * 65_536)
                await writer.drain()
                sent += 65_536
        finally:
            gone.set()

    async with serving_raw(handle) as heard:
        assert await fetched(heard, "", bounds=replace(QUICK, size=100_000)) == []
        await asyncio.wait_for(gone.wait(), 5)
    assert sent < 20_000_000  # what is on its way


async def test_size_and_total_are_limits_that_may_be_reached() -> None:
    async with serving(lambda _request, _heard: answer("200 OK", body='{"a": 12}')) as heard:
        assert len(await fetched(heard, "1", "2", bounds=replace(QUICK, size=9, total=18))) == 2
        assert len(await fetched(heard, "1", "2", bounds=replace(QUICK, size=8))) == 0
        assert len(await fetched(heard, "1", "2", "1", bounds=replace(QUICK, total=17))) == 1


async def test_only_the_first_urls_are_asked_for() -> None:
    async with serving(lambda _request, _heard: answer("200 OK", body="{}")) as heard:
        assert len(await fetched(heard, *map(str, range(150)), bounds=replace(QUICK, count=100))) == 100
    assert heard.connections == 100
    assert heard.most_under_way <= QUICK.each.per_host


async def test_slow_answers_are_left_out_and_the_others_come() -> None:
    never = asyncio.Event()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = await reader.readuntil(b"\r\n\r\n")
        if request.startswith(b"GET /quick "):
            writer.write(answer("200 OK", body='{"quick": 1}'))
            await writer.drain()
        elif request.startswith(b"GET /body "):
            writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"a"')
        await never.wait() if not request.startswith(b"GET /quick ") else None

    for bounds in (Bounds(each=Limits(seconds=0.3)), Bounds(seconds=0.3)):
        async with serving_raw(handle) as heard:
            found = await fetched(heard, "slow", "quick", "body", bounds=bounds)
            assert [extension["quick"] for extension in found] == [1]


@pytest.mark.parametrize(
    "url", ["", "no URL", "ftp://127.0.0.1/", "file:///etc/passwd", "http://localhost:{port}/", "http://127.1:{port}/"]
)
async def test_nothing_private_is_reached(url: str) -> None:
    async with serving(lambda _request, _heard: answer("200 OK", body="{}")) as heard:
        net = network()
        assert await extensions([url.format(port=heard.port)], net.guard()) == []
    assert heard.connections == 0
    assert net.wires.asked == []


async def test_a_redirect_to_something_private_is_not_followed() -> None:
    async with serving(lambda _request, _heard: answer("200 OK", body="{}")) as private:
        location = f"Location: http://127.0.0.1:{private.port}/"
        async with serving(lambda _request, _heard: answer("302 Found", location)) as heard:
            net = network(public_example=[["127.0.0.1"]])
            assert await extensions([f"http://public.example:{heard.port}/"], net.guard("public.example")) == []
        assert heard.connections == 1
    assert private.connections == 0


@given(urls=st.lists(st.text(max_size=30) | st.text(max_size=30).map("http://{}".format), max_size=5))
def test_any_text_may_stand_for_a_url(urls: Sequence[str]) -> None:
    assert asyncio.run(extensions(urls, network(x=[["10.0.0.1"]]).guard())) == []


TEXT: Final = st.text(st.characters(codec="utf-8"))
SCALAR: Final = st.none() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | TEXT


def nested(inner: st.SearchStrategy[Json]) -> st.SearchStrategy[Json]:
    return st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3)


@given(content=st.recursive(SCALAR, nested, max_leaves=8))
def test_any_content_can_be_stored(content: Json) -> None:
    async def fetch() -> list[dict[str, Json]]:
        async with serving(lambda _request, _heard: raw(orjson.dumps(content))) as heard:
            return await fetched(heard, "")

    found = asyncio.run(fetch())
    assert len(found) == (1 if isinstance(content, dict) else 0)
    assert b"\\u0000" not in orjson.dumps(found).replace(b"\\\\", b"")

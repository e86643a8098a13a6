"""Updating exchange rates from an API, for which a server on this machine stands in."""

import asyncio
import gzip
import json
import logging
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, urlsplit

import asyncpg
import orjson
import pytest
import pytest_asyncio
from hypothesis import given, settings
from pydantic import SecretStr
from structlog.testing import capture_logs

from checks.values import Json
from pelican_async.database.connecting import Connection, commanded
from pelican_async.reference.fixer import MAX_BYTES, Updated, update
from pelican_async.reference.rates import is_rate
from pelican_async.reference.stored_rates import Stored, store
from tests.pelican_async.network.servers import Heard, answer, serving, serving_raw
from tests.pelican_async.reference.test_stored_rates import ANY_JSON, TABLE, modified, rows

KEY: Final = SecretStr("canary+/ 4711")
SYMBOLS: Final = {"USD": "US dollar", "EUR": "Euro", "MXN": "Mexican peso"}
TODAY: Final = date(2020, 3, 2)
NEWEST: Final = date(2020, 2, 27)
RATES: Final = {"EUR": 1, "USD": 1.1, "MXN": 21.5}

Answers = Callable[[str], Json | bytes]
"""Gives what is answered for the last part of a path: JSON, or all that is sent."""


@pytest_asyncio.fixture
async def connection(database: str) -> AsyncIterator[Connection]:
    async with commanded(database) as one:
        await one.execute(TABLE)
        await store(one, {NEWEST: {"EUR": 1, "USD": 1}, date(2020, 1, 1): {"EUR": 1}})
        yield one


def usual(name: str) -> Json:
    if name == "symbols":
        return {"success": True, "symbols": SYMBOLS}
    return {"success": True, "historical": True, "date": name, "base": "EUR", "rates": RATES}


def instead(**answers: Json | bytes) -> Answers:
    """Answer otherwise for some (`_2020_02_28` stands for that day)."""
    named = {name.removeprefix("_").replace("_", "-"): given for name, given in answers.items()}
    return lambda name: named.get(name, usual(name))


@asynccontextmanager
async def api(answers: Answers = usual) -> AsyncIterator[tuple[str, Heard]]:
    """Serve the API at a path of its own, and give its URL."""

    def respond(request: str, _: Heard) -> bytes:
        given = answers(urlsplit(request.split()[1]).path.removeprefix("/api/"))
        return given if isinstance(given, bytes) else content(orjson.dumps(given))

    async with serving(respond) as heard:
        yield f"http://127.0.0.1:{heard.port}/api", heard


def content(body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def packed(body: bytes) -> bytes:
    """Pack what was asked for unpacked."""
    return content(gzip.compress(body, mtime=0)).replace(b"\r\n", b"\r\nContent-Encoding: gzip\r\n", 1)


def asked(heard: Heard) -> list[tuple[str, dict[str, list[str]]]]:
    targets = [urlsplit(request.split()[1]) for request in heard.requests]
    return [(target.path, parse_qs(target.query)) for target in targets]


async def test_asks_for_each_day_from_the_newest_known_to_yesterday(connection: Connection) -> None:
    async with api() as (url, heard):
        assert await update(connection, KEY, url, today=TODAY) == Updated(Stored(new=3, changed=1), date(2020, 3, 1))
    key = {"access_key": [KEY.get_secret_value()]}
    days = [NEWEST + timedelta(number) for number in range(4)]
    assert asked(heard) == [
        ("/api/symbols", key),
        *((f"/api/{day}", {**key, "base": ["EUR"], "symbols": ["EUR,MXN,USD"]}) for day in days),
    ]
    assert await rows(connection) == {date(2020, 1, 1): {"EUR": 1}, **dict.fromkeys(days, RATES)}


async def test_a_slash_at_the_end_of_the_address_is_fine(connection: Connection) -> None:
    async with api() as (url, heard):
        assert (await update(connection, KEY, f"{url}/", today=TODAY)).trouble == ""
    assert asked(heard)[0][0] == "/api/symbols"


async def test_yesterday_is_that_of_utc(connection: Connection) -> None:
    before = datetime.now(UTC).date()
    await store(connection, {before - timedelta(3): RATES})
    async with api() as (url, _):
        updated = await update(connection, KEY, url)
    assert updated.last is not None
    assert before <= updated.last + timedelta(1) <= datetime.now(UTC).date()


async def test_a_revised_rate_changes_the_day_and_only_that(connection: Connection) -> None:
    async with api() as (url, _):
        await update(connection, KEY, url, today=TODAY)
        first = await modified(connection)
        again = await update(connection, KEY, url, today=TODAY)
        assert again == Updated(Stored(known=1), date(2020, 3, 1))
        assert await modified(connection) == first
    revised = {**RATES, "USD": 1.2}
    async with api(instead(_2020_03_01={**usual(""), "rates": revised})) as (url, heard):
        await update(connection, KEY, url, today=TODAY)
        assert [path for path, _ in asked(heard)] == ["/api/symbols", "/api/2020-03-01"]
    second = await modified(connection)
    assert [day for day in second if second[day] != first[day]] == [date(2020, 3, 1)]
    assert (await rows(connection))[date(2020, 3, 1)] == revised


async def test_nobody_is_asked_if_all_days_are_known(connection: Connection) -> None:
    async with api() as (url, heard):
        assert await update(connection, KEY, url, today=NEWEST) == Updated()
        assert await update(connection, KEY, url, today=date(2019, 1, 1)) == Updated()
        assert heard.connections == 0
        assert (await update(connection, KEY, url, today=NEWEST + timedelta(1))).last == NEWEST


async def test_an_empty_table_must_be_filled_first(connection: Connection) -> None:
    await connection.execute("delete from exchange_rates")
    async with api() as (url, heard):
        with capture_logs() as logs:
            updated = await update(connection, KEY, url, today=TODAY)
    assert "import a file first" in updated.trouble
    assert [entry["reason"] for entry in logs] == [updated.trouble]
    assert heard.connections == 0


NOT_TAKEN: Final[list[tuple[Json | bytes, str]]] = [
    (answer("500 Oops"), "status 500"),
    (answer("404 Not Found", body=json.dumps(usual("x"))), "status 404"),
    (answer("301 Moved", "Location: /api/elsewhere"), "status 301"),
    (answer("204 No Content"), "status 204"),
    ({**usual("x"), "success": False}, "no reason given"),
    ({"rates": RATES}, "no reason given"),
    ({**usual("x"), "success": "true"}, "no reason given"),
    ({"success": False, "error": {"code": 104, "info": "Your monthly limit is reached."}}, "104, Your monthly limit"),
    ({"success": False, "error": {"code": [1], "type": None, "info": {}}}, "no reason given"),
    ({"success": False, "error": {"info": f"{KEY.get_secret_value()} is no key"}}, "*** is no key"),
    ({"success": True}, "no rates"),
    ({"success": True, "rates": {}}, "no rates"),
    ({"success": True, "rates": [1.1]}, "no rates"),
    ({"success": True, "rates": {"USD": "1.1", "MXN": None, "EUR": 0}}, "no rates"),
    ({**usual("x"), "base": "USD"}, "aren't against EUR"),
    ([usual("x")], "isn't an object"),
    (None, "isn't an object"),
    (content(b"<html>"), "isn't JSON"),
    (content(b""), "isn't JSON"),
    (content(b'{"success": true, "rates": {"USD": NaN}}'), "isn't JSON"),
    (content(b'{"success": true, "rates": {"USD": 1e999}}'), "isn't JSON"),
    (content(b'{"a":' * 5_000), "isn't JSON"),
    (content(b"\xff"), "isn't JSON"),
    (packed(orjson.dumps(usual("x"))), "isn't JSON"),
    (packed(b" " * 50 * MAX_BYTES), "isn't JSON"),
    (content(b" " * (MAX_BYTES + 1)), "more than"),
    (b"", "can't be reached"),
    (b"SSH-2.0-OpenSSH\r\n", "can't be reached"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "can't be reached"),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx", "isn't JSON"),
]


async def test_a_failing_day_ends_it_and_what_came_before_stays(connection: Connection) -> None:
    for given_answer, reason in NOT_TAKEN:
        await connection.execute("delete from exchange_rates where valid_on > $1", NEWEST)
        async with api(instead(_2020_02_29=given_answer)) as (url, heard):
            with capture_logs() as logs:
                updated = await update(connection, KEY, url, today=TODAY)
        assert updated.last == date(2020, 2, 28)
        assert updated.trouble.startswith("asked for 2020-02-29, the exchange rate service ")
        assert reason in updated.trouble
        assert [path for path, _ in asked(heard)][-1] == "/api/2020-02-29"
        assert set(await rows(connection)) == {date(2020, 1, 1), NEWEST, date(2020, 2, 28)}
        assert [(entry["log_level"], entry["reason"]) for entry in logs] == [("warning", updated.trouble)]


async def test_without_currencies_no_day_is_asked_for(connection: Connection) -> None:
    nobody: list[Json] = [{}, [], None, "USD", {"usd": 1, "": 2}]
    answers: list[Json] = [{"success": True, "symbols": symbols} for symbols in nobody]
    for given_answer in (*answers, {"success": False}, answer("503 Later")):
        async with api(instead(symbols=given_answer)) as (url, heard):
            updated = await update(connection, KEY, url, today=TODAY)
        assert updated.trouble.startswith("asked for the list of currencies, the exchange rate service ")
        assert (updated.stored, updated.last, heard.connections) == (Stored(), None, 1)


async def test_only_what_can_be_a_rate_or_a_currency_is_taken(connection: Connection) -> None:
    symbols = {"USD": 1, "evil&base=XYZ": 2, "Ü€A": 3, "USDX": 4, "BTC": 5}
    rates = {"USD": 1.1, "BTC": 0, "ABC": -1, "DEF": "1", "GHI": True, "JKL": 1e300}
    answers = instead(symbols={"success": True, "symbols": symbols}, _2020_02_27={"success": True, "rates": rates})
    async with api(answers) as (url, heard):
        await update(connection, KEY, url, today=NEWEST + timedelta(1))
    assert asked(heard)[1][1]["symbols"] == ["BTC,USD"]
    assert (await rows(connection))[NEWEST] == {"USD": 1.1}


async def test_each_day_is_committed_as_it_comes(connection: Connection, database: str) -> None:
    seen: list[int] = []

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        request = (await reader.readuntil(b"\r\n\r\n")).decode()
        seen.append(await other.fetchval("select count(*) from exchange_rates"))
        writer.write(content(orjson.dumps(usual(urlsplit(request.split()[1]).path.removeprefix("/api/")))))
        await writer.drain()

    async with commanded(database) as other, serving_raw(handle) as heard:
        await update(connection, KEY, f"http://127.0.0.1:{heard.port}/api", today=TODAY)
    assert seen == [2, 2, 2, 3, 4]


async def test_waits_for_an_answer_no_longer_than_it_may(connection: Connection) -> None:
    never = asyncio.Event()

    async def drip(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.01)

    async def silent(_: asyncio.StreamWriter) -> None:
        await never.wait()

    for behave in (silent, drip):

        async def handle(
            _: asyncio.StreamReader,
            writer: asyncio.StreamWriter,
            behave: Callable[[asyncio.StreamWriter], object] = behave,
        ) -> None:
            await behave(writer)  # type: ignore[misc]

        async with serving_raw(handle) as heard:
            url = f"http://127.0.0.1:{heard.port}/api"
            updated = await update(connection, KEY, url, today=TODAY, seconds=0.3)
        assert "doesn't answer within 0.3 seconds" in updated.trouble


async def test_a_wrong_address_is_a_failure_like_others(connection: Connection) -> None:
    for url in (
        "http://127.0.0.1:1/api",
        "ftp://127.0.0.1",
        "nonsense",
        "http://",
        "",
        "http://[x",
        "http://a:99999",
        "http://a:b/",
        "http://\0",
    ):
        updated = await update(connection, KEY, url, today=TODAY)
        assert "can't be reached" in updated.trouble, url


async def test_the_key_is_in_no_log_and_no_error(
    connection: Connection, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    heard_of_it = 0
    for given_answer, _ in [(usual("x"), ""), *NOT_TAKEN]:
        await connection.execute("delete from exchange_rates where valid_on > $1", NEWEST)
        async with api(instead(_2020_02_29=given_answer)) as (url, heard):
            updated = await update(connection, KEY, url, today=TODAY)
        heard_of_it += len(heard.requests)
        assert "canary" not in repr(updated)
    for url in ("http://127.0.0.1:1/api", "ftp://127.0.0.1", "nonsense", "http://[x"):
        assert "canary" not in repr(await update(connection, KEY, url, today=TODAY))
    # An error that nobody expects, with all that was on the way to it.
    async with api() as (url, _):
        await connection.execute("alter table exchange_rates rename column rates to others")
        with pytest.raises(asyncpg.UndefinedColumnError) as raised:
            await update(connection, KEY, url, today=TODAY)
    assert raised.tb.tb_next is not None
    beneath = raised.value.with_traceback(raised.tb.tb_next)  # the server is heard of in this very frame
    found = traceback.TracebackException.from_exception(beneath, capture_locals=True)
    assert len(found.stack) > 2
    assert "canary" not in "".join(found.format())
    assert heard_of_it > 50
    assert "HTTP Request: GET http://127.0.0.1" in caplog.text  # the client does log
    printed = capsys.readouterr()
    assert "canary" not in caplog.text + printed.out + printed.err


def test_any_json_may_be_answered(database: str) -> None:
    with asyncio.Runner() as runner:
        context = commanded(database)
        connection = runner.run(context.__aenter__())
        runner.run(connection.execute(TABLE))

        async def ask(rates: Json, whole: Json) -> None:
            await connection.execute("delete from exchange_rates")
            await store(connection, {NEWEST: {"EUR": 1}})
            day = {"success": True, "rates": rates}
            async with api(instead(_2020_02_27=day, _2020_02_28=whole)) as (url, _):
                updated = await update(connection, KEY, url, today=date(2020, 2, 29))
            read = orjson.loads(orjson.dumps(rates))
            usable = {code: rate for code, rate in read.items() if is_rate(rate)} if isinstance(read, dict) else {}
            assert (await rows(connection))[NEWEST] == (usable or {"EUR": 1})
            assert updated.last == (NEWEST if usable else None)
            assert updated.trouble

        @settings(max_examples=40)
        @given(rates=ANY_JSON.filter(storable), whole=ANY_JSON.filter(storable))
        def check(rates: Json, whole: Json) -> None:
            runner.run(ask(rates, whole))

        check()
        runner.run(context.__aexit__(None, None, None))


def storable(value: Json) -> bool:
    try:
        orjson.dumps(value)
    except TypeError:  # an integer of more than 64 bits
        return False
    return True

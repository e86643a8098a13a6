import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator

import asyncpg
import pytest
from structlog.testing import capture_logs

from pelican_async.database import connecting
from pelican_async.database.connecting import SERVER_SETTINGS, Connection, commanded, connect, opened, single
from pelican_async.database.trouble import is_transient
from pelican_async.errors import UserError
from tests.services.postgresql import OwnPostgresql, named

FROZEN = 0.3
"""So many seconds may a command take where the server is frozen."""


@contextlib.asynccontextmanager
async def one(url: str) -> AsyncIterator[Connection]:
    async with connect(url, size=1) as pool, pool.acquire() as connection:
        yield connection


async def until(connection: Connection, query: str, *arguments: object) -> None:
    """Come back once the server says so."""
    while not await connection.fetchval(query, *arguments):
        pass


def with_options(url: str, options: str) -> str:
    return f"{url}&{options}"


async def test_json_goes_in_and_out_as_bytes(database: str) -> None:
    release = '{"ocid": "ocds-1", "a": [1, {"ü": null}]}'.encode()
    async with one(database) as connection:
        await connection.execute("create table it (a jsonb, b json)")
        await connection.copy_records_to_table("it", records=[(release, release)])
        await connection.execute("insert into it values ($1, $2)", release, release)
        rows = await connection.fetch("select a, b, a->>'ocid' as ocid, null::jsonb as nothing from it")
    for row in rows:
        assert json.loads(row["a"]) == json.loads(release)
        assert (type(row["a"]), row["b"], row["ocid"], row["nothing"]) == (bytes, release, "ocds-1", None)


async def test_goes_from_a_cursor_into_a_copy_unparsed(database: str) -> None:
    async with connect(database, size=2) as pool, pool.acquire() as source, pool.acquire() as target:
        await source.execute("create table a as select jsonb_build_object('n', n) as data from generate_series(1, 9) n")
        await target.execute("create table b (data jsonb)")
        async with source.transaction():
            records = [tuple(row) async for row in source.cursor("select data from a")]
        await target.copy_records_to_table("b", records=records)
        assert await target.fetchval("select sum((data->>'n')::int) from b") == 45


async def test_honours_the_search_path_and_the_name_of_the_url(database: str) -> None:
    async with one(database) as connection:
        await connection.execute("create schema production")
    url = with_options(database, "options=-csearch_path%3Dproduction,public&application_name=pelican_backend")
    async with one(url) as connection:
        await connection.execute("create table it ()")
        assert await connection.fetchval("select 'production.it'::regclass = 'it'::regclass")
        assert await connection.fetchval("show application_name") == "pelican_backend"
        assert await connection.fetchval("show jit") == "off"


async def test_takes_urls_that_other_programs_take(database: str) -> None:
    url = with_options(database, "connect_timeout=10&keepalives_idle=5&gssencmode=disable")
    async with one(url) as connection:
        assert await connection.fetchval("select 1") == 1


async def test_does_not_prepare_statements_behind_a_pooler(database: str) -> None:
    async with connect(database, size=1, statement_cache_size=0) as pool, pool.acquire() as connection:
        await connection.fetchval("select $1::jsonb", b"{}")
        assert await connection.fetchval("select count(*) from pg_prepared_statements where name <> ''") == 0
        assert await connection.fetchval("select source from pg_settings where name = 'jit'") != "client"


async def test_waits_for_the_server(own_postgresql: OwnPostgresql) -> None:
    await own_postgresql.stop()
    with capture_logs() as logs:
        answering = asyncio.create_task(answer(own_postgresql.url.replace("pelican@", "pelican:secret@")))
        while not logs:  # noqa: ASYNC110 there is nothing else that tells
            await asyncio.sleep(0)
        await own_postgresql.start()
        assert await answering == 1
    assert "waiting for the database" in {log["event"] for log in logs}
    assert "***" in str(logs)
    assert "secret" not in str(logs)


async def answer(url: str) -> object:
    async with one(url) as connection:
        return await connection.fetchval("select 1")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://me:secret@host/it", "must begin with postgresql://"),
        ("postgresql://me:sec/ret@host/it", "can't be read"),
        ("postgresql://me:secret@host:port/it", "can't be read"),
        ("postgresql://me:secret@host/it?sslmode=often", "sslmode"),
    ],
)
async def test_refuses_what_is_no_url(url: str, words: str) -> None:
    with pytest.raises(UserError, match=words) as raised:
        async with connect(url, size=1):
            pass
    assert "sec" not in str(raised.value)
    with pytest.raises(UserError, match=words):
        await single(url)


async def test_does_not_wait_for_what_somebody_must_mend(postgresql: str) -> None:
    with pytest.raises(UserError, match='database "nowhere" does not exist'):
        async with connect(named(postgresql, "nowhere"), size=1):
            pass
    with pytest.raises(UserError, match='database "nowhere" does not exist'):
        await single(named(postgresql, "nowhere"))


async def test_a_command_waits_for_nothing() -> None:
    with pytest.raises(UserError, match=r"the database .*\*\*\*.* can't be reached"):
        async with commanded("postgresql://me:secret@/it?host=/nowhere"):
            pass


async def test_a_frozen_server_holds_nobody_up(own_postgresql: OwnPostgresql) -> None:
    began = time.monotonic()
    async with connect(own_postgresql.url, size=2, command_timeout=FROZEN) as pool:
        async with pool.acquire() as connection:
            own_postgresql.freeze()
            with pytest.raises(TimeoutError) as raised:
                await connection.fetchval("select 1")
            assert is_transient(raised.value)
        with pytest.raises(TimeoutError):
            await pool.fetchval("select 1")
    assert time.monotonic() - began < 20
    own_postgresql.thaw()


async def test_a_frozen_server_does_not_keep_an_idle_pool_open(
    own_postgresql: OwnPostgresql, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "CLOSE_SECONDS", FROZEN)
    async with connect(own_postgresql.url, size=1) as pool:
        await pool.fetchval("select 1")
        own_postgresql.freeze()
        began = time.monotonic()
    assert time.monotonic() - began < 10
    own_postgresql.thaw()


async def test_closes_also_when_cancelled(database: str) -> None:
    async def hold() -> None:
        async with connect(f"{database}&application_name=held", size=1) as pool, pool.acquire() as connection:
            await connection.execute("select pg_sleep(100)")

    holding = asyncio.create_task(hold())
    held = "from pg_stat_activity where application_name = 'held' and datname = current_database()"
    async with one(database) as connection:
        await until(connection, f"select bool_or(wait_event = 'PgSleep') {held}")
        holding.cancel()
        with pytest.raises(asyncio.CancelledError):
            await holding
        await until(connection, f"select count(*) = 0 {held}")


async def test_heals_after_a_restart(own_postgresql: OwnPostgresql) -> None:
    async with connect(own_postgresql.url, size=3) as pool:
        async with pool.acquire() as connection:
            transaction = connection.transaction()
            await transaction.start()
            cursor = await connection.cursor("select 1")
            statement = await connection.prepare("select 1")
            await own_postgresql.stop()
            for work in (
                lambda: connection.execute("select 1"),
                lambda: connection.fetchval("select $1::int", 1),
                lambda: connection.copy_records_to_table("it", records=[(1,)]),
                lambda: cursor.fetch(1),
                statement.fetch,
                lambda: connection.transaction().start(),
                transaction.commit,
            ):
                with pytest.raises(Exception, check=is_transient):  # noqa: B017 which one is up to the library
                    await work()
        with pytest.raises(OSError, check=is_transient):
            await pool.fetchval("select 1")
        await own_postgresql.start()
        assert await pool.fetchval("select 1") == 1


async def test_a_killed_backend_is_transient(database: str) -> None:
    async with connect(database, size=2) as pool, pool.acquire() as killer:
        with pytest.raises(asyncpg.InterfaceError, check=is_transient):  # noqa: PT012 the commit is what raises
            async with pool.acquire() as victim, victim.transaction():
                pid = await victim.fetchval("select pg_backend_pid()")
                running = asyncio.create_task(victim.execute("select pg_sleep(100)"))
                await until(killer, "select wait_event = 'PgSleep' from pg_stat_activity where pid = $1", pid)
                await killer.fetchval("select pg_terminate_backend($1)", pid)
                with pytest.raises(asyncpg.AdminShutdownError, check=is_transient):
                    await running
                await victim.execute("select 1")
        assert await pool.fetchval("select 1") == 1


async def test_who_sleeps_in_a_transaction_keeps_nothing_locked(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SERVER_SETTINGS, "idle_in_transaction_session_timeout", "50ms")
    async with opened(database) as sleeping, opened(database) as waiting:
        await sleeping.execute("create table locked (id integer)")
        await sleeping.execute("insert into locked values (1)")
        await sleeping.execute("begin")
        await sleeping.execute("update locked set id = 2")
        async with asyncio.timeout(20):
            assert await waiting.fetchval("update locked set id = 3 returning id") == 3
        with pytest.raises(Exception, match=r"connection|cannot switch to state") as raised:
            await sleeping.execute("commit")
        assert is_transient(raised.value)


async def test_a_deadlock_is_transient(database: str) -> None:
    async with connect(database, size=3) as pool, pool.acquire() as first, pool.acquire() as second:
        await pool.execute("create table it as select n, 0 as value from generate_series(1, 2) n")
        change = "update it set value = value + 1 where n = $1"

        async def one_way(connection: Connection, *places: int) -> None:
            async with connection.transaction():
                await connection.execute("set local deadlock_timeout = '10ms'")
                await connection.execute(change, places[0])
                await both.wait()
                await connection.execute(change, places[1])

        both = asyncio.Barrier(2)
        done = await asyncio.gather(one_way(first, 1, 2), one_way(second, 2, 1), return_exceptions=True)
    (error,) = [one for one in done if one is not None]
    assert isinstance(error, asyncpg.DeadlockDetectedError)
    assert is_transient(error)


async def test_transactions_without_an_order_are_transient(database: str) -> None:
    async with connect(database, size=2) as pool, pool.acquire() as first, pool.acquire() as second:
        await first.execute("create table it as select 0 as value")
        with pytest.raises(asyncpg.SerializationError) as raised:  # noqa: PT012 the last change raises
            async with first.transaction(isolation="repeatable_read"):
                await first.fetchval("select value from it")
                await second.execute("update it set value = value + 1")
                await first.execute("update it set value = value + 1")
        assert is_transient(raised.value)


async def test_too_many_connections_are_transient(database: str) -> None:
    async with one(database) as connection:
        name = await connection.fetchval("select current_database()")
        await connection.execute(f"create role {name} login; alter database {name} connection limit 0")
        try:
            with pytest.raises(asyncpg.TooManyConnectionsError, check=is_transient):
                await asyncpg.connect(database, user=name)
        finally:
            await connection.execute(f"drop role {name}")


@pytest.mark.parametrize(
    "statement",
    [
        "select nothing",
        "select 1/0",
        "insert into it values (1), (1)",
        "insert into it values (null)",
        """select '"\\u0000"'::jsonb""",
        "drop table it; select 1 from it",
    ],
)
async def test_what_is_wrong_is_not_transient(database: str, statement: str) -> None:
    async with one(database) as connection:
        await connection.execute("create table it (id int primary key)")
        with pytest.raises(asyncpg.PostgresError) as raised:
            await connection.execute(statement)
        assert not is_transient(raised.value)


async def test_misuse_is_not_transient(database: str) -> None:
    async with connect(database, size=1) as pool, pool.acquire() as connection:
        with pytest.raises(asyncpg.DataError) as raised:
            await connection.execute("select $1::int", "text")
        assert not is_transient(raised.value)
        sleeping = asyncio.create_task(connection.execute("select pg_sleep(0.1)"))
        await asyncio.sleep(0)
        with pytest.raises(asyncpg.InterfaceError) as busy:
            await connection.execute("select 1")
        assert not is_transient(busy.value)
        await sleeping
    with pytest.raises(asyncpg.InterfaceError) as closed:
        await pool.fetchval("select 1")
    assert not is_transient(closed.value)


def test_a_group_is_transient_if_all_its_errors_are() -> None:
    assert is_transient(ExceptionGroup("", [ConnectionResetError(), ExceptionGroup("", [TimeoutError()])]))
    assert not is_transient(ExceptionGroup("", [ConnectionResetError(), ValueError()]))
    assert not is_transient(asyncio.CancelledError())
    assert not is_transient(FileNotFoundError(2, "", "a file"))

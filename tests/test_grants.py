"""The accounts of the databases need what the text for operators says: no more, and no less."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import asyncpg
import pytest

from pelican_async.broker.memory import MemoryBroker
from pelican_async.database import deleting, status
from pelican_async.database.connecting import Connection, opened
from pelican_async.database.upgrade import upgrade
from pelican_async.file_extraction import extract_files
from pelican_async.reference import codelists, stored_rates
from pelican_async.sources import kingfisher_process
from tests.services.kingfisher_process import create, load
from tests.services.progress import watched
from tests.services.running import running, settings_for

ROOT: Final = Path(__file__).parent.parent
TEXT: Final = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
GRANTS: Final = re.findall(r"grant (.+) on (.+) to pelican_service;", TEXT)
PRIVILEGES: Final = [(privilege, on) for privileges, on in GRANTS for privilege in privileges.split(", ")]
KINGFISHER: Final = re.findall(r"`(\w+)`", TEXT.split("the service needs `select` alone, on")[1].split(".")[0])


@asynccontextmanager
async def accounts(database: str) -> AsyncIterator[tuple[str, str]]:
    """Make two accounts that may do nothing, and give their names."""
    names = tuple(f"{kind}_{urlsplit(database).path.lstrip('/')}" for kind in ("owner", "service"))
    if named(database, "x") == database:
        pytest.skip("the server's account isn't the one of the embedded PostgreSQL")
    async with opened(database) as everything:
        await everything.execute("".join(f"create role {name} login nocreatedb nocreaterole;" for name in names))
        try:
            yield names[0], names[1]
        finally:
            await everything.execute("".join(f"drop owned by {name} cascade; drop role {name};" for name in names))


def named(database: str, account: str) -> str:
    """Give the URL for another account, which looks in the schema `production`."""
    return f"{database.replace('://pelican@', f'://{account}@')}&options=-csearch_path%3Dproduction"


async def everything_else(connection: Connection) -> None:
    """Do what the commands do beside extracting and checking."""
    assert [one.id for one in await status.statuses(connection, before=None, limit=10)] == [1]
    await stored_rates.store(connection, {date(2020, 1, 1): {"EUR": 1.0, "USD": 1.1}})
    await stored_rates.fill(connection)
    assert await deleting.remove(connection, 1, force=False, include_filtered=False) == [1]


def test_there_are_grants() -> None:
    assert len(PRIVILEGES) == 6
    assert len(KINGFISHER) == 6


async def test_the_service_can_do_with_the_grants_and_with_nothing_less(database: str, tmp_path: Path) -> None:
    lines = (ROOT / "examples" / "collection.jsonl").read_bytes().splitlines(keepends=True)[:3]
    source = tmp_path / "collection.jsonl"
    source.write_bytes(b"".join(lines))
    async with accounts(database) as (owner, service):
        async with opened(database) as everything:
            await everything.execute(f"create schema production authorization {owner}")
        theirs, url = named(database, owner), named(database, service)
        await upgrade(theirs)
        settings = settings_for(url, pool_processes=1)
        async with opened(theirs) as owning:
            for privileges, on in GRANTS:
                await owning.execute(f"grant {privileges} on {on.replace('public', 'production')} to {service}")
            await upgrade(theirs)  # which leaves the grants
            async with watched(theirs) as progress, running(settings, MemoryBroker(), codelists.snapshot()):
                async with opened(url) as connection:
                    await extract_files(connection, settings, "a", None, [str(source)])
                await progress.until_checked(1)
            for privilege, on in PRIVILEGES:
                what = f"{privilege} on {on.replace('public', 'production')}"
                await owning.execute(f"revoke {what} from {service}")
                async with opened(url) as connection:
                    with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.UndefinedTableError)):
                        await undone(connection)
                await owning.execute(f"grant {what} to {service}")
            async with opened(url) as connection:
                await everything_else(connection)


async def undone(connection: Connection) -> None:
    attempt = connection.transaction()
    await attempt.start()
    try:
        await everything_else(connection)
    finally:
        await attempt.rollback()


async def test_kingfisher_process_is_read_with_the_grants_and_with_nothing_less(database: str) -> None:
    async with accounts(database) as (_, service), opened(database) as owning:
        await create(owning)
        number = await load(owning, [{"ocid": "ocds-213czf-1", "date": "2020-01-01T00:00:00Z"}])
        url = named(database, service).replace("%3Dproduction", "%3Dpublic")
        for table in KINGFISHER:
            await owning.execute(f"grant select on {table} to {service}")
        async with opened(url) as connection:
            assert await read(connection, number) == 1
        for table in KINGFISHER:
            await owning.execute(f"revoke select on {table} from {service}")  # noqa: S608 our own names
            async with opened(url) as connection:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await read(connection, number)
            await owning.execute(f"grant select on {table} to {service}")


async def read(connection: Connection, collection: int) -> int:
    """Read a collection as its extraction does, and give the number of its releases."""
    assert await kingfisher_process.candidates(connection, collection, None) == 1
    assert (await kingfisher_process.metadata(connection, collection)).collection_metadata["publisher"] is not None
    reading = kingfisher_process.pages(connection, collection, largest=300_000, page_size=10)
    return sum([len(page.releases) async for page in reading])

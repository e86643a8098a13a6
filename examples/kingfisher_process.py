"""Makes a database like that of Kingfisher Process, with one collection in it: a stand-in to try the service with.

`python kingfisher_process.py FILE`, where FILE has compiled releases as JSON Lines. The database is the one that
KINGFISHER_PROCESS_DATABASE_URL names, made if it isn't there. The collection of compiled releases has the number 2.
"""

import asyncio
import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import orjson

SCHEMA = """
create table if not exists collection (
    id serial primary key, source_id text, transform_from_collection_id integer references collection,
    transform_type text, store_start_at timestamp, store_end_at timestamp
);
create table if not exists data (id serial primary key, data jsonb not null);
create table if not exists package_data (id serial primary key, data jsonb not null);
create table if not exists release (
    id serial primary key, collection_id integer references collection, ocid text, data_id integer references data,
    package_data_id integer references package_data
);
create table if not exists record (
    id serial primary key, collection_id integer references collection, ocid text, data_id integer references data,
    package_data_id integer references package_data
);
create table if not exists compiled_release (
    id serial primary key, collection_id integer references collection, ocid text, release_date text,
    data_id integer references data
);
create index if not exists compiled_release_collection on compiled_release (collection_id, id);
"""
PACKAGE = {"publisher": {"name": "Example"}, "license": "CC0", "extensions": []}


async def main(lines: list[str]) -> None:
    """Make it, unless it is there."""
    url = os.environ["KINGFISHER_PROCESS_DATABASE_URL"]
    await make_database(url)
    connection = await asyncpg.connect(url)
    await connection.execute(SCHEMA)
    if not await connection.fetchval("select exists (select from collection)"):
        async with connection.transaction():
            await load(connection, lines)
    await connection.close()


async def make_database(url: str) -> None:
    """Make the database, from within the one that every server has."""
    parts = urlsplit(url)
    connection = await asyncpg.connect(urlunsplit(parts._replace(path="/postgres")))
    name = parts.path.lstrip("/")
    if not await connection.fetchval("select exists (select from pg_database where datname = $1)", name):
        quoted = await connection.fetchval("select quote_ident($1)", name)
        await connection.execute(f"create database {quoted}")
    await connection.close()


async def load(connection: asyncpg.Connection, lines: list[str]) -> None:
    """Write the collection as it was published, and the one of its compiled releases."""
    await connection.execute(
        """insert into collection (id, source_id, store_start_at, store_end_at) values (1, 'example', now(), now());
        insert into collection
        (id, source_id, transform_from_collection_id, transform_type, store_start_at, store_end_at)
        values (2, 'example', 1, 'compile-releases', now(), now())"""
    )
    package = await connection.fetchval(
        "insert into package_data (data) values ($1) returning id", orjson.dumps(PACKAGE).decode()
    )
    for line in lines:
        release = orjson.loads(line)
        data = await connection.fetchval("insert into data (data) values ($1) returning id", line)
        await connection.execute(
            "insert into release (collection_id, ocid, data_id, package_data_id) values (1, $1, $2, $3)",
            text(release, "ocid"),
            data,
            package,
        )
        await connection.execute(
            "insert into compiled_release (collection_id, ocid, release_date, data_id) values (2, $1, $2, $3)",
            text(release, "ocid"),
            text(release, "date"),
            data,
        )


def text(release: dict[str, Any], name: str) -> str:
    """Give a member as the columns have it: publishers write numbers, too, and leave it out."""
    value = release.get(name)
    return "" if value is None else str(value)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()))

"""A database of Kingfisher Process for tests, as far as it is read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final

import orjson

from pelican_async.database.connecting import Connection

SCHEMA: Final = """
create table collection (
    id serial primary key,
    source_id text not null,
    transform_type text not null default '',
    transform_from_collection_id integer references collection,
    store_start_at timestamp without time zone,
    store_end_at timestamp without time zone
);
create index on collection (transform_from_collection_id);

create table data (id bigserial primary key, data jsonb not null);
create table package_data (id bigserial primary key, data jsonb not null);

create table release (
    id bigserial primary key,
    collection_id integer not null references collection,
    ocid text not null,
    release_date text not null,
    data_id bigint not null references data,
    package_data_id bigint references package_data
);
create index on release (collection_id);

create table record (
    id bigserial primary key,
    collection_id integer not null references collection,
    ocid text not null,
    data_id bigint not null references data,
    package_data_id bigint references package_data
);
create index on record (collection_id);

create table compiled_release (
    id bigserial primary key,
    collection_id integer not null references collection,
    ocid text not null,
    release_date text not null,
    data_id bigint not null references data
);
create index on compiled_release (collection_id);
"""
AT_ONCE: Final = 1_000
"""So many releases are sent in one statement."""


def _package() -> dict[str, Any]:
    return {
        "uri": "https://example.com/package.json",
        "version": "1.1",
        "publisher": {"name": "Golden publisher"},
        "license": "https://example.com/license",
        "publicationPolicy": "https://example.com/policy",
        "extensions": [],
    }


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a collection comes from: the package that its releases were published in, and when it was collected."""

    package: Any = field(default_factory=_package)
    records: bool = False
    """Whether it was published as records."""
    started: datetime | None = datetime(2019, 12, 1, 1, 2, 3)  # noqa: DTZ001 as the column has it
    ended: datetime | None = datetime(2019, 12, 2, 4, 5, 6)  # noqa: DTZ001


GOLDEN: Final = Origin()
"""The one behind the golden results."""


async def create(connection: Connection) -> None:
    """Make the tables."""
    await connection.execute(SCHEMA)


async def load(connection: Connection, releases: Iterable[Mapping[str, Any] | bytes], origin: Origin = GOLDEN) -> int:
    """Make two collections, an original one and the one compiled from it, and give the id of the latter.

    Each of the releases, given as a value or as its JSON text, is a compiled one; the original collection has but one
    release, or record, in the package. The first call makes the collections 1 and 2, the next one 3 and 4.
    """
    async with connection.transaction():
        root = await add_collection(connection, None, origin.started, None)
        await add_package(connection, root, origin.package, records=origin.records)
        compiled = await add_collection(connection, root, None, origin.ended)
        await add_releases(connection, compiled, releases)
    await connection.execute("analyze")
    return compiled


async def add_collection(
    connection: Connection, made_from: int | None, started: datetime | None, ended: datetime | None
) -> int:
    """Make a collection without content, and give its id."""
    number: int = await connection.fetchval(
        """insert into collection
        (source_id, transform_type, transform_from_collection_id, store_start_at, store_end_at)
        values ('example', $1, $2, $3, $4) returning id""",
        "" if made_from is None else "compile-releases",
        made_from,
        started,
        ended,
    )
    return number


async def add_package(connection: Connection, collection_id: int, package: Any, *, records: bool = False) -> None:  # noqa: ANN401
    """Put a package of one release or record into a collection; `package` is any JSON value, but `None`: no package."""
    await connection.execute(
        f"""with content as (insert into data (data) values ('{{}}') returning id),
        package as (insert into package_data (data) select $2::text::jsonb where $2 is not null returning id)
        insert into {"record (ocid," if records else "release (release_date, ocid,"}
            collection_id, data_id, package_data_id)
        select {"" if records else "'',"} '', $1, content.id, package.id from content left join package on true""",  # noqa: S608
        collection_id,
        None if package is None else orjson.dumps(package).decode(),
    )


async def add_releases(
    connection: Connection, collection_id: int, releases: Iterable[Mapping[str, Any] | bytes]
) -> None:
    """Put compiled releases into a collection, in their order."""
    texts = ((release if isinstance(release, bytes) else orjson.dumps(release)).decode() for release in releases)
    while some := list(islice(texts, AT_ONCE)):
        await connection.execute(
            """with numbered as (
                select nextval('data_id_seq') as id, text::jsonb as data, number
                from unnest($2::text[]) with ordinality as given (text, number)
            ),
            stored as (insert into data (id, data) select id, data from numbered)
            insert into compiled_release (collection_id, ocid, release_date, data_id)
            select $1, coalesce(data ->> 'ocid', ''), coalesce(data ->> 'date', ''), id
            from numbered order by number""",
            collection_id,
            some,
        )

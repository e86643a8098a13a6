"""Reads collections from the database of Kingfisher Process, in which nothing is changed."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from checks.moments import date_time
from checks.values import Json
from pelican_async.database.connecting import Connection
from pelican_async.database.datasets import time_in_meta
from pelican_async.sources.pages import Page
from pelican_async.sources.paging import paged

SECONDS: Final = 600.0
"""So long may the server take to go through a collection once."""
PREFIX_LENGTH: Final = 11
"""Of an ocid: `ocds-`, and the 6 characters of its publisher."""

_CANDIDATES: Final = """
    select count(*) from (select from compiled_release where collection_id = $1::bigint limit $2) as candidates"""
_RELEASES: Final = """
    select candidate.id, case when stored.size < $4 then stored.data end as data
    from (
        select id, data_id from compiled_release where collection_id = $1::bigint and id > $2 order by id limit $3
    ) as candidate
    cross join lateral (
        -- The offset keeps this a look-up for each candidate, so that releases are never sorted, nor all read at first.
        select data, pg_column_size(data) as size from data where data.id = candidate.data_id offset 0
    ) as stored
    order by candidate.id"""
_COLLECTION: Final = """
    with recursive chain as (
        select id, transform_from_collection_id, store_start_at from collection where id = $1::bigint
        union -- unlike "union all", it ends if the chain is a circle
        select parent.id, parent.transform_from_collection_id, parent.store_start_at
        from collection as parent join chain on parent.id = chain.transform_from_collection_id
    )
    select compiled.store_end_at, root.id as root_id, root.store_start_at
    from collection as compiled
    left join chain as root on not exists (select from chain where id = root.transform_from_collection_id)
    where compiled.id = $1::bigint
        and not exists (select from collection where transform_from_collection_id = $1::bigint)"""
_PACKAGE: Final = """
    select
        jsonb_path_query_first(data, 'strict $.publisher.name ? (@.type() == "string" && @ != "")', '{}', true)
            #>> '{}' as publisher,
        jsonb_path_query_first(data, 'strict $.license ? (@.type() == "string" && @ != "")', '{}', true)
            #>> '{}' as data_license,
        jsonb_path_query_first(data, 'strict $.publicationPolicy ? (@.type() == "string" && @ != "")', '{}', true)
            #>> '{}' as publication_policy,
        array(
            select url #>> '{}'
            from jsonb_path_query(data, 'strict $.extensions[*] ? (@.type() == "string")', '{}', true) as url
        ) as extensions
    from package_data
    where id = coalesce(
        (select package.id from record join package_data as package on package.id = package_data_id
            where collection_id = $1::bigint limit 1),
        (select package.id from release join package_data as package on package.id = package_data_id
            where collection_id = $1::bigint limit 1)
    )"""
_DATES: Final = """
    select
        max(ocid collate "C") as greatest_ocid,
        min(release_date collate "C") as first_date,
        max(release_date collate "C") as last_date
    from compiled_release where collection_id = $1::bigint and release_date <> ''"""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a collection's dataset says of it: two members of its meta, and the URLs of the extensions as published.

    `collection_metadata["extensions"]` is empty until they were fetched.
    """

    kingfisher_metadata: Mapping[str, Json]
    collection_metadata: Mapping[str, Json]
    extensions: tuple[str, ...] = ()


NOTHING_KNOWN: Final = Metadata(
    kingfisher_metadata={},
    collection_metadata={
        "publisher": None,
        "data_license": None,
        "publication_policy": None,
        "extensions": [],
        "ocid_prefix": None,
        "published_from": None,
        "published_to": None,
    },
)


async def candidates(connection: Connection, collection_id: int, max_items: int | None) -> int:
    """Count the compiled releases of a collection, up to `max_items` if that is over 0."""
    limit = max_items if max_items is not None and max_items > 0 else None
    count: int = await connection.fetchval(_CANDIDATES, collection_id, limit, timeout=SECONDS)
    return count


def pages(  # noqa: PLR0913
    connection: Connection,
    collection_id: int,
    *,
    after: int = 0,
    limit: int | None = None,
    largest: int,
    page_size: int,
) -> AsyncGenerator[Page]:
    """Give a collection's compiled releases in the order of their rows' ids, from after the id `after`.

    There is one for each row of `compiled_release`, even where rows share their data. Those that take `largest` bytes
    or more where they are stored, which may be compressed, are counted only: they aren't transferred. `limit` is how
    many rows are looked at in all, those that are too large included.

    A page has at most `page_size` of them. All pages show the same moment. They are read as they are asked for, in a
    transaction that the connection is in until the iterator is closed: use it for nothing else meanwhile.
    """
    return paged(connection, _RELEASES, collection_id, after, limit, largest, page_size=page_size)


async def metadata(connection: Connection, collection_id: int) -> Metadata:
    """Give the metadata of a collection of compiled releases, all of it, however many of them become items.

    The publisher, licence, policy and extensions are those of one package of the collection that it was made from in
    the first place: of a record, if it has records, else of a release. Times are in UTC; the dates of publication are
    in their own offsets, `None` if they can't be read. Texts are compared by code point. Nothing is known of a
    collection that isn't there, or that others were made from.
    """
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        collection = await connection.fetchrow(_COLLECTION, collection_id)
        if collection is None:
            return NOTHING_KNOWN
        package = await connection.fetchrow(_PACKAGE, collection["root_id"])
        dates = await connection.fetchrow(_DATES, collection_id, timeout=SECONDS)
    found = dict(NOTHING_KNOWN.collection_metadata)
    if package is not None:
        found |= {name: package[name] for name in ("publisher", "data_license", "publication_policy")}
    if dates is not None and dates["greatest_ocid"] is not None:
        found["ocid_prefix"] = dates["greatest_ocid"][:PREFIX_LENGTH]
        found["published_from"] = _written(date_time(dates["first_date"]))
        found["published_to"] = _written(date_time(dates["last_date"]))
    return Metadata(
        kingfisher_metadata={
            "collection_id": collection_id,
            "processing_start": _written(collection["store_start_at"]),
            "processing_end": _written(collection["store_end_at"]),
        },
        collection_metadata=found,
        extensions=() if package is None else tuple(package["extensions"]),
    )


def _written(time: datetime | None) -> str | None:
    return None if time is None else time_in_meta(time)

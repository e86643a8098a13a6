"""Reads the releases that a query gives page by page, however many there are."""

from collections.abc import AsyncGenerator
from typing import Final

import asyncpg

from pelican_async.database.connecting import Connection
from pelican_async.sources.pages import Page

BLOCK: Final = 50
"""So many releases are asked for at once."""
PAGE_BYTES: Final = 32_000_000
"""A page of large releases ends early, once it takes so much memory."""
SECONDS: Final = 600.0
"""So long may the server take to find some more."""


async def paged(connection: Connection, query: str, *arguments: object, page_size: int) -> AsyncGenerator[Page]:
    """Give what a query gives: rows of an `id`, ascending, and the `data` of a release, null if it is too large.

    A page has at most `page_size` rows. All pages show the same moment. They are read as they are asked for, in a
    transaction that the connection is in until the iterator is closed: use it for nothing else meanwhile.
    """
    async with connection.transaction(isolation="repeatable_read", readonly=True):
        cursor = await connection.cursor(query, *arguments)
        rows: list[asyncpg.Record] = []
        taken = 0
        while block := await cursor.fetch(min(BLOCK, page_size - len(rows)), timeout=SECONDS):
            rows += block
            taken += sum(len(row["data"] or b"") for row in block)
            if len(rows) == page_size or taken >= PAGE_BYTES:
                yield _page(rows)
                rows, taken = [], 0
        if rows:
            yield _page(rows)


def _page(rows: list[asyncpg.Record]) -> Page:
    releases = [row["data"] for row in rows if row["data"] is not None]
    return Page(last_id=rows[-1]["id"], releases=releases, skipped=len(rows) - len(releases))

"""All that datasets leave in a database, whatever numbers they and their items got, round by round.

The numbers of datasets and of items begin so high that no other number is like them, so each can be told wherever it
stands, and is written as the dataset's name, with the distance from its first item.
"""

import re
from array import array
from collections.abc import Callable, Mapping
from typing import Any, Final

import asyncpg

from checks.batch import Partial, Wanted
from checks.sampling import Sampling, index_of, item_of
from pelican_async import partials
from pelican_async.dataset_reading import EXAMPLES
from pelican_async.item_work import KEY
from tests.golden.database_content import rows_of
from tests.services.world import Rows

FIRST_DATASET: Final = 500_000_000_000
FIRST_ITEM: Final = 700_000_000_000
NUMBER: Final = re.compile(r"(?<![\d.])[57]000\d{8}(?![\d.])")
LAYOUT: Final = re.compile(r'"layout": (\d+)')
"""Its number depends on how many replicas began at once, and which of them went on."""
ROUND: Final = re.compile(r"round (\d+)/")
PARTIALS: Final = "batch_partial"
WANTED: Final = Wanted(EXAMPLES, facts=False, snapshot=True, stored=True)


async def begin_high(connection: asyncpg.Connection) -> None:
    """Let numbers of datasets and of items begin there."""
    await connection.execute("select setval(pg_get_serial_sequence('dataset', 'id'), $1)", FIRST_DATASET)
    await connection.execute("select setval(pg_get_serial_sequence('data_item', 'id'), $1)", FIRST_ITEM)


async def rows_by_round(connection: asyncpg.Connection) -> Mapping[str, Rows]:
    """Give all rows, by the round that their dataset's name begins with, without that."""
    async with connection.transaction(isolation="repeatable_read"):
        names = await _names(connection)
        layouts = [row["id"] for row in await connection.fetch("select id from layout order by id")]
        rows = await rows_of(connection)
        rows[PARTIALS] = [str(row) for row in await _partials(connection)]
    found: dict[str, Rows] = {}
    for table, texts in rows.items():
        for text in texts:
            named = NUMBER.sub(lambda match: names(int(match[0])), text)
            named = LAYOUT.sub(lambda match: f'"layout": <{layouts.index(int(match[1]))}>', named)
            rounds = set(ROUND.findall(named))
            of_round = found.setdefault(rounds.pop() if len(rounds) == 1 else "unknown", {})
            of_round.setdefault(table, []).append(ROUND.sub("", named))
    for tables in found.values():
        for texts in tables.values():
            texts.sort()
    return found


async def _names(connection: asyncpg.Connection) -> Callable[[int], str]:
    """Give what names a number."""
    rows = await connection.fetch(
        """select dataset.id, name || coalesce(' filtered by ' || filter_message::text, '') as name,
        first_item_id, coalesce(size, 0) as size
        from dataset left join dataset_run on dataset_id = dataset.id
        left join progress_monitor_dataset as progress on progress.dataset_id = dataset.id
        left join dataset_filter on dataset_id_filtered = dataset.id"""
    )

    def name(number: int) -> str:
        for row in rows:
            first = row["first_item_id"] or 0
            if number == row["id"]:
                return f"<{_unquoted(row['name'])}>"
            if first <= number < first + max(row["size"], 1):
                return f"<{_unquoted(row['name'])}+{number - first}>"
        return str(number)

    return name


def _unquoted(name: str) -> str:
    return name.replace('"', "'")


async def _partials(connection: asyncpg.Connection) -> list[dict[str, Any]]:
    """Give the merged partials of each dataset: batches may have been cut when a process died."""
    rows = await connection.fetch(
        """select batch_partial.*, dataset_run.first_item_id as first, size from batch_partial
        join dataset_run using (dataset_id) join progress_monitor_dataset using (dataset_id)
        order by dataset_id, batch_partial.first_item_id"""
    )
    described = []
    for dataset_id in sorted({row["dataset_id"] for row in rows}):
        batches = [row for row in rows if row["dataset_id"] == dataset_id]
        first, size = batches[0]["first"], batches[0]["size"]
        sampling = Sampling(KEY, first)
        merged = Partial(sampling, WANTED)
        for batch in batches:
            partials.add_counts(merged, batch["tally"])
            merged.dataset.merge(partials.collected(batch["collected"]))
            assert merged.snapshot is not None
            merged.snapshot.merge(partials.snapshot(batch["snapshot"]))
        described.append(
            {
                "dataset_id": dataset_id,
                "items": sum(batch["items"] for batch in batches),
                "from": [batch["first_item_id"] for batch in batches][:1],
                "checked_by": sorted({batch["checked_by"] for batch in batches}),
                "content": _described(merged, first, size),
            }
        )
    return described


def _described(value: Any, first: int, size: int) -> Any:  # noqa: ANN401, C901, PLR0911
    """Describe whatever partials consist of, with items and places counted from the dataset's first item."""

    def inner(one: Any) -> Any:  # noqa: ANN401
        return _described(one, first, size)

    if callable(value):
        return getattr(value, "__qualname__", type(value).__name__)
    match value:
        case bool() | None | str() | float() | bytes():
            return value
        case int():
            if first <= value < first + size:
                return f"item {value - first}"
            if first <= item_of(value) < first + size:
                return f"item {item_of(value) - first}, {index_of(value)}"
            return value
        case dict():
            return sorted(((inner(key), inner(one)) for key, one in value.items()), key=repr)
        case set() | frozenset() | array():  # arrays are in the order in which batches happened to be checked together
            return sorted(map(inner, value), key=repr)
        case list() | tuple():
            return [inner(one) for one in value]
        case Sampling():
            return "sampling"
    slots = [slot for kind in type(value).__mro__ for slot in getattr(kind, "__slots__", ())]
    names = sorted({*slots, *getattr(value, "__dict__", {})})
    return type(value).__name__, [(name, inner(getattr(value, name, None))) for name in names]

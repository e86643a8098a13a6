"""What a database says of a dataset, in the form of the golden results of whole pipelines."""

from typing import Any, Final

import asyncpg
import orjson

TABLES: Final = (
    "dataset",
    "dataset_filter",
    "dataset_run",
    "progress_monitor_dataset",
    "data_item",
    "progress_monitor_item",
    "item_result",
    "item_not_checked",
    "item_changed",
    "dataset_level_check",
    "time_variance_level_check",
    "report",
    "field_level_check_examples",
    "resource_level_check_examples",
    "outbox",
)
RANDOM: Final = "examples"


async def content(connection: asyncpg.Connection, dataset_id: int) -> dict[str, Any]:
    """Give everything that readers see of a dataset, lists of examples by their lengths."""

    async def rows(query: str) -> list[asyncpg.Record]:
        found: list[asyncpg.Record] = await connection.fetch(query, dataset_id)
        return found

    (dataset,) = await rows("select name, meta, ancestor_id from dataset where id = $1")
    (progress,) = await rows("select phase, state, size from progress_monitor_dataset where dataset_id = $1")
    return {
        "dataset": {
            "name": dataset["name"],
            "meta": orjson.loads(dataset["meta"]),
            "ancestor_id": dataset["ancestor_id"],
        },
        "progress": dict(progress),
        "report": {
            row["type"]: orjson.loads(row["data"])
            for row in await rows("select type::text, data from report where dataset_id = $1")
        },
        "dataset_level_check": {
            row["check_name"]: {"result": row["result"], "value": row["value"]}
            for row in await rows("select check_name, result, value from dataset_level_check where dataset_id = $1")
        },
        "time_variance_level_check": {
            row["check_name"]: {
                **{key: row[key] for key in ("coverage_result", "coverage_value", "check_result", "check_value")},
                "meta": counted(orjson.loads(row["meta"])),
            }
            for row in await rows("select * from time_variance_level_check where dataset_id = $1")
        },
        "field_level_check_examples": {
            row["path"]: counted(orjson.loads(row["data"]))
            for row in await rows("select path, data from field_level_check_examples where dataset_id = $1")
        },
        "resource_level_check_examples": {
            row["check_name"]: counted(orjson.loads(row["data"]))
            for row in await rows("select check_name, data from resource_level_check_examples where dataset_id = $1")
        },
    }


async def rows_of(connection: asyncpg.Connection) -> dict[str, list[str]]:
    """Give all rows of what datasets leave in a database, as texts without times, in an order of their own."""
    rows: dict[str, list[str]] = {}
    for table in TABLES:
        found = await connection.fetch(
            f"""select (
                to_jsonb(it) - '{{id,created,modified,asked_by,holder,held_until}}'::text[]
                #- '{{meta,data_quality_tool_metadata}}'
            )::text as row from {table} as it"""  # noqa: S608 our own names
        )
        rows[table] = sorted(row["row"] for row in found)
    return rows


def counted(value: Any) -> Any:  # noqa: ANN401 any JSON
    """Replace lists of examples, which are chosen at random, by their lengths."""
    if not isinstance(value, dict):
        return value
    return {
        (f"{key}_count" if isinstance(inner, list) and key.endswith(RANDOM) else key): len(inner)
        if isinstance(inner, list) and key.endswith(RANDOM)
        else counted(inner)
        for key, inner in value.items()
    }

"""Datasets: how one begins, and what is known of it while it is made and checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

import asyncpg
import orjson

from checks.values import Json
from pelican_async.database.connecting import Connection

NEW_IDS: Final = 0x70656C69
"""The number of the advisory lock under which ids of items are set aside."""


class Phase(StrEnum):
    """How far a dataset has come; readers know no other phases."""

    CONTRACTING_PROCESS = "CONTRACTING_PROCESS"
    DATASET = "DATASET"
    TIME_VARIANCE = "TIME_VARIANCE"
    CHECKED = "CHECKED"
    DELETED = "DELETED"


class State(StrEnum):
    """Whether a phase, or the check of an item, is under way or done."""

    IN_PROGRESS = "IN_PROGRESS"
    OK = "OK"


@dataclass(frozen=True, slots=True)
class NewDataset:
    """A dataset to make.

    `source` says where its items come from, as `dataset_run.source` keeps it, and `stage` which stage takes them from
    there; there are at most `candidates` of them.
    `today` is the last day that isn't in the future, as days since the year 1. `asked_by` identifies the message that
    asks for it: there is one dataset for it, however often it comes.
    """

    name: str
    meta: Mapping[str, Json]
    ancestor_id: int | None
    stage: str
    source: Mapping[str, Json]
    candidates: int
    today: int
    asked_by: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """What a dataset's stages need to know of it: the columns of `dataset_run`, and how many items it has so far."""

    dataset_id: int
    source: dict[str, Json]
    source_place: int
    skipped: int
    first_item_id: int
    items_left: int
    without_ocid: int
    today: int
    size: int


async def create(connection: Connection, new: NewDataset) -> int:
    """Make a dataset, its progress and its run, all at once; ids are set aside for its items. Give its id.

    Raises `DeletedMeanwhileError`: the same message, handled again, finds that it was handled.
    """
    async with connection.transaction():
        dataset_id: int = await connection.fetchval(
            "insert into dataset (name, meta, ancestor_id) values ($1, $2, $3) returning id",
            new.name,
            orjson.dumps(new.meta),
            new.ancestor_id,
        )
        await connection.execute(
            "insert into progress_monitor_dataset (dataset_id, phase, state, size) values ($1, $2, $3, 0)",
            dataset_id,
            Phase.CONTRACTING_PROCESS,
            State.IN_PROGRESS,
        )
        await connection.execute(
            """insert into dataset_run (dataset_id, source, first_item_id, today, asked_by, stage)
            values ($1, $2, $3, $4, $5, $6)""",
            dataset_id,
            orjson.dumps(new.source),
            await _set_ids_aside(connection, new.candidates),
            new.today,
            new.asked_by,
            new.stage,
        )
        if await connection.fetchval("select exists (select from deleted_request where asked_by = $1)", new.asked_by):
            raise DeletedMeanwhileError
    return dataset_id


class DeletedMeanwhileError(Exception):
    """The dataset that a message asks for was made and deleted since it was looked for."""


async def _set_ids_aside(connection: Connection, count: int) -> int:
    """Set ids of items aside, without gaps, and give the first."""
    await connection.execute("select pg_advisory_xact_lock($1)", NEW_IDS)
    sequence: str = await connection.fetchval("select pg_get_serial_sequence('data_item', 'id')")
    first: int = await connection.fetchval("select nextval($1::text::regclass)", sequence)
    if count > 1:
        await connection.fetchval("select setval($1::text::regclass, $2)", sequence, first + count - 1)
    return first


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for when a dataset was made."""

    name: str
    ancestor_id: int | None
    source: dict[str, Any]


async def asked_for(connection: Connection, dataset_id: int) -> Asked:
    """Give what was asked for when a dataset that is there was made."""
    (row,) = await connection.fetch(
        """select name, ancestor_id, source from dataset join dataset_run on dataset_id = dataset.id
        where dataset.id = $1""",
        dataset_id,
    )
    return Asked(row["name"], row["ancestor_id"], orjson.loads(row["source"]))


async def key(connection: Connection, dataset_id: int) -> str:
    """Give what identifies the message that asked for a dataset; it is given such now, if it had none."""
    found: str = await connection.fetchval(
        """update dataset_run set asked_by = coalesce(asked_by, 'dataset-' || dataset_id)
        where dataset_id = $1 returning asked_by""",
        dataset_id,
    )
    return found


async def asked_before(connection: Connection, asked_by: str) -> bool:
    """Say whether a dataset was made for a message; it may be deleted since."""
    found: bool = await connection.fetchval(
        """select exists (select from dataset_run where asked_by = $1)
        or exists (select from deleted_request where asked_by = $1)""",
        asked_by,
    )
    return found


async def made_lately(connection: Connection, name: str, source: Mapping[str, Json]) -> bool:
    """Say whether a message without a key made a dataset of a name and source within a day; it may be deleted since."""
    found: bool = await connection.fetchval(
        """select exists (
            select from (
                select name, source, asked_by, dataset.created
                from dataset_run join dataset on dataset.id = dataset_id where name = $1
                union all select name, source, asked_by, created from deleted_request where name = $1
            ) as made
            where source - 'candidates' = $2 and asked_by is null and created > current_timestamp - interval '1 day'
        )""",
        name,
        orjson.dumps(source),
    )
    return found


async def run_of(connection: Connection, dataset_id: int) -> Run | None:
    """Give what is known of a dataset that this service makes or made; `None` if it is gone."""
    row = await connection.fetchrow(
        """select dataset_run.*, coalesce(size, 0) as size
        from dataset_run join progress_monitor_dataset using (dataset_id) where dataset_id = $1""",
        dataset_id,
    )
    return None if row is None else _run(row)


def _run(row: asyncpg.Record) -> Run:
    return Run(
        dataset_id=row["dataset_id"],
        source=orjson.loads(row["source"]),
        source_place=row["source_place"],
        skipped=row["skipped"],
        first_item_id=row["first_item_id"],
        items_left=row["items_left"],
        without_ocid=row["without_ocid"],
        today=row["today"],
        size=row["size"],
    )


async def keep(connection: Connection, dataset_id: int) -> bool:
    """Keep a dataset from being deleted, to the end of the transaction; say whether it is there."""
    found = await connection.fetchval("select id from dataset where id = $1 for key share", dataset_id)
    return found is not None


async def move(connection: Connection, dataset_id: int, phase: Phase, state: State) -> None:
    """Write down how far a dataset has come."""
    await connection.execute(
        """update progress_monitor_dataset set phase = $2, state = $3, modified = current_timestamp
        where dataset_id = $1""",
        dataset_id,
        phase,
        state,
    )


async def phase_of(connection: Connection, dataset_id: int) -> tuple[Phase, State] | None:
    """Give how far a dataset has come; `None` if it is gone."""
    row = await connection.fetchrow(
        "select phase, state from progress_monitor_dataset where dataset_id = $1", dataset_id
    )
    return None if row is None else (Phase(row["phase"]), State(row["state"]))


async def add_meta(connection: Connection, dataset_id: int, meta: dict[str, Json]) -> None:
    """Add to a dataset's metadata; keys that are there already are replaced."""
    await connection.execute(
        "update dataset set meta = meta || $2, modified = current_timestamp where id = $1",
        dataset_id,
        orjson.dumps(meta),
    )


def time_in_meta(moment: datetime) -> str:
    """Write a time as metadata have it."""
    return moment.strftime("%Y-%m-%d %H.%M.%S")


async def note_reference(connection: Connection, dataset_id: int, checked_with: Sequence[str]) -> None:
    """Write down, in words, which codelists and exchange rates a dataset's values were looked up in."""
    await connection.execute(
        "update dataset_run set source = source || jsonb_build_object('checked_with', $2::jsonb) where dataset_id = $1",
        dataset_id,
        orjson.dumps(list(checked_with)),
    )

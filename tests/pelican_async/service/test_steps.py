"""Steps that are left out: the stages only hand the dataset on, and reports have zero counts."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, Final, NamedTuple

import anyio
import orjson

from pelican_async import supervisor
from pelican_async.database.connecting import opened
from pelican_async.database.layouts import current_layout
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.reference import codelists
from pelican_async.settings import Step
from pelican_async.stages.catalog import STAGES
from pelican_async.stages.parts import Parts
from tests.services.replica import replica
from tests.services.world import Rows, World

HISTORY: Final = """
    create table history (id serial, dataset_id bigint, said text);
    create function note() returns trigger language plpgsql as $$
    begin
        if tg_op = 'INSERT' or (new.phase, new.state) is distinct from (old.phase, old.state) then
            insert into history (dataset_id, said) values (new.dataset_id, new.phase || ' ' || new.state);
        end if;
        return null;
    end
    $$;
    create trigger note after insert or update on progress_monitor_dataset for each row execute function note();
"""
ITEMS: Final = 12
EXTRACTION: Final = ["CONTRACTING_PROCESS IN_PROGRESS", "CONTRACTING_PROCESS OK"]
DATASET: Final = ["DATASET IN_PROGRESS", "DATASET OK"]
TIME_BASED: Final = ["TIME_VARIANCE IN_PROGRESS", "TIME_VARIANCE OK"]


class Left(NamedTuple):
    """What a dataset left."""

    history: list[str]
    meta: dict[str, Any]
    counts: dict[str, int]
    reports: dict[str, dict[str, Any]]


async def left(here: World, number: int) -> Left:
    history = await here.fetch("select said from history where dataset_id = $1 order by id", number)
    (dataset,) = await here.fetch("select meta from dataset where id = $1", number)
    counts = {}
    for table in ("dataset_level_check", "time_variance_level_check", "field_level_check_examples",
                  "resource_level_check_examples"):  # fmt: skip
        (row,) = await here.fetch(f"select count(*) from {table} where dataset_id = $1", number)  # noqa: S608
        counts[table] = row["count"]
    reports = await here.fetch("select type::text, data from report where dataset_id = $1", number)
    return Left(
        [row["said"] for row in history],
        orjson.loads(dataset["meta"]),
        counts,
        {row["type"]: orjson.loads(row["data"]) for row in reports},
    )


@asynccontextmanager
async def serving(here: World, parts: Parts, *steps: Step) -> AsyncIterator[None]:
    """Run the service with these steps, on parts that are there already."""
    settings = here.settings(pelican_backend_steps=frozenset(steps))
    async with parts.database.acquire() as connection:
        layout = await current_layout(connection, quality=Step.FIELD_QUALITY in settings.steps)
    stop = anyio.Event()
    async with anyio.create_task_group() as tasks:
        changed = replace(parts, settings=settings, layout=layout)
        tasks.start_soon(supervisor.run, changed, here.broker, list(STAGES.values()), stop)
        yield
        stop.set()


def totals(report: Mapping[str, Any], group: str | None = None) -> int:
    return sum((entry if group is None else entry[group])["total_count"] for entry in report.values())


async def test_each_alone_and_all(here: World) -> None:
    all_steps = set(Step)
    left_out: list[set[Step]] = [
        set(),
        {Step.FIELD_COVERAGE},
        {Step.FIELD_QUALITY},
        {Step.FIELD_COVERAGE, Step.FIELD_QUALITY},
        {Step.COMPILED_RELEASE},
        {Step.DATASET},
        {Step.TIME_BASED},
        {Step.REPORT},
        all_steps,
    ]
    async with opened(here.database) as connection:
        await connection.execute(HISTORY)
    found: list[Left] = []
    async with supervisor.built(here.settings(), codelists.snapshot()) as parts:
        for number, out in enumerate(left_out, 1):
            async with serving(here, parts, *(all_steps - out)):
                ancestor = 1 if number > 1 else None
                message = ExtractCollection(name=f"{number}", collection_id=2, ancestor_id=ancestor, max_items=ITEMS)
                await here.ask(Queue.EXTRACT_KINGFISHER, message)
                await here.progress.until_checked(number)
            found.append(await left(here, number))
    assert await here.broker.dead_letters() == []
    show_states(*found)
    show_counts(*found)
    show_reports(*found)


def show_states(*found: Left) -> None:
    first, no_coverage, no_quality, no_fields, no_checks, no_dataset, no_time_based, no_report, nothing = found
    whole = [*EXTRACTION, *DATASET, *TIME_BASED, "CHECKED OK"]
    for one in (first, no_coverage, no_quality, no_fields, no_checks, no_report):
        assert one.history == whole
    assert no_dataset.history == [*EXTRACTION, "DATASET OK", *TIME_BASED, "CHECKED OK"]
    assert no_time_based.history == [*EXTRACTION, *DATASET, "TIME_VARIANCE OK", "CHECKED OK"]
    assert nothing.history == [*EXTRACTION, "DATASET OK", "TIME_VARIANCE OK", "CHECKED OK"]

    assert no_dataset.meta["compiled_releases"] == nothing.meta["compiled_releases"] == {}
    assert "tender_lifecycle" not in no_dataset.meta
    assert "data_quality_tool_metadata" not in no_report.meta
    assert "data_quality_tool_metadata" not in nothing.meta
    assert "data_quality_tool_metadata" in no_dataset.meta
    assert no_time_based.meta.keys() == first.meta.keys()


def show_counts(*found: Left) -> None:
    first, no_coverage, no_quality, no_fields, no_checks, no_dataset, no_time_based, no_report, nothing = found
    names = first.reports["resource_level_check"].keys()
    examples = {"field_level_check_examples": 559, "resource_level_check_examples": len(names)}
    compared = no_coverage.counts["time_variance_level_check"]
    full = {"dataset_level_check": 24, "time_variance_level_check": compared, **examples}
    assert full["time_variance_level_check"] > 0
    assert first.counts == full | {"time_variance_level_check": 0}, "it has no ancestor"
    assert no_coverage.counts == no_quality.counts == no_fields.counts == no_checks.counts == full
    assert no_dataset.counts == full | {"dataset_level_check": 0}
    assert no_time_based.counts == full | {"time_variance_level_check": 0}
    assert no_report.counts == full | dict.fromkeys(examples, 0)
    assert nothing.counts == dict.fromkeys(full, 0)


def show_reports(*found: Left) -> None:
    first, no_coverage, no_quality, no_fields, no_checks, no_dataset, no_time_based, no_report, nothing = found
    fields, checks = first.reports["field_level_check"], first.reports["resource_level_check"]
    assert no_coverage.reports == first.reports, "quality needs it"
    assert no_quality.reports["resource_level_check"] == checks
    changed = no_quality.reports["field_level_check"]
    assert {path: entry["coverage"] for path, entry in changed.items()} == {
        path: entry["coverage"] for path, entry in fields.items()
    }
    assert totals(fields, "quality") > 0 == totals(changed, "quality")
    assert no_fields.reports["resource_level_check"] == checks
    assert no_fields.reports["field_level_check"].keys() == fields.keys()
    assert totals(no_fields.reports["field_level_check"], "coverage") == 0
    assert totals(no_fields.reports["field_level_check"], "quality") == 0
    assert no_checks.reports["field_level_check"] == fields
    assert no_checks.reports["resource_level_check"].keys() == checks.keys()
    assert totals(checks) > 0 == totals(no_checks.reports["resource_level_check"])
    assert no_dataset.reports == no_time_based.reports == first.reports
    assert no_report.reports == nothing.reports == {}


async def test_replicas_with_other_stages(here: World, expected: Mapping[int, Rows]) -> None:
    """Two that have none in common complete datasets together."""
    some = ("extract_kingfisher_process", "check_dataset", "report")
    others = [name for name in STAGES if name not in some]
    async with (
        replica(here.environment, "--stages", ",".join(some)) as one,
        replica(here.environment, "--stages", ",".join(others)) as another,
    ):
        assert (await one.until_said("ready"))["stages"] == sorted(some)
        assert (await another.until_said("ready"))["stages"] == sorted(others)
        await here.check_both()
    assert await here.broker.dead_letters() == []
    assert await here.rows() == expected[2]

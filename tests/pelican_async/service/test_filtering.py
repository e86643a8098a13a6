"""Datasets that are made by filters: each rule, also one that nothing fits."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import orjson

from checks.values import Json
from pelican_async.database.connecting import opened
from pelican_async.messages import ExtractFiltered, Queue
from tests.pelican_async.service.dead_letters import until_dead
from tests.services.pausing import paused
from tests.services.world import World, collection, request

SIZE: Final = 45
RELEASES: Final = [orjson.loads(text) for text in collection("collection.previous.jsonl", SIZE)]
SEEN: Final = """
    create table seen (dataset_id bigint, meta jsonb, phase text, state text, source jsonb);
    create function see() returns trigger language plpgsql as $$
    begin
        insert into seen
        select new.id, new.meta, phase, state, source
        from progress_monitor_dataset join dataset_run using (dataset_id) where dataset_id = new.id;
        return null;
    end
    $$;
    create constraint trigger see after insert on dataset deferrable initially deferred
    for each row execute function see();
"""


def named(value: Any, *path: str) -> str | None:  # noqa: ANN401 any JSON
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None


def buyer(release: Any) -> str | None:  # noqa: ANN401
    return named(release, "buyer", "name")


def entity(release: Any) -> str | None:  # noqa: ANN401
    return named(release, "tender", "procuringEntity", "name")


def date(release: Any) -> str:  # noqa: ANN401
    return named(release, "date") or ""


DATES: Final = sorted(date(release) for release in RELEASES)
BUYERS: Final = sorted({name for release in RELEASES if (name := buyer(release))})
ENTITIES: Final = sorted({name for release in RELEASES if (name := entity(release))})
WORD: Final = ENTITIES[0].split()[0]
Rule = tuple[Mapping[str, Json], Callable[[Any], bool]]
RULES: Final[tuple[Rule, ...]] = (
    ({"release_date_from": DATES[20], "release_date_to": DATES[30]}, lambda it: DATES[20] <= date(it) <= DATES[30]),
    ({"release_date_to": DATES[20][:10], "unknown": {"a": None}}, lambda it: "" < date(it) <= DATES[20][:10]),
    ({"buyer": [BUYERS[0], BUYERS[1], "nobody"]}, lambda it: buyer(it) in BUYERS[:2]),
    ({"buyer_regex": BUYERS[0].upper()}, lambda it: (buyer(it) or "").lower() == BUYERS[0].lower()),
    ({"procuring_entity": ENTITIES[1:]}, lambda it: entity(it) in ENTITIES[1:]),
    ({"procuring_entity_regex": f"{WORD.lower()}%"}, lambda it: (entity(it) or "").startswith(WORD)),
    ({"buyer_regex": "%", "release_date_from": DATES[10]}, lambda it: buyer(it) is not None and date(it) >= DATES[10]),
)
NOTHING: Final[Mapping[str, Json]] = {"buyer": []}
WHOLE: Final[Mapping[str, Json]] = {"release_date_from": ""}


def filtering(rule: Mapping[str, Json], original: int = 1, max_items: int | None = None) -> ExtractFiltered:
    return ExtractFiltered(dataset_id_original=original, filter_message=dict(rule), max_items=max_items)


async def test_each_rule(here: World) -> None:
    """All at once, on a dataset that is checked; before it is, they are refused."""
    async with opened(here.database) as connection:
        await connection.execute(SEEN)
    async with here.serving(replicas=2):
        async with paused(here.database, "report"):
            await here.ask(Queue.EXTRACT_KINGFISHER, request(1))
            await here.progress.until(lambda phases: phases.get(1) == "TIME_VARIANCE OK")
            await here.ask(Queue.EXTRACT_FILTER, filtering(WHOLE))
            (refused,) = await until_dead(here, 1)
            assert refused.headers["x-pelican-reason"] == "Dataset 1 can't be filtered before it is checked."
        await here.progress.until_checked(1)
        asked = [*((rule, None) for rule, _ in RULES), (NOTHING, None), (WHOLE, 7)]
        for rule, most in asked:
            await here.ask(Queue.EXTRACT_FILTER, filtering(rule, max_items=most))
        await here.progress.until_checked(1 + len(asked))
    assert len(await here.broker.dead_letters()) == 1

    made = {
        orjson.dumps(orjson.loads(row["filter_message"]), option=orjson.OPT_SORT_KEYS): row["dataset_id_filtered"]
        for row in await here.fetch("select * from dataset_filter where dataset_id_original = 1")
    }
    assert len(made) == len(asked)
    for rule, fits in (*RULES, (NOTHING, lambda _: False), (WHOLE, RELEASES[:7].__contains__)):
        number = made[orjson.dumps(rule, option=orjson.OPT_SORT_KEYS)]
        items = await here.fetch("select data from data_item where dataset_id = $1 order by id", number)
        wanted = [release for release in RELEASES if fits(release)]
        assert [orjson.loads(row["data"]) for row in items] == wanted, rule
        assert rule == NOTHING or 0 < len(wanted) < SIZE, rule
        (progress,) = await here.fetch("select * from progress_monitor_dataset where dataset_id = $1", number)
        assert (progress["phase"], progress["state"], progress["size"]) == ("CHECKED", "OK", len(wanted))

    original, *filtered = await here.fetch("select * from dataset order by id")
    first = orjson.loads(original["meta"])
    for row in filtered:
        meta = orjson.loads(row["meta"])
        assert (row["name"], row["ancestor_id"]) == (original["name"], None)
        assert meta.keys() == first.keys()
        assert {key: meta[key] for key in ("kingfisher_metadata", "collection_metadata")} == {
            key: first[key] for key in ("kingfisher_metadata", "collection_metadata")
        }
    seen = await here.fetch("select * from seen")
    assert {row["dataset_id"] for row in seen} == {1, *made.values()}
    for row in seen:
        meta = orjson.loads(row["meta"])
        assert meta.keys() == {"kingfisher_metadata", "collection_metadata", "compiled_releases"}
        assert meta["compiled_releases"] == {}
        assert meta["kingfisher_metadata"]["collection_id"] == 2
        assert (row["phase"], row["state"]) == ("CONTRACTING_PROCESS", "IN_PROGRESS")
    await nothing_is_complete(here, made[orjson.dumps(NOTHING)])


async def nothing_is_complete(here: World, number: int) -> None:
    """Show that a dataset without items has all that the frontend looks for."""
    (dataset,) = await here.fetch("select meta from dataset where id = $1", number)
    meta = orjson.loads(dataset["meta"])
    assert meta["compiled_releases"] == {"total_unique_ocids": 0}
    assert set(meta["tender_lifecycle"].values()) == {0}
    assert meta["data_quality_tool_metadata"].keys() == {"processing_start", "processing_end"}

    checks = await here.fetch(
        "select check_name, result, value, meta from dataset_level_check where dataset_id = $1", number
    )
    assert len({row["check_name"] for row in checks}) == len(checks) == 24
    for row in checks:
        assert (row["result"], row["value"]) == (None, None)
        assert orjson.loads(row["meta"])["reason"]

    reports = {
        row["type"]: orjson.loads(row["data"])
        for row in await here.fetch("select type::text, data from report where dataset_id = $1", number)
    }
    assert reports.keys() == {"field_level_check", "resource_level_check"}
    for groups in reports["field_level_check"].values():
        for group in (groups["coverage"], groups["quality"]):
            assert group["total_count"] == group["passed_count"] == group["failed_count"] == 0
    for counts in reports["resource_level_check"].values():
        assert counts["total_count"] == counts["undefined_count"] == 0
    for table, key, kind in (
        ("field_level_check_examples", "path", "field_level_check"),
        ("resource_level_check_examples", "check_name", "resource_level_check"),
    ):
        rows = await here.fetch(f"select {key} from {table} where dataset_id = $1", number)  # noqa: S608
        assert sorted(row[key] for row in rows) == sorted(reports[kind])
    assert len(reports["field_level_check"]) == 559
    assert await here.fetch("select * from time_variance_level_check where dataset_id = $1", number) == []

"""What the pages show, and that they can do nothing else."""

import asyncio
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import httpx
import jsonschema
import orjson
import pytest
from openapi_spec_validator import validate
from prometheus_client.parser import text_string_to_metric_families
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pelican_async.broker.memory import MemoryBroker
from pelican_async.database import outbox
from pelican_async.database.connecting import opened
from pelican_async.database.outbox import put
from pelican_async.file_extraction import extract_files
from pelican_async.messages import CheckItems, Queue
from pelican_async.stages.catalog import STAGES
from pelican_async.web.answering import HEADERS
from pelican_async.web.app import AT_ONCE, application, bounded
from pelican_async.web.openapi import DESCRIPTION
from scripts.write_openapi import PATH, text
from tests.pelican_async.web.serving import Asking, serving
from tests.services.progress import watched
from tests.services.running import set_up, settings_for

EXAMPLES: Final = Path(__file__).parents[3] / "examples"
PAGES: Final = ("/health/live", "/health/ready", "/metrics", "/datasets", "/datasets/1", "/openapi.json")
SIZE: Final = 4
MISSING: Final = ("/", "/nothing", "/datasets/x", "/datasets/-1", f"/datasets/{2**64}", "/docs", "/%00")
WRONG: Final = ("before=x", "before=-1", "limit=0", "limit=", f"before={2**63}", "limit=1e3", "before=\u0663")
METHODS: Final = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "X")
NAME: Final = '<script>alert(1)</script> \x1b[2J"'


@pytest.fixture
def source(tmp_path: Path) -> str:
    path = tmp_path / "collection.jsonl"
    path.write_bytes(b"".join((EXAMPLES / "collection.jsonl").read_bytes().splitlines(keepends=True)[:SIZE]))
    return str(path)


async def checked(database: str, source: str, count: int = 1) -> None:
    async with watched(database) as progress, opened(database) as connection:
        for _ in range(count):
            await extract_files(connection, settings_for(database), NAME, None, [source])
        await progress.until_checked(count)


def conforms(answer: Any, path: str) -> None:  # noqa: ANN401 of any library
    """Hold an answer against the description."""
    responses = DESCRIPTION["paths"][path]["get"]["responses"]
    described = responses.get(str(answer.status_code)) or responses[f"{answer.status_code // 100}XX"]
    ((kind, content),) = described["content"].items()
    assert answer.headers["content-type"].startswith(kind)
    if kind == "application/json":
        checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
        jsonschema.Draft202012Validator(content["schema"], format_checker=checker).validate(answer.json())


async def measured(service: Asking) -> dict[tuple[str, str], float]:
    """Give metrics by name and labels."""
    page = (await service.get("/metrics")).text
    return {
        (sample.name, ",".join(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


def test_the_description_is_one() -> None:
    validate(DESCRIPTION)


def test_the_description_is_published() -> None:
    assert PATH.read_bytes() == text(), "run `make openapi`"


async def test_answers_are_as_described(database: str, source: str) -> None:
    await set_up(database)
    async with serving(database, MemoryBroker()) as service:
        await described(service, database, source)


async def described(service: Asking, database: str, source: str) -> None:
    assert (await service.get("/openapi.json")).json() == orjson.loads(PATH.read_bytes())
    missing = await service.get("/datasets/1")
    assert (missing.status_code, missing.json()) == (404, {"error": "There is no such dataset."})
    conforms(missing, "/datasets/{dataset_id}")
    await checked(database, source, 2)
    for path in PAGES:
        answer = await service.get(path)
        assert answer.status_code == 200
        conforms(answer, path.replace("/1", "/{dataset_id}"))
    assert set(DESCRIPTION["paths"]) == {path.replace("/1", "/{dataset_id}") for path in PAGES}
    dataset = (await service.get("/datasets/1")).json()
    assert {name: dataset[name] for name in ("id", "name", "phase", "state", "size", "checked")} == {
        "id": 1,
        "name": NAME,
        "phase": "CHECKED",
        "state": "OK",
        "size": SIZE,
        "checked": SIZE,
    }
    for query, numbers in (
        ("", [2, 1]),
        ("?before=2", [1]),
        ("?limit=1", [2]),
        ("?before=1", []),
        ("?limit=5000", [2, 1]),
    ):
        shown = (await service.get(f"/datasets{query}")).json()["datasets"]
        assert [one["id"] for one in shown] == numbers


async def test_nothing_can_be_changed_and_nothing_else_is_told(database: str) -> None:
    await set_up(database)
    async with serving(database, MemoryBroker()) as service:
        for path in (*PAGES, "/nothing"):
            for method in METHODS:
                answer = await service.client.request(method, path, headers={"X-HTTP-Method-Override": "GET"})
                assert answer.status_code == (404 if path == "/nothing" else 405)
                assert list(answer.json()) == ["error"]
                guarded(answer)
            for answer in (await service.get(path), await service.client.head(path)):
                guarded(answer)
        for path in MISSING:
            answer = await service.get(path)
            assert (answer.status_code, list(answer.json())) == (404, ["error"])
            guarded(answer)
        for query in WRONG:
            answer = await service.get(f"/datasets?{query}")
            assert (answer.status_code, list(answer.json())) == (400, ["error"])
            conforms(answer, "/datasets")
            guarded(answer)
        for path in PAGES:
            answer = await service.client.get(path, headers={"Host": "rebinding.example"})
            assert answer.status_code == (
                421 if not path.startswith("/health") else 404 if path == "/datasets/1" else 200
            )
            guarded(answer)
        with suppress(httpx.TransportError):  # it may close before all is sent
            answer = await service.client.get("/datasets", headers={"x-large": "a" * 200_000})
            assert answer.status_code == 400
        assert (await service.get("/health/live")).status_code == 200


async def test_what_is_asked_is_not_told_again(database: str) -> None:
    await set_up(database)
    canary = "canary%3Cscript%3E"
    async with serving(database, MemoryBroker()) as service:
        for path in (
            *PAGES,
            "/nothing",
            "/datasets/x",
            f"/{canary}",
            f"/datasets/{canary}",
            f"/datasets?before={canary}",
        ):
            answer = await service.client.get(
                path,
                params={"limit": canary, canary: canary},
                headers={"Origin": f"http://{canary}", "Cookie": canary, "X-Forwarded-Host": canary, canary: canary},
            )
            assert "canary" not in f"{answer.text} {answer.headers}".lower()
            guarded(answer)


def test_every_route_answers_and_changes_nothing(database: str) -> None:
    """Whoever adds one that does must add a token, too."""
    settings = settings_for(database)
    parts: Any = SimpleNamespace(settings=settings)
    routes = application(parts, MemoryBroker()).routes
    methods = {route.path: route.methods for route in routes if isinstance(route, Route)}
    assert methods == {path: {"GET", "HEAD"} for path in methods}
    assert len(methods) == len(routes) == len(PAGES) == len(DESCRIPTION["paths"])


async def test_a_page_is_made_for_a_few_at_once() -> None:
    under_way = most = 0

    async def page(_: Request) -> Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0)
        under_way -= 1
        return Response()

    asked = Request({"type": "http"})
    made = bounded(page)
    answers = await asyncio.gather(*(made(asked) for _ in range(50)))
    assert [one.status_code for one in answers] == [200] * 50
    assert most == AT_ONCE


def guarded(answer: httpx.Response) -> None:
    assert answer.headers.items() >= {name.lower(): value for name, value in HEADERS.items()}.items()
    assert not {"server", "access-control-allow-origin", "set-cookie"} & set(answer.headers)
    assert len(answer.headers.raw) == len(answer.headers)


async def test_metrics_move(database: str, source: str) -> None:
    await set_up(database)
    async with serving(database, MemoryBroker()) as service:
        before = await measured(service)
        await checked(database, source)
        after = await measured(service)

    def moved(name: str, labels: str = "") -> float:
        return after[name, labels] - before.get((name, labels), 0)

    assert moved("pelican_releases_checked_total") == SIZE
    assert moved("pelican_releases_not_checked_total") == 0
    assert moved("pelican_messages_total", "done,check_items") == 1
    assert moved("pelican_message_seconds_count", "check_items") == 1
    assert moved("pelican_message_seconds_sum", "check_items") > 0
    for stage in ("check_dataset", "check_time_based", "report"):
        assert moved("pelican_messages_total", f"done,{stage}") >= 1
    assert after["pelican_datasets", "CHECKED,OK"] == 1
    assert after["pelican_loop_stall_seconds", ""] > 0
    assert after["pelican_outbox_messages", ""] == 0
    assert {after["pelican_queue_messages", str(queue)] for queue in Queue} == {0}
    assert {after["pelican_pool_jobs", ""], after["pelican_long_stages", ""]} == {0}
    assert {after["pelican_answers", "database"], after["pelican_answers", "broker"]} == {1}
    assert {labels.split(",")[1] for name, labels in after if name == "pelican_messages_total"} <= set(STAGES)


async def test_what_cannot_succeed_is_counted(database: str) -> None:
    await set_up(database)
    broker = MemoryBroker()
    async with serving(database, broker) as service:
        before = await measured(service)
        await broker.publish(Queue.CHECK_ITEMS, b"{", "malformed")
        while not await broker.dead_letters():
            await service.get("/health/live")
        after = await measured(service)
    name = ("pelican_messages_total", "dead_letter,check_items")
    assert after[name] - before.get(name, 0) == 1


async def test_the_outbox_is_measured(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a broker that takes nothing."""
    await set_up(database)
    broker = MemoryBroker()
    async with serving(database, broker) as service, opened(database) as connection:
        await broker.close()
        await put(connection, 1, Queue.CHECK_ITEMS, *[CheckItems(dataset_id=1, item_ids=[1])] * 3)
        measures = await measured(service)
        monkeypatch.setattr(outbox, "COUNTED", 2)
        more = await measured(service)
    assert measures["pelican_outbox_messages", ""] == 3
    assert more["pelican_outbox_messages", ""] == 2, "no more are counted"
    assert measures["pelican_answers", "broker"] == 0

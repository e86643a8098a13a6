"""The pages of a running service: health, metrics, and datasets as JSON."""

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from http import HTTPStatus
from typing import Any, Final

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pelican_async.broker.protocol import Broker
from pelican_async.database import outbox, status
from pelican_async.messages import Queue
from pelican_async.stages.parts import Parts
from pelican_async.web import health
from pelican_async.web.metrics import DATASETS, OUTBOX, POOL_DEPTH, QUEUE_DEPTH, REGISTRY
from pelican_async.web.openapi import DESCRIPTION

MOST: Final = 1_000
"""So many datasets are shown at once, at most."""
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
}
Page = Callable[[Request], Awaitable[Response]]


def application(parts: Parts, broker: Broker) -> Starlette:
    """Give the application; nothing in it changes anything."""

    async def live(_: Request) -> Response:
        return _healthy(await health.live(parts))

    async def ready(_: Request) -> Response:
        return _healthy(await health.ready(parts, broker))

    async def metrics(_: Request) -> Response:
        await _gauge(parts, broker)
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST, headers=HEADERS)

    async def datasets(request: Request) -> Response:
        before, limit = _number(request, "before"), _number(request, "limit")
        async with parts.database.acquire() as connection:
            found = await status.statuses(connection, before=before, limit=min(limit or 100, MOST))
        return _json({"datasets": [_described(one) for one in found]})

    async def dataset(request: Request) -> Response:
        async with parts.database.acquire() as connection:
            found = await status.status_of(connection, request.path_params["dataset_id"])
        if found is None:
            return _json({"error": "There is no such dataset."}, HTTPStatus.NOT_FOUND)
        return _json(_described(found))

    async def openapi(_: Request) -> Response:
        return _json(DESCRIPTION)

    return Starlette(
        routes=[
            Route("/health/live", live),
            Route("/health/ready", ready),
            Route("/metrics", metrics),
            Route("/datasets", datasets),
            Route("/datasets/{dataset_id:int}", dataset),
            Route("/openapi.json", openapi),
        ]
    )


def _described(found: status.DatasetStatus) -> dict[str, Any]:
    rate = found.rate
    return {**asdict(found), "rate": None if rate is None else round(rate, 1)}


def _healthy(found: health.Health) -> Response:
    code = HTTPStatus.OK if found.well else HTTPStatus.SERVICE_UNAVAILABLE
    return _json({"status": "ok" if found.well else "unavailable", "parts": dict(found.parts)}, code)


def _json(value: object, code: HTTPStatus = HTTPStatus.OK) -> Response:
    body = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_NAIVE_UTC)
    return Response(body, code, media_type="application/json", headers=HEADERS)


def _number(request: Request, name: str) -> int | None:
    text = request.query_params.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None  # noqa: PLR2004 within 64 bits


async def _gauge(parts: Parts, broker: Broker) -> None:
    """Look at what isn't counted as it happens."""
    POOL_DEPTH.set(parts.items.under_way)
    async with parts.database.acquire() as connection:
        OUTBOX.set(await outbox.length(connection))
        DATASETS.clear()
        for (phase, state), count in (await status.by_phase(connection)).items():
            DATASETS.labels(phase, state).set(count)
    if broker.connected:
        for queue in Queue:
            QUEUE_DEPTH.labels(queue).set(await broker.depth(queue))

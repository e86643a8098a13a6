"""The pages of a running service: health, metrics, and datasets as JSON."""

from collections.abc import Awaitable, Callable
from dataclasses import fields
from http import HTTPStatus
from typing import Any, Final

import anyio
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pelican_async.broker.protocol import Broker
from pelican_async.database import status
from pelican_async.database.trouble import is_transient
from pelican_async.stages.parts import Parts
from pelican_async.web import health
from pelican_async.web.answering import as_json, error
from pelican_async.web.gauging import gauge
from pelican_async.web.metrics import REGISTRY
from pelican_async.web.openapi import DESCRIPTION, LARGEST
from pelican_async.web.refusing import Refusing

SECONDS: Final = 10.0
"""So long may a page take."""
USUAL: Final = 100
MOST: Final = 1_000
"""So many datasets are shown at once, at most."""
AT_ONCE: Final = 2
"""So often is each page made at once, and the others wait: whoever asks for many leaves the database to the service."""
SHOWN: Final = tuple(one.name for one in fields(status.DatasetStatus))
NO_DATASET: Final = "There is no such dataset."
Page = Callable[[Request], Awaitable[Response]]
log = structlog.get_logger()


def application(parts: Parts, broker: Broker) -> Starlette:
    """Give the application; nothing in it changes anything."""

    async def live(_: Request) -> Response:
        return _healthy(await health.live(parts))

    async def ready(_: Request) -> Response:
        return _healthy(await health.ready(parts, broker))

    async def metrics(_: Request) -> Response:
        await gauge(parts, broker)
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    async def datasets(request: Request) -> Response:
        before, limit = _number(request, "before"), _number(request, "limit") or USUAL
        async with parts.database.acquire() as connection:
            found = await status.statuses(connection, before=before, limit=min(limit, MOST))
        return as_json({"datasets": [_described(one) for one in found]})

    async def dataset(request: Request) -> Response:
        dataset_id = request.path_params["dataset_id"]
        if dataset_id > LARGEST:
            raise HTTPException(HTTPStatus.NOT_FOUND, NO_DATASET)
        async with parts.database.acquire() as connection:
            found = await status.status_of(connection, dataset_id)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND, NO_DATASET)
        return as_json(_described(found))

    async def openapi(_: Request) -> Response:
        return as_json(DESCRIPTION)

    pages: dict[str, Page] = {
        "/health/live": live,
        "/health/ready": ready,
        "/metrics": metrics,
        "/datasets": datasets,
        "/datasets/{dataset_id:int}": dataset,
        "/openapi.json": openapi,
    }
    return Starlette(
        routes=[Route(path, bounded(page)) for path, page in pages.items()],
        exception_handlers={HTTPException: _refused},
        middleware=[Middleware(Refusing, names=parts.settings.http_hosts)],
    )


def bounded(page: Page) -> Page:
    """Answer in time, whatever the database does, and to a few at once."""
    turn = anyio.CapacityLimiter(AT_ONCE)

    async def answer(request: Request) -> Response:
        try:
            with anyio.fail_after(SECONDS):
                async with turn:
                    return await page(request)
        except HTTPException:
            raise
        except Exception as raised:
            if not is_transient(raised):
                log.exception("a page failed", path=request.url.path)
                return error("This failed; the log says why.", HTTPStatus.INTERNAL_SERVER_ERROR)
        return error("The database does not answer.", HTTPStatus.SERVICE_UNAVAILABLE)

    return answer


async def _refused(_: Request, raised: Exception) -> Response:
    if not isinstance(raised, HTTPException):
        raise raised
    answer = error(raised.detail, HTTPStatus(raised.status_code))
    answer.headers.update(raised.headers or {})
    return answer


def _described(found: status.DatasetStatus) -> dict[str, Any]:
    rate = found.rate
    shown = {name: getattr(found, name) for name in SHOWN}  # `asdict` copies all the way down
    return {**shown, "rate": None if rate is None else round(rate, 1)}


def _healthy(found: health.Health) -> Response:
    code = HTTPStatus.OK if found.well else HTTPStatus.SERVICE_UNAVAILABLE
    return as_json({"status": "ok" if found.well else "unavailable", "parts": dict(found.parts)}, code)


def _number(request: Request, name: str) -> int | None:
    """Read a parameter, if it is given. Raises `HTTPException`."""
    text = request.query_params.get(name)
    if text is None:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST)) else 0
    if not 0 < number <= LARGEST:
        raise HTTPException(HTTPStatus.BAD_REQUEST, f"{name} must be a whole number above 0.")
    return number

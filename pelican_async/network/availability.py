"""Asks whether URLs are available, as `misc.url_availability` needs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final, Literal, NamedTuple
from urllib.parse import urljoin

import anyio
import httpcore

from pelican_async.network.guard import Guard
from pelican_async.network.target import Target, read

Status = Literal["OK", "ERROR"] | int
"""`OK` for a status from 200 to 399 after redirects, else the status, or `ERROR` if there was no answer in time."""
USER_AGENT: Final = f"pelican-async/{version('pelican-async')}"
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
PASSING: Final = range(200, 400)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how often servers are asked.

    `seconds` for one URL with all its redirects (waiting for its turn isn't counted), `connect_seconds` for one
    connection, how many requests at most `at_once` and `per_host`, and how many `redirects` are followed.
    """

    seconds: float = 30
    connect_seconds: float = 10
    at_once: int = 32
    per_host: int = 4
    redirects: int = 10


async def availability(urls: Sequence[str], limits: Limits | None = None, guard: Guard | None = None) -> list[Status]:
    """Ask for each of the URLs, concurrently, and give the statuses in the order of the URLs.

    Reads no more than the headers of an answer, sends no credentials, keeps no cookies, uses no proxy, and reaches
    nothing that isn't public, unless the guard has been told to.
    """
    limits = Limits() if limits is None else limits
    statuses: list[Status] = ["ERROR"] * len(urls)
    pool = httpcore.AsyncConnectionPool(
        max_connections=limits.at_once,
        max_keepalive_connections=0,
        network_backend=Guard() if guard is None else guard,
    )
    async with pool:
        asking = _Asking(pool, limits)

        async def ask(index: int, url: str) -> None:
            statuses[index] = await asking.status(url)

        async with anyio.create_task_group() as tasks:
            for index, url in enumerate(urls):
                tasks.start_soon(ask, index, url)
    return statuses


class _Answer(NamedTuple):
    status: int
    redirect: str


class _Asking:
    """Asks within the limits."""

    def __init__(self, pool: httpcore.AsyncConnectionPool, limits: Limits) -> None:
        self._pool = pool
        self._limits = limits
        self._at_once = anyio.Semaphore(limits.at_once)
        self._per_host: dict[str, anyio.Semaphore] = {}

    async def status(self, url: str) -> Status:
        """Follow a URL to its end."""
        left = self._limits.seconds
        try:
            for _ in range(1 + self._limits.redirects):
                target = read(url)
                async with self._turn(target.host), self._at_once:
                    started = anyio.current_time()
                    with anyio.fail_after(left):
                        answer = await self._answer(target)
                    left -= anyio.current_time() - started
                if not answer.redirect:
                    return "OK" if answer.status in PASSING else answer.status
                url = urljoin(target.url, answer.redirect)
        except Exception:  # noqa: BLE001 whatever goes wrong with one URL, the others must still be asked for
            return "ERROR"
        return "ERROR"

    def _turn(self, host: str) -> anyio.Semaphore:
        return self._per_host.setdefault(host, anyio.Semaphore(self._limits.per_host))

    async def _answer(self, target: Target) -> _Answer:
        request = httpcore.Request(
            "GET",
            httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path),
            headers={"Host": target.authority, "User-Agent": USER_AGENT, "Accept": "*/*", "Connection": "close"},
            extensions={"timeout": {"connect": self._limits.connect_seconds}},
        )
        response = await self._pool.handle_async_request(request)
        await response.aclose()
        if response.status in REDIRECTS:
            for name, value in response.headers:
                if name.lower() == b"location":
                    return _Answer(response.status, value.decode("utf-8", "replace"))
        return _Answer(response.status, "")

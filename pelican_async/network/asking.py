"""Asks servers for what URLs of others point to, within limits, and at public addresses alone."""

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from types import MappingProxyType
from typing import Final, Self, TypeVar
from urllib.parse import urljoin

import anyio
import httpcore

from pelican_async.network.guard import Guard
from pelican_async.network.target import Target, read

USER_AGENT: Final = f"pelican-async/{version('pelican-async')}"
REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
NONE: Final[Mapping[str, str]] = MappingProxyType({})

Answer = TypeVar("Answer")
Take = Callable[[httpcore.Response], Awaitable[Answer]]
"""Takes what is wanted of a response: the headers are there, the content isn't read yet."""


class NoAnswerError(Exception):
    """There was no answer, for whatever reason."""


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


class Asking:
    """Asks within the limits.

    Sends no credentials, keeps no cookies, uses no proxy, and reaches nothing that isn't public, unless the guard has
    been told to.
    """

    def __init__(self, pool: httpcore.AsyncConnectionPool, limits: Limits) -> None:
        self._pool = pool
        self._limits = limits
        self._at_once = anyio.Semaphore(limits.at_once)
        self._per_host: dict[str, anyio.Semaphore] = {}

    @classmethod
    @asynccontextmanager
    async def within(cls, limits: Limits, guard: Guard | None) -> AsyncIterator[Self]:
        """Ask, and let all connections go at the end."""
        pool = httpcore.AsyncConnectionPool(
            ssl_context=await anyio.to_thread.run_sync(_trusted),
            max_connections=limits.at_once,
            max_keepalive_connections=0,
            network_backend=Guard() if guard is None else guard,
        )
        async with pool:
            yield cls(pool, limits)

    async def ask(self, url: str, take: Take[Answer], headers: Mapping[str, str] = NONE) -> Answer:
        """Follow a URL to its end, and give what is taken of the response there. Raises `NoAnswerError`.

        Its cause is what went wrong, if anything did. `headers` are sent to each server on the way.
        """
        left = self._limits.seconds
        try:
            for _ in range(1 + self._limits.redirects):
                target = read(url)
                async with self._turn(target.host), self._at_once:
                    started = anyio.current_time()
                    with anyio.fail_after(left):
                        answer = await self._answer(target, take, headers)
                    left -= anyio.current_time() - started
                if not isinstance(answer, _Redirect):
                    return answer
                url = urljoin(target.url, answer.location)
        except Exception as error:
            # Whatever goes wrong with one URL, the others must still be asked for.
            raise NoAnswerError from error
        raise NoAnswerError

    def _turn(self, host: str) -> anyio.Semaphore:
        return self._per_host.setdefault(host, anyio.Semaphore(self._limits.per_host))

    async def _answer(self, target: Target, take: Take[Answer], headers: Mapping[str, str]) -> "Answer | _Redirect":
        usual = {"Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
        request = httpcore.Request(
            "GET",
            httpcore.URL(scheme=target.scheme, host=target.host, port=target.port, target=target.path),
            headers=[("Host", target.authority), ("User-Agent", USER_AGENT), *{**usual, **headers}.items()],
            extensions={"timeout": {"connect": self._limits.connect_seconds}},
        )
        response = await self._pool.handle_async_request(request)
        try:
            return _redirect(response) or await take(response)
        finally:
            await response.aclose()


@cache
def _trusted() -> ssl.SSLContext:
    """Read whose certificates are trusted: once, since that takes longer than a request may hold others up."""
    return httpcore.default_ssl_context()


@dataclass(frozen=True, slots=True)
class _Redirect:
    location: str


def _redirect(response: httpcore.Response) -> _Redirect | None:
    if response.status in REDIRECTS:
        for name, value in response.headers:
            if name.lower() == b"location":
                location = value.decode("utf-8", "replace")
                return _Redirect(location) if location else None
    return None

"""Fetches the descriptions of the extensions that a publisher declares."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

import anyio
import httpcore
import orjson

from checks.values import Json
from pelican_async.network import bounded
from pelican_async.network.asking import Asking, Limits, NoAnswerError
from pelican_async.network.guard import Guard

OK: Final = 200
REPLACEMENT: Final = "\ufffd"
"""Stands for NUL characters, which the database doesn't accept."""
DEEPEST: Final = 50
"""What has more levels describes no extension, and others might not be able to read it."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is fetched: the first `count` URLs, `size` bytes from each and `total` in all, within `seconds`."""

    count: int = 100
    size: int = 1_000_000
    total: int = 4_000_000
    seconds: float = 60
    each: Limits = field(default_factory=Limits)


async def extensions(
    urls: Sequence[str], guard: Guard | None = None, bounds: Bounds | None = None
) -> list[dict[str, Json]]:
    """Fetch the `extension.json` of each extension, concurrently, and give those that could be had, in their order.

    An answer counts if its status is 200, after redirects, and it is a JSON object. The URL as published is added as
    `repositoryUrl`. What is too large, too late or no answer is left out, without a word; no error is raised. NUL
    characters, which the database doesn't accept, become the replacement character (U+FFFD).
    """
    bounds = Bounds() if bounds is None else bounds
    asked = list(dict.fromkeys(urls[: bounds.count]))
    contents: dict[str, bytes] = {}
    with anyio.move_on_after(bounds.seconds):
        await _fetch(asked, contents, guard, bounds)
    found: list[dict[str, Json]] = []
    left = bounds.total
    for url in urls[: bounds.count]:
        left -= len(contents.get(url, b""))
        extension = _read(contents.get(url, b""))
        if extension is not None and left >= 0:
            found.append({**extension, "repositoryUrl": url})
    return found


async def _fetch(urls: Sequence[str], contents: dict[str, bytes], guard: Guard | None, bounds: Bounds) -> None:
    async def take(response: httpcore.Response) -> bytes:
        if response.status != OK:
            raise NoAnswerError
        return await bounded.read(response.aiter_stream(), bounds.size)

    async with Asking.within(bounds.each, guard) as asking, anyio.create_task_group() as tasks:

        async def ask(url: str) -> None:
            with suppress(NoAnswerError):
                contents[url] = await asking.ask(url, take)

        for url in urls:
            tasks.start_soon(ask, url)


def _read(content: bytes) -> dict[str, Json] | None:
    try:
        extension = orjson.loads(content)
        return _storable(extension, DEEPEST) if isinstance(extension, dict) else None
    except ValueError:
        return None


def _storable(value: Json, levels: int) -> Json:
    """Give a value in the nearest form that the database accepts. Raises `ValueError` if it has more levels."""
    if isinstance(value, str):
        return value.replace("\0", REPLACEMENT)
    if isinstance(value, dict | list) and not levels:
        raise ValueError("It is nested too deeply.")
    if isinstance(value, dict):
        return {_storable(key, 0): _storable(member, levels - 1) for key, member in value.items()}
    return [_storable(entry, levels - 1) for entry in value] if isinstance(value, list) else value

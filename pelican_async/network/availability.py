"""Asks whether URLs are available, as `misc.url_availability` needs to know."""

from collections.abc import Sequence
from typing import Final, Literal

import anyio
import httpcore

from pelican_async.network.asking import Asking, Limits, NoAnswerError
from pelican_async.network.guard import Guard

Status = Literal["OK", "ERROR"] | int
"""`OK` for a status from 200 to 399 after redirects, else the status, or `ERROR` if there was no answer in time."""
PASSING: Final = range(200, 400)


async def availability(urls: Sequence[str], limits: Limits | None = None, guard: Guard | None = None) -> list[Status]:
    """Ask for each of the URLs, concurrently, and give the statuses in the order of the URLs.

    Reads no more than the headers of an answer, sends no credentials, keeps no cookies, uses no proxy, and reaches
    nothing that isn't public, unless the guard has been told to.
    """
    statuses: list[Status] = ["ERROR"] * len(urls)
    async with Asking.within(Limits() if limits is None else limits, guard) as asking:

        async def ask(index: int, url: str) -> None:
            try:
                statuses[index] = await asking.ask(url, _status)
            except NoAnswerError:
                statuses[index] = "ERROR"

        async with anyio.create_task_group() as tasks:
            for index, url in enumerate(urls):
                tasks.start_soon(ask, index, url)
    return statuses


async def _status(response: httpcore.Response) -> Status:
    return "OK" if response.status in PASSING else response.status

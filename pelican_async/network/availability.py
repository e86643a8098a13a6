"""Asks whether URLs are available, as `misc.url_availability` needs to know."""

from collections.abc import Sequence
from http import HTTPStatus
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
    found: list[Status] = ["ERROR"] * len(urls)
    async with Asking.within(Limits() if limits is None else limits, guard) as asking:

        async def ask(index: int, url: str) -> None:
            try:
                found[index] = await asking.ask(url, _status)
            except NoAnswerError:
                found[index] = "ERROR"

        async with anyio.create_task_group() as tasks:
            for index, url in enumerate(urls):
                tasks.start_soon(ask, index, url)
    return found


async def statuses(urls: Sequence[str]) -> dict[str, int | None]:
    """Ask for each of the URLs, and give by URL what dataset-level checks take: a status, or `None` for no answer."""
    return {
        url: None if status == "ERROR" else int(HTTPStatus.OK) if status == "OK" else status
        for url, status in zip(urls, await availability(urls), strict=True)
    }


async def _status(response: httpcore.Response) -> Status:
    return "OK" if response.status in PASSING else response.status

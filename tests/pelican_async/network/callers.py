"""All that asks for URLs that aren't an operator's own, in one form."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from pelican_async.network.asking import Limits
from pelican_async.network.availability import availability
from pelican_async.network.extensions import Bounds, extensions
from pelican_async.network.guard import Guard
from pelican_async.reference import registers
from pelican_async.reference.registers import RefusedError

BODY: Final = '{"a": 1}'
"""What a server must answer so that each of them has it: with the status 200."""
Caller = Callable[[str, Guard], Awaitable[bool]]
"""Asks for a URL, and says whether there was an answer."""


async def document(url: str, guard: Guard, limits: Limits | None = None) -> bool:
    """Ask as `misc.url_availability` does."""
    return await availability([url], limits, guard) == ["OK"]


async def extension(url: str, guard: Guard, limits: Limits | None = None) -> bool:
    """Ask for an extension's description."""
    bounds = Bounds() if limits is None else replace(Bounds(), each=limits)
    return await extensions([url], guard, bounds) == [{"a": 1, "repositoryUrl": url}]


async def register(url: str, guard: Guard) -> bool:
    """Ask for a register's codelist; its address is no operator's here."""
    try:
        answer = await registers.ask(url, {}, guard)
    except RefusedError:
        return False
    return answer is not None and answer.content == BODY.encode()


CALLERS: Final[dict[str, Caller]] = {"documents": document, "extensions": extension, "registers": register}

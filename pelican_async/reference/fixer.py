"""Asks the API of fixer.io for exchange rates, and stores them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Final

import anyio
import httpx
import orjson
import structlog
from pydantic import SecretStr

from checks.values import Json
from pelican_async.database.connecting import Connection
from pelican_async.network import bounded
from pelican_async.network.bounded import TooLargeError
from pelican_async.reference.rates import is_rate
from pelican_async.reference.stored_rates import Stored, store

BASE: Final = "EUR"
SECONDS: Final = 10.0
MAX_BYTES: Final = 1_000_000
UNPACKED: Final = {"Accept-Encoding": "identity"}
CURRENCY: Final = re.compile("[A-Z]{3}")
NOTHING_YET: Final = "there are no exchange rates to go on from: import a file first (pelican-async rates import FILE)"
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of an update: the days that were stored, the last of them, and why it ended early, if it did."""

    stored: Stored = field(default_factory=Stored)
    last: date | None = None
    trouble: str = ""


class _AnswerError(Exception):
    """The API gave no rates; the text says why, without the key."""


async def update(
    connection: Connection, key: SecretStr, base_url: str, *, today: date | None = None, seconds: float = SECONDS
) -> Updated:
    """Store the rates of each day from the newest known one, since rates get revised, up to yesterday.

    Days are those of UTC, and each is stored as it comes; `seconds` is the time limit of a request. The first failure
    ends it: what came before is kept, the reason is logged and given, and no error is raised unless the database does.
    """
    yesterday = (datetime.now(UTC).date() if today is None else today) - timedelta(days=1)
    newest: date | None = await connection.fetchval("select max(valid_on) from exchange_rates")
    updated = Updated()
    if newest is None:
        updated = Updated(trouble=NOTHING_YET)
    elif newest <= yesterday:
        days = [newest + timedelta(days=number) for number in range((yesterday - newest).days + 1)]
        async with httpx.AsyncClient(transport=_Keyed(key), timeout=seconds) as client:
            updated = await _update(connection, _Api(client, base_url.rstrip("/"), key, seconds), days)
    if updated.trouble:
        log.warning("exchange rates could not be updated", reason=updated.trouble, last=str(updated.last or newest))
    return updated


async def _update(connection: Connection, api: "_Api", days: Iterable[date]) -> Updated:
    stored, last = Stored(), None
    at = "the list of currencies"
    try:
        symbols = await api.symbols()
        for day in days:
            at = str(day)
            stored += await store(connection, {day: await api.rates(day, symbols)})
            last = day
    except _AnswerError as error:
        return Updated(stored, last, f"asked for {at}, the exchange rate service {error}")
    return Updated(stored, last)


class _Keyed(httpx.AsyncHTTPTransport):
    """Adds the key to a request where it is sent, so that no log of the client and no error ever has it."""

    def __init__(self, key: SecretStr) -> None:
        super().__init__()
        self._key = key

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url.copy_merge_params({"access_key": self._key.get_secret_value()})
        return await super().handle_async_request(
            httpx.Request(request.method, url, headers=request.headers, extensions=request.extensions)
        )


class _Api:
    """What is asked of the API. All of it may raise `_AnswerError`."""

    def __init__(self, client: httpx.AsyncClient, base_url: str, key: SecretStr, seconds: float) -> None:
        self._client = client
        self._base_url = base_url
        self._key = key
        self._seconds = seconds

    async def symbols(self) -> list[str]:
        """Give the currencies that it has rates of."""
        symbols = (await self._ask("symbols", {})).get("symbols")
        known = sorted(filter(CURRENCY.fullmatch, symbols)) if isinstance(symbols, dict) else []
        if not known:
            raise _AnswerError("names no currencies")
        return known

    async def rates(self, day: date, symbols: Iterable[str]) -> dict[str, float]:
        """Give the rates of a day; those that can't be are left out."""
        answer = await self._ask(day.isoformat(), {"base": BASE, "symbols": ",".join(symbols)})
        if answer.get("base", BASE) != BASE:
            raise _AnswerError(f"gives rates that aren't against {BASE}")
        rates = answer.get("rates")
        usable = {code: rate for code, rate in rates.items() if is_rate(rate)} if isinstance(rates, dict) else {}
        if not usable:
            raise _AnswerError("gives no rates")
        return usable

    async def _ask(self, path: str, parameters: dict[str, str]) -> dict[str, Json]:
        try:
            with anyio.fail_after(self._seconds):
                content = await self._content(path, parameters)
            answer = orjson.loads(content)
        except (TimeoutError, httpx.TimeoutException):
            raise _AnswerError(f"doesn't answer within {self._seconds:g} seconds") from None
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise _AnswerError(f"can't be reached ({type(error).__name__})") from None
        except TooLargeError:
            raise _AnswerError(f"gives more than {MAX_BYTES:,} bytes") from None
        except ValueError:
            raise _AnswerError("gives an answer that isn't JSON") from None
        if not isinstance(answer, dict):
            raise _AnswerError("gives an answer that isn't an object")
        if answer.get("success") is not True:
            raise _AnswerError(f"refuses that ({self._reason(answer)})")
        return answer

    async def _content(self, path: str, parameters: dict[str, str]) -> bytes:
        url = f"{self._base_url}/{path}"
        async with self._client.stream("GET", url, params=parameters, headers=UNPACKED) as response:
            if response.status_code != httpx.codes.OK:
                raise _AnswerError(f"answers with the status {response.status_code}")
            return await bounded.read(response.aiter_raw(), MAX_BYTES)

    def _reason(self, answer: dict[str, Json]) -> str:
        """Give the API's own words, which may quote what was asked."""
        error = answer.get("error")
        given = [error.get(name) for name in ("code", "type", "info")] if isinstance(error, dict) else []
        words = ", ".join(str(word)[:100] for word in given if isinstance(word, str | int))
        return words.replace(self._key.get_secret_value(), "***") or "no reason given"

"""Refreshes the two codelists that aren't part of the standard and change often: prefixes and schemes.

Each is published as CSV. It is asked for at most daily, and only what changed is sent again. Whatever goes wrong, the
list that was there before stays in use.

An address that the operator has set may be a private one, such as that of a mirror; where it redirects to may not, nor
may what the package asks by default.
"""

import csv
import io
import random
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

import httpcore
import structlog

from checks.codelists import Codelists, Source
from pelican_async.masking import masked
from pelican_async.network import bounded
from pelican_async.network.asking import Asking, Limits, NoAnswerError
from pelican_async.network.bounded import TooLargeError
from pelican_async.network.guard import Guard, Refused
from pelican_async.network.target import read as read_url
from pelican_async.settings import Settings

SECONDS: Final = 30.0
"""So long may a list take, with all redirects."""
MAX_BYTES: Final = 5_000_000
MAX_REDIRECTS: Final = 5
DAY: Final = 24 * 3600.0
FIRST_WAIT: Final = 60.0
"""So long after a failure it is asked again; twice as long after each further one, up to a day."""
log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Register:
    """A published list: which codelist it is, who publishes it, the column of its codes, and what a code looks like."""

    codelist: str
    setting: str
    name: str
    column: str
    code: re.Pattern[str]


OCID_PREFIXES: Final = Register(
    "ocid_prefixes",
    "ocid_prefixes_url",
    "Register of OCID prefixes, Open Contracting Partnership",
    "OCID",
    re.compile(r"(ocds-[a-z0-9]{6})-?", re.IGNORECASE),
)
IDENTIFIER_SCHEMES: Final = Register(
    "identifier_schemes", "identifier_schemes_url", "org-id.guide", "code", re.compile(r"([\x21-\x7e]{1,100})")
)


class RefusedError(Exception):
    """A list can't be had, or isn't one; the text says why."""


@dataclass(slots=True)
class _State:
    """What is known of a register: what to send so that only changes come, when to ask again, failures in a row."""

    url: str
    guard: Guard
    validators: Mapping[str, str] = field(default_factory=dict)
    due: float = 0.0
    failures: int = 0


class Registers:
    """Keeps the codelists that are in use; `codelists` are those to begin with."""

    def __init__(self, settings: Settings, codelists: Codelists) -> None:
        self.codelists = codelists
        urls = {register: getattr(settings, register.setting) for register in (OCID_PREFIXES, IDENTIFIER_SCHEMES)}
        self._states = {
            register: _State(url, guard_for(url, named=register.setting in settings.model_fields_set))
            for register, url in urls.items()
            if url
        }

    @property
    def wait(self) -> float:
        """So many seconds are left until something is to be asked for."""
        return max(0.0, min((state.due for state in self._states.values()), default=DAY + _now()) - _now())

    async def refresh(self) -> bool:
        """Ask for what is due, and say whether codelists changed. Raises nothing: what went wrong is logged."""
        before = self.codelists
        for register, state in self._states.items():
            if state.due > _now():
                continue
            try:
                await self._refresh(register, state)
            except RefusedError as error:
                state.failures += 1
                seconds = min(FIRST_WAIT * 2.0 ** (state.failures - 1), DAY)
                source = self.codelists.sources[register.codelist]
                log.warning(
                    "a codelist could not be refreshed",
                    codelist=register.codelist,
                    why=str(error),
                    url=masked(state.url),
                    in_use=source.as_of.isoformat(),
                )
            else:
                state.failures, seconds = 0, DAY
            state.due = _now() + seconds * random.uniform(1, 1.1)  # noqa: S311 so that replicas don't come all at once
        return self.codelists is not before

    async def _refresh(self, register: Register, state: _State) -> None:
        answer = await ask(state.url, state.validators, state.guard)
        if answer is None:
            log.info("a codelist is unchanged", codelist=register.codelist, url=masked(state.url))
            return
        codes = read(register, answer.content)
        source = Source(register.name, answer.as_of, f"From {masked(state.url)}")
        state.validators = answer.validators
        changed = {register.codelist: codes, "sources": {**self.codelists.sources, register.codelist: source}}
        self.codelists = replace(self.codelists, **changed)  # type: ignore[arg-type]  # each is of its field's type
        log.info(
            "a codelist is refreshed",
            codelist=register.codelist,
            codes=len(codes),
            as_of=source.as_of.isoformat(),
            url=masked(state.url),
        )


def guard_for(url: str, *, named: bool) -> Guard:
    """Give the guard of a register; the host and port of its address are allowed, if an operator has `named` it."""
    try:
        target = read_url(url)
    except ValueError:  # nothing can be had from there, which is told when it is asked for
        return Guard()
    return Guard(frozenset({f"{target.host}:{target.port}"})) if named else Guard()


def read(register: Register, content: bytes) -> frozenset[str]:
    """Read the codes of a list; rows without a code are left out. Raises `RefusedError` if it isn't that list."""
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        header = [name.strip() for name in next(rows, [])]
        if register.column not in header:
            raise RefusedError(f"it has no column {register.column}")
        place = header.index(register.column)
        matches = [register.code.fullmatch(row[place].strip()) for row in rows if len(row) > place]
    except (UnicodeDecodeError, csv.Error) as error:
        raise RefusedError(f"it isn't CSV in UTF-8 ({type(error).__name__})") from None
    codes = frozenset(match[1] for match in matches if match)
    if not codes:
        raise RefusedError("it has no codes")
    return codes


@dataclass(frozen=True, slots=True)
class Answer:
    """What a register gives: bytes, the day that they are of, and what to send so that only changes come."""

    content: bytes
    as_of: date
    validators: Mapping[str, str]


async def ask(url: str, validators: Mapping[str, str], guard: Guard | None = None) -> Answer | None:
    """Give what is at an address, or `None` if that is what we have already. Raises `RefusedError`."""

    async def take(response: httpcore.Response) -> Answer | None:
        return await _taken(response, bool(validators))

    try:
        async with Asking.within(Limits(seconds=SECONDS, redirects=MAX_REDIRECTS), guard) as asking:
            return await asking.ask(url, take, {"Accept": "text/csv, */*;q=0.5", **validators})
    except NoAnswerError as error:
        raise RefusedError(_why(error.__cause__)) from None


def _why(cause: BaseException | None) -> str:
    if isinstance(cause, TimeoutError | httpcore.TimeoutException):
        return f"it did not come within {SECONDS:g} seconds"
    if isinstance(cause, TooLargeError):
        return f"it has more than {MAX_BYTES:,} bytes"
    if cause is None:
        return f"it is redirected more than {MAX_REDIRECTS} times"
    return str(cause) if isinstance(cause, RefusedError | Refused) else f"it can't be had ({type(cause).__name__})"


async def _taken(response: httpcore.Response, conditional: bool) -> Answer | None:  # noqa: FBT001
    if conditional and response.status == HTTPStatus.NOT_MODIFIED:
        return None
    if response.status != HTTPStatus.OK:
        raise RefusedError(f"the answer has the status {response.status}")
    content = await bounded.read(response.aiter_stream(), MAX_BYTES)
    headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
    given = {"If-None-Match": headers.get(b"etag"), "If-Modified-Since": headers.get(b"last-modified")}
    return Answer(content, _day(given["If-Modified-Since"]), {name: value for name, value in given.items() if value})


def _day(last_modified: str | None) -> date:
    """Give the day that a list is of: the one that its publisher says, or today."""
    today = datetime.now(UTC).date()
    try:
        return min(parsedate_to_datetime(last_modified or "").astimezone(UTC).date(), today)
    except (ValueError, OverflowError):
        return today


def _now() -> float:
    return time.monotonic()

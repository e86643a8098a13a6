"""Turns a stage into a handler of deliveries: reads the message, retries what may succeed later, says how it ended."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Final

import stamina
import structlog
from pydantic import BaseModel
from structlog.contextvars import bound_contextvars

from pelican_async import messages
from pelican_async.broker.protocol import DeadLetter, Delivery, Done, Handler, Verdict
from pelican_async.database.trouble import is_transient
from pelican_async.masking import masked_text
from pelican_async.messages import Malformed
from pelican_async.stages.errors import GoneError, UnprocessableError
from pelican_async.stages.parts import Parts
from pelican_async.stages.stage import Stage
from pelican_async.web.metrics import MESSAGES, SECONDS

ATTEMPTS: Final = 5
"""So often is a message tried that fails for reasons that nobody foresaw."""
LONGEST_WAIT: Final = 30.0
"""So many seconds, at most, go by after a database is well again."""
log = structlog.get_logger()


def handler(parts: Parts, stage: Stage) -> Handler:
    """Give the handler of a stage's queue."""

    async def handle(delivery: Delivery) -> Verdict:
        with bound_contextvars(stage=stage.name, message=delivery.message_id):
            async with _measured(stage.name) as outcome:
                verdict = await _handle(parts, stage, delivery)
                outcome.append("dead_letter" if isinstance(verdict, DeadLetter) else "done")
        return verdict

    return handle


async def _handle(parts: Parts, stage: Stage, delivery: Delivery) -> Verdict:
    try:
        message = messages.read(stage.queue, delivery.body)
    except Malformed as error:
        log.warning("malformed message", why=str(error))
        return DeadLetter(str(error))
    with bound_contextvars(dataset=getattr(message, "dataset_id", None)):
        try:
            await _retried(parts, stage, message, delivery)
        except GoneError:
            log.debug("the dataset is gone")
        except UnprocessableError as error:
            log.warning("can't succeed", why=str(error))
            return DeadLetter(str(error))
        except Exception as error:
            log.exception("failed")
            return DeadLetter(masked_text(f"{type(error).__name__}: {error}"))
    return Done()


async def _retried(parts: Parts, stage: Stage, message: BaseModel, delivery: Delivery) -> None:
    """Do it, and again with growing delays: for as long as it takes if the database is away, else a few times."""
    async for attempt in stamina.retry_context(on=is_transient, attempts=None, timeout=None, wait_max=LONGEST_WAIT):
        with attempt:
            async for inner in stamina.retry_context(on=_unforeseen, attempts=ATTEMPTS, timeout=None, wait_max=10.0):
                with inner:
                    await _tried(parts, stage, message, delivery)


async def _tried(parts: Parts, stage: Stage, message: BaseModel, delivery: Delivery) -> None:
    try:
        await stage.handle(parts, message, delivery)
    except Exception as error:
        if is_transient(error):
            parts.obstacles.meet(stage.name, error)
        raise
    parts.obstacles.passed(stage.name)


def _unforeseen(error: BaseException) -> bool:
    """Tell errors that nobody foresaw; being cancelled is none, though it is asked about that, too."""
    return (
        isinstance(error, Exception)
        and not isinstance(error, (GoneError, UnprocessableError))
        and not is_transient(error)
    )


@asynccontextmanager
async def _measured(stage: str) -> AsyncIterator[list[str]]:
    started = perf_counter()
    outcome: list[str] = []
    try:
        yield outcome
    finally:
        MESSAGES.labels(stage, *outcome or ["interrupted"]).inc()
        SECONDS.labels(stage).observe(perf_counter() - started)

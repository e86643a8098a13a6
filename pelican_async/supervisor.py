"""Builds the parts of a service, runs its stages, and stops them."""

import os
import signal
from collections.abc import AsyncIterator, Collection
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

import anyio
import stamina
import structlog
from anyio.abc import TaskStatus

from checks.codelists import Codelists
from pelican_async import item_work
from pelican_async.broker.protocol import Broker, BrokerAway
from pelican_async.database.connecting import Pool, connect
from pelican_async.database.layouts import current_layout
from pelican_async.database.trouble import is_transient
from pelican_async.database.upgrade import require_current
from pelican_async.partials import version
from pelican_async.reference import stored_rates
from pelican_async.reference.current import CurrentReferenceData
from pelican_async.reference_refresh import keep_current
from pelican_async.service_pool import ServicePool
from pelican_async.settings import Settings, Step
from pelican_async.stages.gathering import AHEAD, Gathering
from pelican_async.stages.handling import handler
from pelican_async.stages.long_stages import LongStages
from pelican_async.stages.parts import WHOLE_SECONDS, Parts
from pelican_async.stages.relay import relay
from pelican_async.stages.stage import Stage
from pelican_async.web.app import application
from pelican_async.web.loop_watch import watch_loop
from pelican_async.web.server import served

LONGEST_WAIT: Final = 10.0
"""So many seconds pass, at most, until a service that starts asks again for what didn't answer."""
AT_ONCE: Final = 1
"""The exit status after a second signal."""
log = structlog.get_logger()


async def declared(broker: Broker) -> None:
    """Make the exchange and the queues, however often the broker goes away meanwhile. Raises `UserError`."""
    async for attempt in stamina.retry_context(on=BrokerAway, attempts=None, timeout=None, wait_max=LONGEST_WAIT):
        with attempt:
            await broker.declare()


@asynccontextmanager
async def built(settings: Settings, codelists: Codelists) -> AsyncIterator[Parts]:
    """Connect to the databases, load reference data, make the process pools."""
    async with AsyncExitStack() as exits:
        database = await exits.enter_async_context(
            connect(
                settings.database_url.get_secret_value(),
                size=settings.database_connections,
                statement_cache_size=settings.database_statement_cache_size,
            )
        )
        reference = exits.enter_context(CurrentReferenceData.kept())
        layout = await _loaded(database, settings, codelists, reference)
        items = ServicePool(
            settings.pool_processes,
            settings.pool_seconds,
            item_work.prepare,
            item_work.check,
            halve=item_work.halve,
            lost=item_work.lost,
        )
        exits.callback(items.close)
        wholes: ServicePool[Any, Any] = ServicePool(
            settings.long_stages, WHOLE_SECONDS, item_work.prepare, _call, halve=_not_at_all, lost=_lost
        )
        exits.callback(wholes.close)
        yield Parts(
            settings=settings,
            database=database,
            items=items,
            wholes=wholes,
            reference=reference,
            layout=layout,
            checked_by=version(),
            gathering=Gathering(settings.prefetch_count),
        )


@stamina.retry(on=is_transient, attempts=None, timeout=None, wait_max=LONGEST_WAIT)
async def _loaded(database: Pool, settings: Settings, codelists: Codelists, reference: CurrentReferenceData) -> int:
    """Load what the database has for all datasets; give the layout of results."""
    async with database.acquire() as connection:
        await require_current(connection)
        reference.replace(codelists, await stored_rates.load(connection, settings.conversion))
        return await current_layout(connection, quality=Step.FIELD_QUALITY in settings.steps)


def _call(job: Any) -> Any:  # noqa: ANN401 a function with its arguments
    return job()


def _not_at_all(_: object) -> tuple[()]:
    return ()


def _lost(_: object) -> object:
    raise RuntimeError("the process that checked the dataset died (it may need more memory)")


async def run(parts: Parts, broker: Broker, stages: Collection[Stage], stop: anyio.Event) -> None:
    """Run stages until `stop` is set; then batches in flight may finish, within the grace that the settings give."""
    long_stages = {stage.name: stage.long for stage in stages if stage.long is not None}
    settings = parts.settings
    async with anyio.create_task_group() as background:
        background.start_soon(watch_loop)
        background.start_soon(relay, parts, broker)
        background.start_soon(keep_current, parts)
        background.start_soon(parts.replicas.keep_counting, broker)
        if long_stages:
            background.start_soon(LongStages(parts, long_stages).run)
        async with served(application(parts, broker), settings.http_address, settings.http_port) as port:
            async with anyio.create_task_group() as consumers:
                for stage in stages:
                    await consumers.start(_consume, parts, broker, stage, stop)
                log.info("ready", stages=sorted(stage.name for stage in stages), port=port)
            log.info("stopping")
        background.cancel_scope.cancel()
    log.info("stopped")


async def _consume(
    parts: Parts, broker: Broker, stage: Stage, stop: anyio.Event, *, task_status: TaskStatus[None]
) -> None:
    settings = parts.settings
    prefetch = AHEAD * settings.prefetch_count if stage.name == "check_items" else settings.prefetch
    async with broker.consume(stage.queue, prefetch, handler(parts, stage), grace=settings.shutdown_grace):
        task_status.started()
        await stop.wait()


async def stop_on_signals(stop: anyio.Event) -> None:
    """Set `stop` at the first SIGTERM or SIGINT; at the second, end at once: what was under way is done by others."""
    with anyio.open_signal_receiver(signal.SIGTERM, signal.SIGINT) as signals:
        async for _ in signals:
            if stop.is_set():
                log.warning("stopping at once")
                os._exit(AT_ONCE)
            log.info("told to stop")
            stop.set()

"""`pelican-async serve`: the service."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NoReturn

import anyio
import click
import structlog
from pydantic import SecretStr

from pelican_async import logs, supervisor
from pelican_async import settings as all_settings
from pelican_async.broker.memory import MemoryBroker
from pelican_async.broker.protocol import Broker
from pelican_async.broker.rabbitmq import connect as connect_broker
from pelican_async.database.connecting import opened
from pelican_async.database.embedded import embedded
from pelican_async.database.upgrade import upgrade
from pelican_async.errors import UserError
from pelican_async.reference import codelists, stored_rates
from pelican_async.settings import Settings
from pelican_async.stages.catalog import STAGES
from pelican_async.stages.recovery import recover
from pelican_async.stages.replicas import Replicas

BROKEN: Final = 1
log = structlog.get_logger()


@click.command()
@click.option(
    "--stages",
    metavar="NAME,...",
    default=",".join(STAGES),
    help=f"Run these stages only: {', '.join(STAGES)}.",
)
@click.option("--upgrade", "do_upgrade", is_flag=True, help="Create or upgrade the database's schema first.")
@click.option(
    "--embedded",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Bring a PostgreSQL along, whose data stay in this folder, and a broker within the process.",
)
@click.option("--temporary", is_flag=True, help="As --embedded, with data that are gone at the end.")
def serve(stages: str, folder: Path | None, *, do_upgrade: bool, temporary: bool) -> None:
    """Check collections as they are asked for, until stopped.

    Settings come from the environment; see docs/operating.md.

    With --embedded or --temporary, DATABASE_URL and RABBIT_URL don't matter. The log says by which DATABASE_URL other
    commands reach its database: "add NAME --file SOURCE" has files checked, "status" and "report" show them. What was
    under way when it ended goes on when it is started again on the same folder.
    """
    chosen = _chosen(stages)
    if temporary and folder is not None:
        raise click.UsageError("Give either --embedded or --temporary.")
    settings = all_settings.load()
    logs.configure(settings)
    try:
        if temporary or folder is not None:
            anyio.run(_serve_embedded, settings, chosen, folder)
        else:
            anyio.run(_serve, settings, chosen, do_upgrade)
    except BaseExceptionGroup as group:
        _end(group)


def _end(error: BaseException) -> NoReturn:
    """Tell people what they can mend; everything else goes to the log, where secrets are masked."""
    first = error
    while isinstance(first, BaseExceptionGroup):
        first = first.exceptions[0]
    if isinstance(first, UserError):
        raise first from None
    log.critical("ended by an error", exc_info=error)
    raise click.exceptions.Exit(BROKEN)


def _chosen(names: str) -> Sequence[str]:
    chosen = [name.strip() for name in names.split(",") if name.strip()]
    unknown = sorted(set(chosen) - STAGES.keys())
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: not among {', '.join(STAGES)}.", param_hint="--stages")
    return chosen


async def _serve(settings: Settings, stages: Sequence[str], do_upgrade: bool) -> None:  # noqa: FBT001
    async with _stoppable() as stopping, AsyncExitStack() as exits:
        broker = await exits.enter_async_context(
            connect_broker(settings.rabbit_url.get_secret_value(), settings.rabbit_exchange_name)
        )
        if do_upgrade:
            await upgrade(settings.database_url.get_secret_value())
        await _run(settings, stages, broker, stopping)


async def _serve_embedded(settings: Settings, stages: Sequence[str], folder: Path | None) -> None:
    async with _stoppable() as stopping, embedded(folder) as url:
        settings = settings.model_copy(update={"database_url": SecretStr(url)})
        await upgrade(url)
        async with opened(url) as connection:
            await stored_rates.fill(connection)
            await recover(connection, Replicas().window(settings))
        log.info("reach the database by this", DATABASE_URL=url)
        await _run(settings, stages, MemoryBroker(), stopping)


async def _run(settings: Settings, stages: Sequence[str], broker: Broker, stopping: "_Stopping") -> None:
    await supervisor.declared(broker)
    async with supervisor.built(settings, codelists.snapshot()) as parts:
        stopping.in_order = True
        await supervisor.run(parts, broker, [STAGES[name] for name in stages], stopping.asked)


@dataclass(slots=True)
class _Stopping:
    """Whether somebody asked to stop, and whether there is anything to finish in order then."""

    asked: anyio.Event = field(default_factory=anyio.Event)
    in_order: bool = False


@asynccontextmanager
async def _stoppable() -> AsyncIterator[_Stopping]:
    """Leave the block by the first signal, unless it is seen to in order."""
    stopping = _Stopping()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(supervisor.stop_on_signals, stopping.asked)
        with anyio.CancelScope() as block:

            async def leave() -> None:
                await stopping.asked.wait()
                if not stopping.in_order:
                    log.info("stopped before it was ready")
                    block.cancel()

            tasks.start_soon(leave)
            yield stopping
        tasks.cancel_scope.cancel()

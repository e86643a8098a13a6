"""`pelican-async serve`: the service."""

from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import anyio
import click
from pydantic import SecretStr

from pelican_async import logs, supervisor
from pelican_async import settings as all_settings
from pelican_async.broker.memory import MemoryBroker
from pelican_async.broker.protocol import Broker
from pelican_async.broker.rabbitmq import connect as connect_broker
from pelican_async.database.embedded import embedded
from pelican_async.database.upgrade import upgrade
from pelican_async.reference import codelists
from pelican_async.settings import Settings
from pelican_async.stages.catalog import STAGES


@click.command()
@click.option(
    "--stages",
    metavar="NAME,...",
    default=",".join(STAGES),
    help=f"Run these stages only: {', '.join(STAGES)}.",
)
@click.option("--upgrade", "do_upgrade", is_flag=True, help="Create or upgrade the database's schema first.")
@click.option("--embedded", "folder", type=click.Path(file_okay=False, path_type=Path), metavar="FOLDER",
              help="Bring a PostgreSQL along, whose data are in this folder, and an in-process broker.")  # fmt: skip
def serve(stages: str, folder: Path | None, *, do_upgrade: bool) -> None:
    """Check collections as they are asked for, until stopped.

    Settings come from the environment; see docs/operating.md.
    """
    chosen = _chosen(stages)
    settings = all_settings.load()
    logs.configure(settings)
    anyio.run(_serve, settings, chosen, folder, do_upgrade)


def _chosen(names: str) -> Sequence[str]:
    chosen = [name.strip() for name in names.split(",") if name.strip()]
    unknown = sorted(set(chosen) - STAGES.keys())
    if unknown:
        raise click.BadParameter(f"{', '.join(unknown)}: not among {', '.join(STAGES)}.", param_hint="--stages")
    return chosen


async def _serve(settings: Settings, stages: Sequence[str], folder: Path | None, do_upgrade: bool) -> None:  # noqa: FBT001
    stop = anyio.Event()
    async with anyio.create_task_group() as tasks, AsyncExitStack() as exits:
        tasks.start_soon(supervisor.stop_on_signals, stop)
        broker: Broker
        if folder is None:
            broker = await exits.enter_async_context(
                connect_broker(settings.rabbit_url.get_secret_value(), settings.rabbit_exchange_name)
            )
        else:
            url = await exits.enter_async_context(embedded(folder))
            settings = settings.model_copy(update={"database_url": SecretStr(url), "online": False})
            broker = MemoryBroker()
        if do_upgrade or folder is not None:
            await upgrade(settings.database_url.get_secret_value())
        await broker.declare()
        parts = await exits.enter_async_context(supervisor.built(settings, codelists.snapshot()))
        await supervisor.run(parts, broker, [STAGES[name] for name in stages], stop)
        tasks.cancel_scope.cancel()

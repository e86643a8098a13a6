"""`pelican-async dead-letters`: messages that could not be dealt with."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

import anyio
import click

from pelican_async import logs
from pelican_async import settings as all_settings
from pelican_async.broker.commanded import commanded
from pelican_async.broker.protocol import Broker, Dead
from pelican_async.errors import UserError
from pelican_async.reports.visible import visible

SHOWN: Final = 300
"""So many characters of a message are shown."""
T = TypeVar("T")


@click.group
def dead_letters() -> None:
    """Look at messages that could not be dealt with, and send them again or discard them."""


@dead_letters.command("list")
def list_dead_letters() -> None:
    """Show the oldest of them: what each was for, when and why it was put aside, and the message."""
    found = _ask(lambda broker: broker.dead_letters())
    if not found:
        click.echo("There are no dead letters.")
    for dead in found:
        click.echo("\n".join(_described(dead)))


@dead_letters.command
@click.argument("identities", metavar="ID...", nargs=-1, required=True)
def retry(identities: Sequence[str]) -> None:
    """Send messages to their queues again, once what was wrong is mended. A stage that was given up begins anew."""
    _tell("Sent again", len(set(identities)), _ask(lambda broker: broker.retry(set(identities))))


@dead_letters.command
@click.argument("identities", metavar="ID...", nargs=-1, required=True)
def discard(identities: Sequence[str]) -> None:
    """Delete messages for good."""
    _tell("Discarded", len(set(identities)), _ask(lambda broker: broker.discard(set(identities))))


def _ask(question: Callable[[Broker], Awaitable[T]]) -> T:
    settings = all_settings.load()
    logs.configure_command(settings)

    async def act() -> T:
        async with commanded(settings.rabbit_url.get_secret_value(), settings.rabbit_exchange_name) as broker:
            return await question(broker)

    return anyio.run(act)


def _described(dead: Dead) -> Sequence[str]:
    text = dead.body.decode(errors="replace")
    shown = f"{text[:SHOWN]}... ({len(dead.body):,} bytes)" if len(text) > SHOWN else text
    return (
        visible(dead.identity),
        f"  queue:   {dead.queue or 'not known, so it can only be discarded'}",
        f"  time:    {visible(dead.time) or 'not known'}",
        f"  reason:  {visible(dead.reason) or 'not known'}",
        f"  message: {visible(shown)}",
    )


def _tell(done: str, asked: int, count: int) -> None:
    click.echo(f"{done}: {count:,}")
    if count < asked:
        raise UserError(
            f"{asked - count:,} of them can't be found, or it isn't known for which queue they were: "
            "see pelican-async dead-letters list"
        )

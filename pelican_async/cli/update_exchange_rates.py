"""`pelican-async update-exchange-rates`: another name of `rates update`, which schedules may have."""

import click

from pelican_async.cli.rates import update


@click.command(help=update.help)
@click.pass_context
def update_exchange_rates(context: click.Context) -> None:
    """Do what the other command does."""
    context.invoke(update)

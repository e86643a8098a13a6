"""`pelican-async db`: looks after the database."""

import anyio
import click

from pelican_async import settings as all_settings
from pelican_async.database import upgrade as upgrading


@click.group()
def db() -> None:
    """Look after the database that DATABASE_URL names."""


@db.command()
def upgrade() -> None:
    """Create the tables, or bring those that are there up to date, also of the existing system.

    Says what it is going to do, and does it all or not at all. It can be run again at any time.
    """
    anyio.run(upgrading.upgrade, all_settings.load().database_url.get_secret_value(), click.echo)

"""`pelican-async remove`: deletes a dataset."""

import anyio
import click

from pelican_async import settings as all_settings
from pelican_async.database import deleting
from pelican_async.database.connecting import commanded


@click.command()
@click.argument("dataset_id", type=click.IntRange(min=1))
@click.option("--include-filtered", is_flag=True, help="Delete the datasets that were filtered from it, too.")
@click.option("--force", is_flag=True, help="Delete it also if it is not checked yet.")
def remove(dataset_id: int, *, include_filtered: bool, force: bool) -> None:
    """Delete the dataset with the number DATASET_ID, with all of its results."""
    url = all_settings.load().database_url.get_secret_value()

    async def act() -> list[int]:
        async with commanded(url) as connection:
            return await deleting.remove(connection, dataset_id, force=force, include_filtered=include_filtered)

    deleted = anyio.run(act)
    click.echo(f"Deleted: {', '.join(map(str, deleted))}")

"""`pelican-async add`: asks for a collection, or files, to be checked as a dataset."""

from uuid import uuid4

import anyio
import click

from pelican_async import logs
from pelican_async import settings as all_settings
from pelican_async.broker.commanded import commanded as commanded_broker
from pelican_async.database.connecting import commanded
from pelican_async.file_extraction import Extracted, extract_files
from pelican_async.messages import ExtractCollection, Queue
from pelican_async.reports.visible import visible
from pelican_async.settings import Settings


@click.command()
@click.argument("name")
@click.argument("collection_id", type=click.IntRange(min=1), required=False)
@click.option("--file", "sources", metavar="SOURCE", multiple=True, help="A file or folder, instead of a collection.")
@click.option("--previous-dataset", "ancestor_id", type=click.IntRange(min=1), metavar="ID", help="Compare with it.")
@click.option("--sample", "max_items", type=click.IntRange(min=1), metavar="N", help="Take so many releases only.")
def add(
    name: str,
    collection_id: int | None,
    sources: tuple[str, ...],
    ancestor_id: int | None,
    max_items: int | None,
) -> None:
    """Have a collection of Kingfisher Process checked, as a dataset called NAME; or files.

    The service does it: see "pelican-async status".
    """
    settings = all_settings.load()
    logs.configure_command(settings)
    if sources and collection_id is None and max_items is None:
        extracted = anyio.run(_add_files, settings, name, ancestor_id, sources)
        click.echo(f"Dataset {extracted.dataset_id}: {extracted.taken:,} releases to check.")
        if extracted.first is not None:
            first = f"{extracted.first.place} {extracted.first.reason}"
            click.echo(f"{extracted.not_taken:,} could not be taken; the first of them: {visible(first)}.", err=True)
        return
    if sources or collection_id is None:
        raise click.UsageError("Name either a collection or files; --sample is for collections.")
    message = ExtractCollection(name=name, collection_id=collection_id, ancestor_id=ancestor_id, max_items=max_items)
    anyio.run(_publish, settings, message)
    click.echo(f"Asked for collection {collection_id}.")


async def _add_files(settings: Settings, name: str, ancestor_id: int | None, sources: tuple[str, ...]) -> Extracted:
    async with commanded(settings.database_url.get_secret_value()) as connection:
        return await extract_files(connection, settings, name, ancestor_id, sources)


async def _publish(settings: Settings, message: ExtractCollection) -> None:
    async with commanded_broker(settings.rabbit_url.get_secret_value(), settings.rabbit_exchange_name) as broker:
        await broker.publish(Queue.EXTRACT_KINGFISHER, message.model_dump_json().encode(), f"add-{uuid4()}")

"""`pelican-async report`: the report of a dataset, from the database."""

from pathlib import Path

import anyio
import click
from rich.console import Console

from pelican_async import settings as all_settings
from pelican_async.dataset_report import dataset_report, dataset_to_read
from pelican_async.reference.current import CurrentReferenceData
from pelican_async.reports.html import write_html
from pelican_async.reports.json_file import write_json
from pelican_async.reports.terminal import write_summary
from pelican_async.reports.visible import visible
from pelican_async.reports.whole_file import check_writable, text_for

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("dataset_id", type=click.IntRange(min=1))
@click.option("--html", type=FILE, help="Write the report as a page.")
@click.option("--json", type=FILE, help="Write the results as JSON.")
def report(dataset_id: int, html: Path | None, json: Path | None) -> None:
    """Show the report of the dataset with the number DATASET_ID, as "check" shows it of a file."""
    settings = all_settings.load()
    outputs = [(path, write) for path, write in ((html, write_html), (json, write_json)) if path is not None]
    for path, _ in outputs:
        check_writable(path)
    with CurrentReferenceData.kept() as reference:
        made = dataset_report(*anyio.run(dataset_to_read, settings, dataset_id, reference))
    write_summary(made, Console())
    for path, write in outputs:
        with text_for(path) as file:
            write(made, file)
        click.echo(f"Written: {visible(str(path))}")

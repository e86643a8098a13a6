"""`pelican-async failures`: every failing result of a dataset."""

from pathlib import Path

import anyio
import click

from pelican_async import settings as all_settings
from pelican_async.dataset_report import dataset_to_read, failing_results
from pelican_async.reference.current import CurrentReferenceData
from pelican_async.reports.failures import FailureRow, FailureWriter, check_failures_file
from pelican_async.reports.visible import visible


@click.command()
@click.argument("dataset_id", type=click.IntRange(min=1))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def failures(dataset_id: int, file: Path) -> None:
    """Write every failing result of the dataset with the number DATASET_ID to FILE: .csv, .jsonl or .xlsx."""
    settings = all_settings.load()
    check_failures_file(file)
    with CurrentReferenceData.kept() as reference:
        dataset, _ = anyio.run(dataset_to_read, settings, dataset_id, reference)
        with FailureWriter(file) as writer:
            for page in failing_results(dataset):
                writer.add(FailureRow(*failure) for failure in page)
    click.echo(f"Every failing result: {visible(str(file))}")

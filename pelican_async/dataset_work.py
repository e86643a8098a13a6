"""What is done with a whole dataset, in a process of its own: it reads partials from the database, and merges them."""

import asyncio
from dataclasses import dataclass

from checks.dataset.accumulators import Accumulators
from checks.time_based.comparing import compare
from checks.values import Json
from pelican_async import partials
from pelican_async.dataset_reading import WholeDataset, reading_of
from pelican_async.network.availability import statuses
from pelican_async.reports.examples import quote
from pelican_async.reports.shortening import LARGEST_META, shortened
from pelican_async.reports.stored import shown, stored_reports
from pelican_async.sources.storable import storable


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One row of `dataset_level_check`; `meta` is JSON."""

    check_name: str
    result: bool | None
    value: int | None
    meta: bytes


@dataclass(frozen=True, slots=True)
class DatasetChecked:
    """Results of the dataset-level checks, what is added to the metadata, and amounts that couldn't be converted."""

    rows: list[CheckRow]
    meta: dict[str, Json]
    unconverted: dict[str, int]


@dataclass(frozen=True, slots=True)
class TimeBasedRow:
    """One row of `time_variance_level_check`; `meta` is JSON."""

    check_name: str
    coverage_result: bool | None
    coverage_value: int | None
    check_result: bool | None
    check_value: int | None
    meta: bytes


@dataclass(frozen=True, slots=True)
class Reported:
    """The reports and examples of a dataset, each as JSON: by type, by field path, by the name of the check."""

    reports: dict[str, bytes]
    field_examples: dict[str, bytes]
    check_examples: dict[str, bytes]


def check_dataset(dataset: WholeDataset, *, online: bool) -> DatasetChecked:
    """Compute the dataset-level checks; if `online`, URLs are requested."""
    with reading_of(dataset) as reading:
        accumulators = Accumulators(reading.sampling)
        for part in reading.parts("collected"):
            accumulators.merge(partials.collected(part))
        for partial in reading.mapped_again():
            accumulators.merge(partial.dataset)
        found = asyncio.run(statuses(accumulators.urls())) if online else None
        outcome = accumulators.finish(reading, found)
    return DatasetChecked(
        [
            CheckRow(name, result.result, None if result.value is None else round(result.value), _meta(result.meta))
            for name, result in outcome.results.items()
        ],
        outcome.meta.as_json(),
        dict(outcome.unconverted),
    )


def check_time_based(ancestor: WholeDataset, dataset: WholeDataset) -> list[TimeBasedRow]:
    """Compare a dataset with its ancestor; no rows if that has no items."""
    with reading_of(ancestor) as reading:
        before = reading.snapshot()
        if not len(before):
            return []
        with reading_of(dataset) as current:
            now = current.snapshot()
        results = compare(before, now, reading.sampling, reading)
    return [
        TimeBasedRow(
            name,
            result.coverage_result,
            result.coverage_value,
            result.check_result,
            result.check_value,
            _meta(result.meta),
        )
        for name, result in results.items()
    ]


def _meta(meta: Json) -> bytes:
    return storable(shortened(meta, LARGEST_META))


def report(dataset: WholeDataset) -> Reported:
    """Make the reports."""
    with reading_of(dataset) as reading:
        partial = reading.counts()
        wanted = shown(partial, quality=dataset.quality)
        quotations = quote(wanted, reading.sampling, reading.reference_data, reading)
        reports = stored_reports(partial, quotations, quality=dataset.quality)
    return Reported(
        {"field_level_check": storable(reports.fields), "resource_level_check": storable(reports.checks)},
        {path: storable(examples) for path, examples in reports.field_examples.items()},
        {name: storable(examples) for name, examples in reports.check_examples.items()},
    )

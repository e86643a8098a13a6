"""Makes the report of a dataset from the database, as the check of files makes it of files."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC
from typing import Final

import orjson

from checks import catalog
from checks.batch import Failure, Mapper, Wanted
from checks.dataset.meta import STAGES
from pelican_async import days
from pelican_async.database.connecting import commanded
from pelican_async.database.datasets import Phase, run_of
from pelican_async.database.status import DatasetStatus, status_of
from pelican_async.dataset_reading import PAGE, DatasetReading, WholeDataset, reading_of, whole_dataset
from pelican_async.errors import UserError
from pelican_async.partials import version
from pelican_async.reference import codelists, stored_rates
from pelican_async.reference.current import CurrentReferenceData
from pelican_async.reports.assembly import Assembly
from pelican_async.reports.changes import change_notes
from pelican_async.reports.report import (
    CheckError,
    Counts,
    DatasetCheckReport,
    NotChecked,
    Report,
    TimeBasedCheckReport,
)
from pelican_async.settings import Settings

EXAMPLES: Final = 5
SHOWN: Final = 100


async def dataset_to_read(
    settings: Settings, dataset_id: int, reference: CurrentReferenceData
) -> tuple[WholeDataset, DatasetStatus]:
    """Describe a dataset that is in the database. Raises `UserError` if it isn't there, or is not checked yet."""
    async with commanded(settings.database_url.get_secret_value()) as connection:
        status = await status_of(connection, dataset_id)
        run = await run_of(connection, dataset_id)
        if status is None or run is None:
            raise UserError(f"There is no dataset {dataset_id}.")
        if status.phase != Phase.CHECKED:
            raise UserError(f"Dataset {dataset_id} is not checked yet ({status.phase} {status.state}).")
        loaded = reference.replace(codelists.snapshot(), await stored_rates.load(connection, settings.conversion))
    return whole_dataset(settings, loaded.path, run, version()), status


def dataset_report(dataset: WholeDataset, status: DatasetStatus) -> Report:
    """Make the report of a dataset that is checked."""
    with reading_of(dataset) as reading:
        partial = reading.counts()
        partial.tally.size = EXAMPLES
        meta = orjson.loads(reading.fetch("select meta from dataset where id = $1", dataset.dataset_id)[0]["meta"])
        assembly = Assembly(partial, reading.sampling, reading.reference_data, reading)
        not_checked = reading.fetch(
            "select reason, count(*) from item_not_checked where dataset_id = $1 group by 1 order by 2 desc",
            dataset.dataset_id,
        )
        reasons = {row["reason"]: row["count"] for row in not_checked}
        if status.skipped:
            reasons["is larger than the service takes (KINGFISHER_PROCESS_MAX_SIZE)"] = status.skipped
        left_out = sum(reasons.values())
        errors = [error for errors in partial.errors.values() for error in errors]
        return Report(
            sources=(f"{status.name} (dataset {status.id})",),
            previous=() if status.ancestor_id is None else (f"dataset {status.ancestor_id}",),
            started=status.created.replace(tzinfo=UTC),
            seconds=status.seconds,
            counts=Counts(partial.count + left_out, partial.count, left_out),
            previous_counts=_ancestor_counts(reading, status.ancestor_id),
            without_ocid=partial.without_ocid,
            unique_ocids=meta.get("compiled_releases", {}).get("total_unique_ocids", 0),
            first_date=days.written(partial.first_day),
            last_date=days.written(partial.last_day),
            lifecycle=_in_order(meta.get("tender_lifecycle", {})),
            not_checked=list(_not_checked(reading, dataset.dataset_id)),
            not_checked_reasons=reasons,
            fields=assembly.fields(),
            compiled_release=assembly.compiled_release(),
            dataset=list(_dataset_level(reading, dataset.dataset_id)),
            time_based=list(_time_based(reading, dataset.dataset_id)),
            errors=[CheckError(*error) for error in errors[:SHOWN]],
            error_count=sum(partial.error_counts.values()),
            notes=[*_changes(reading, dataset.dataset_id), *status.checked_with],
            requirements=(),
        )


def _in_order(lifecycle: Mapping[str, int]) -> Mapping[str, int]:
    """Put the stages in their order again, which the database doesn't keep."""
    return {stage: lifecycle[stage] for stage in STAGES if stage in lifecycle}


def _ancestor_counts(reading: DatasetReading, ancestor_id: int | None) -> Counts | None:
    rows = reading.fetch(
        "select coalesce(size, 0) as size from progress_monitor_dataset where dataset_id = $1", ancestor_id
    )
    return Counts(rows[0]["size"], rows[0]["size"], 0) if rows else None


def _not_checked(reading: DatasetReading, dataset_id: int) -> Iterator[NotChecked]:
    rows = reading.fetch(
        "select data_item_id, reason from item_not_checked where dataset_id = $1 order by 1 limit $2", dataset_id, SHOWN
    )
    for row in rows:
        yield NotChecked(f"item {row['data_item_id']}", row["reason"])


def _changes(reading: DatasetReading, dataset_id: int) -> Sequence[str]:
    rows = reading.fetch(
        """select change, count(*), min(data_item_id) as first
        from item_changed, unnest(string_to_array(changes, '; ')) as change
        where dataset_id = $1 group by 1 order by 1""",
        dataset_id,
    )
    return change_notes(
        {row["change"]: row["count"] for row in rows}, {row["change"]: f"item {row['first']}" for row in rows}
    )


def _dataset_level(reading: DatasetReading, dataset_id: int) -> Iterator[DatasetCheckReport]:
    checks = catalog.find("dataset")
    rows = reading.fetch(
        "select check_name, result, value, meta from dataset_level_check where dataset_id = $1 order by 1", dataset_id
    )
    for row in rows:
        if row["check_name"] in checks:
            check = checks[row["check_name"]]
            yield DatasetCheckReport(check, row["result"], row["value"], orjson.loads(row["meta"]))


def _time_based(reading: DatasetReading, dataset_id: int) -> Iterator[TimeBasedCheckReport]:
    checks = catalog.find("time_based")
    rows = reading.fetch(
        "select * from time_variance_level_check where dataset_id = $1 order by check_name", dataset_id
    )
    for row in rows:
        if row["check_name"] in checks:
            yield TimeBasedCheckReport(
                check=checks[row["check_name"]],
                coverage_result=row["coverage_result"],
                coverage_value=row["coverage_value"],
                check_result=row["check_result"],
                check_value=row["check_value"],
                meta=orjson.loads(row["meta"]),
            )


def failing_results(dataset: WholeDataset) -> Iterator[Sequence[Failure]]:
    """Give every failing result of a dataset's items, a page of items at a time, in the order of the items."""
    with reading_of(dataset) as reading:
        mapper = Mapper(reading.reference_data, reading.sampling, Wanted(facts=False, failures=True))
        last = dataset.checking.first_item_id - 1
        while page := reading.fetch(
            """select id from data_item where dataset_id = $1 and id > $2
            and not exists (select from item_not_checked where data_item_id = data_item.id) order by id limit $3""",
            dataset.dataset_id,
            last,
            PAGE,
        ):
            items = [row["id"] for row in page]
            last = items[-1]
            yield mapper.map(reading.releases(items).items()).failures

"""The check of files: reads, checks, compares, and makes the report."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

import anyio

from checks import catalog
from checks.batch import Failure, Wanted
from checks.dataset.accumulators import Outcome
from checks.facts import Facts
from checks.reference_data import ReferenceData
from checks.sampling import Sampling
from checks.time_based.comparing import compare
from pelican_async import days
from pelican_async.collection_check import CollectionCheck
from pelican_async.errors import UserError
from pelican_async.file_check_options import CheckOptions
from pelican_async.network.availability import statuses
from pelican_async.pool import available
from pelican_async.reference import codelists, rates
from pelican_async.reference.rates import ExchangeRates
from pelican_async.reference.telling import told
from pelican_async.reports.assembly import Assembly
from pelican_async.reports.changes import change_notes
from pelican_async.reports.failures import FailureRow, FailureWriter
from pelican_async.reports.problems import Problem
from pelican_async.reports.report import (
    CheckError,
    DatasetCheckReport,
    Report,
    TimeBasedCheckReport,
)
from pelican_async.reports.requirements import evaluate
from pelican_async.reports.so_far import problems_so_far
from pelican_async.sources.finding import size
from pelican_async.sources.limits import Limits
from pelican_async.work import Work

KEY: Final = b"check of files"
"""Samples are the same on every run."""
EXAMPLES: Final = 5
ERRORS_SHOWN: Final = 100
CURRENCIES_SHOWN: Final = 10
Progress = Callable[[int, int | None, int, Callable[[], Sequence[Problem]]], None]
"""Is told how many bytes are read, of how many (if that is known), how many releases are checked, and how to find out
what fails in them so far (nothing, while they are only read to be compared with)."""


def run_check(options: CheckOptions, progress: Progress) -> Report:
    """Check files, and give the report. Raises `UserError` if there is nothing to check."""
    started = datetime.now(UTC)
    exchange_rates = rates.load(options.rates) if options.rates else rates.snapshot()
    reference_data = load_reference_data(exchange_rates, started)
    processes = options.processes or available()
    total = size([*options.previous, *options.sources])
    with ExitStack() as exits:
        writer = exits.enter_context(FailureWriter(options.failures)) if options.failures else None
        wanted = Wanted(EXAMPLES, failing_examples=True, failures=writer is not None, snapshot=bool(options.previous))
        work = Work("check", reference_data, KEY, wanted, Limits().depth)

        def check(purpose_work: Work, sources: Sequence[str], before: int) -> CollectionCheck:
            report_failures = _writing(writer)
            collection = exits.enter_context(CollectionCheck(purpose_work, processes, Limits(), report_failures))

            def found() -> Sequence[Problem]:
                return problems_so_far(collection.partial, reference_data)

            collection.run(sources, lambda checked, consumed: progress(before + consumed, total, checked, found))
            return collection

        previous = check(work._replace(purpose="previous"), options.previous, 0) if options.previous else None
        current = check(work, options.sources, previous.consumed if previous else 0)
        _refuse_nothing(current, options.sources)
        if previous is not None:
            _refuse_nothing(previous, options.previous)
        report = _report(options, started, reference_data, current, previous)
        notes = _notes(exchange_rates, reference_data, current)
    return replace(report, requirements=evaluate(options.requirements, report), notes=[*report.notes, *notes])


def load_reference_data(exchange_rates: ExchangeRates, now: datetime) -> ReferenceData:
    """Give the codelists in the package, exchange rates, and the last day that is not in the future."""
    return ReferenceData(codelists.snapshot(), exchange_rates.rates, days.last_day(now))


def _writing(writer: FailureWriter | None) -> Callable[[Iterable[Failure]], None]:
    def write(failures: Iterable[Failure]) -> None:
        if writer is not None:
            writer.add(FailureRow(*failure) for failure in failures)

    return write


def _refuse_nothing(collection: CollectionCheck, sources: Sequence[str]) -> None:
    """End with a clear line if nothing at all could be checked."""
    if collection.checked:
        return
    where = ", ".join(sources)
    if collection.not_checked:
        first = collection.not_checked[0]
        more = collection.reasons.total() - 1
        others = f" (and {more:,} more)" if more else ""
        raise UserError(f"Nothing in {where} could be checked: {first.place} {first.reason}{others}.")
    raise UserError(f"There are no releases in {where}.")


class _Items:
    """The facts of items, for dataset-level results."""

    def __init__(self, collection: CollectionCheck) -> None:
        self.collection = collection

    def facts(self, items: Collection[int]) -> Mapping[int, Facts]:
        return self.collection.facts(items)

    def ocids(self, items: Collection[int]) -> Mapping[int, str | None]:
        return self.collection.ocids(items)


def _report(
    options: CheckOptions,
    started: datetime,
    reference_data: ReferenceData,
    current: CollectionCheck,
    previous: CollectionCheck | None,
) -> Report:
    partial = current.partial
    outcome = _finish(options, current)
    assembly = Assembly(partial, Sampling(KEY), reference_data, current)
    errors = [error for errors in partial.errors.values() for error in errors]
    return Report(
        sources=options.sources,
        previous=options.previous,
        started=started,
        seconds=(datetime.now(UTC) - started).total_seconds(),
        counts=current.counts,
        previous_counts=previous.counts if previous else None,
        without_ocid=partial.without_ocid,
        unique_ocids=outcome.meta.total_unique_ocids,
        first_date=days.written(partial.first_day),
        last_date=days.written(partial.last_day),
        lifecycle=outcome.meta.tender_lifecycle,
        not_checked=current.not_checked,
        not_checked_reasons=dict(current.reasons.most_common()),
        fields=assembly.fields(),
        compiled_release=assembly.compiled_release(),
        dataset=_dataset(outcome),
        time_based=_time_based(current, previous) if previous else [],
        errors=[CheckError(*error) for error in errors[:ERRORS_SHOWN]],
        error_count=sum(partial.error_counts.values()),
        notes=_unconverted(outcome),
        requirements=(),
    )


def _finish(options: CheckOptions, current: CollectionCheck) -> Outcome:
    if not options.online:
        return current.partial.dataset.finish(_Items(current))
    urls = current.partial.dataset.urls()
    return current.partial.dataset.finish(_Items(current), anyio.run(statuses, urls))


def _dataset(outcome: Outcome) -> Sequence[DatasetCheckReport]:
    checks = catalog.find("dataset")
    return [
        DatasetCheckReport(checks[name], result.result, result.value, result.meta)
        for name, result in outcome.results.items()
    ]


def _time_based(current: CollectionCheck, previous: CollectionCheck) -> Sequence[TimeBasedCheckReport]:
    before, now = previous.partial.snapshot, current.partial.snapshot
    if before is None or now is None:
        return []
    results = compare(before, now, Sampling(KEY), _Items(previous))
    checks = catalog.find("time_based")
    return [
        TimeBasedCheckReport(
            check=checks[name],
            coverage_result=result.coverage_result,
            coverage_value=result.coverage_value,
            check_result=result.check_result,
            check_value=result.check_value,
            meta=result.meta,
        )
        for name, result in results.items()
    ]


def _unconverted(outcome: Outcome) -> Sequence[str]:
    if not outcome.unconverted:
        return ()
    worst = sorted(outcome.unconverted.items(), key=lambda pair: (-pair[1], pair[0]))
    listed = ", ".join(f"{currency} {count:,}" for currency, count in worst[:CURRENCIES_SHOWN])
    return [f"{sum(outcome.unconverted.values()):,} amounts couldn't be converted to US dollars ({listed})."]


def _notes(exchange_rates: ExchangeRates, reference_data: ReferenceData, current: CollectionCheck) -> Sequence[str]:
    merged, processes = current.merged_releases, current.merged_processes
    notes = [
        f"{merged:,} loose releases were merged into {processes:,} compiled releases." if merged else "",
        f"{current.unmerged:,} releases couldn't be merged, and were checked as they stand."
        if current.unmerged
        else "",
        f"{current.linked:,} releases are only links, which were not followed." if current.linked else "",
        *change_notes(current.changes, current.first_changed),
        *told(reference_data.codelists, exchange_rates),
    ]
    return [note for note in notes if note]

"""The map: a batch of compiled releases goes in; what comes out is small, and can be merged in any order."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from operator import add
from typing import Any, ClassVar, Final, NamedTuple

from checks import catalog
from checks.case_samples import SamplesSoFar
from checks.dataset.accumulators import Accumulators
from checks.explanation import failures
from checks.facts import facts
from checks.field_table import VARIANTS
from checks.field_walk import FieldWalk
from checks.fields import TREE, Occurrence, coverage_results, occurrences, quality_results
from checks.noted import Noted
from checks.outcomes import BITS, ERROR, FAILED_TO_RUN, FIRST_REASON, PASSED, Row, outcomes_of
from checks.quality import Quality
from checks.reference_data import ReferenceData
from checks.release import Release
from checks.results import Result, said
from checks.rows import KnownRow, row_of_number
from checks.sampling import Sampling
from checks.stored import Stored, stored
from checks.survey import BITS as BITS_OF_PATHS
from checks.tally import Tally
from checks.time_based.snapshots import Snapshot
from checks.values import Json, text

RELEASE_NODE: Final = len(TREE)
"""The node of the row of a release's compiled release-level results: a slot for each check, by their names."""
SLOTS: Final = [*[len(node.fields) for node in TREE], len(catalog.find("compiled_release"))]
"""How many slots each node has."""
APPLIES_NOT: Final = 0
PASSES: Final = PASSED
FAILS: Final = FIRST_REASON
ROWS_KEPT: Final = 2_000
"""How many rows of compiled release-level results are remembered."""
ERRORS_KEPT: Final = 100
"""How many errors of checks are kept for one check."""


class Applied:
    """A compiled release-level check: its name and slot, and what passing and failing add to the outcomes.

    `application_count` and `pass_count` are those of the batch at hand.
    """

    __slots__ = ("application_count", "check", "failing", "name", "pass_count", "passing", "slot")

    def __init__(self, name: str, slot: int, check: Callable[[Release], Result]) -> None:
        self.name = name
        self.slot = slot
        self.check = check
        self.passing = PASSES << BITS * slot
        self.failing = FAILS << BITS * slot
        self.application_count = 0
        self.pass_count = 0


class Needing:
    """The checks that need something at each of some dotted paths, which `bits` stand for."""

    __slots__ = ("bits", "checks")

    def __init__(self, paths: Sequence[str]) -> None:
        self.bits = sum([BITS_OF_PATHS[path] for path in set(paths)])
        self.checks: list[Applied] = []


class CheckError(NamedTuple):
    """A check that failed to run on one item; the name of a field's check is that of its quality check."""

    check: str
    item: int
    ocid: str | None
    error: str


class Failure(NamedTuple):
    """One failing result: a row of the list of all failures."""

    ocid: str | None
    level: str
    check: str
    path: str
    value: Json
    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run wants of each batch.

    `sample_size` examples of each outcome are sampled, only of failures if `failing_examples`; `facts` and `failures`
    are given for each item, `snapshot` for time-based checks. `stored` asks for what a database keeps of each item.
    Without `fields` or `compiled_release`, fields or compiled release-level checks are left out.
    """

    sample_size: int = 20
    failing_examples: bool = False
    facts: bool = True
    failures: bool = False
    snapshot: bool = False
    stored: bool = False
    fields: bool = True
    quality: bool = True
    compiled_release: bool = True

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        # Said explicitly, since a compiled frozen class can't be filled in by pickle.
        return Wanted, astuple(self)


class Partial:
    """What can be said of some releases without knowing the others; neither order nor batching matters."""

    COUNTED: ClassVar[tuple[str, ...]] = (
        "application_counts",
        "count",
        "error_counts",
        "errors",
        "first_day",
        "last_day",
        "pass_counts",
        "tally",
        "without_ocid",
    )
    """The names of what reports need."""
    __slots__ = (
        "application_counts",
        "count",
        "dataset",
        "error_counts",
        "errors",
        "first_day",
        "last_day",
        "pass_counts",
        "sampling",
        "snapshot",
        "tally",
        "wanted",
        "without_ocid",
    )

    def __init__(self, sampling: Sampling, wanted: Wanted) -> None:
        self.sampling = sampling
        self.wanted = wanted
        self.count = 0
        self.without_ocid = 0
        self.first_day: int | None = None
        self.last_day: int | None = None
        self.tally = Tally(wanted.sample_size)
        self.application_counts = [0] * SLOTS[RELEASE_NODE]
        self.pass_counts = [0] * SLOTS[RELEASE_NODE]
        self.dataset = Accumulators(sampling)
        self.snapshot = Snapshot() if wanted.snapshot else None
        self.errors: dict[str, list[CheckError]] = {}
        self.error_counts: dict[str, int] = {}

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        parts = {name: getattr(self, name) for name in (*self.COUNTED, "dataset", "snapshot")}
        return _restored, (self.sampling, self.wanted, parts)

    def add_error(self, check: str, release: Release, error: str) -> None:
        """Count a check that failed to run on one item, and keep it if it is among the first."""
        self.error_counts[check] = self.error_counts.get(check, 0) + 1
        kept = self.errors.setdefault(check, [])
        if len(kept) < ERRORS_KEPT:
            kept.append(CheckError(check, release.item, release.ocid, error))

    def remember(self, release: Release) -> None:
        """Note what collections are compared by, if that is wanted."""
        if self.snapshot is not None:
            self.snapshot.add(release)

    def add_day(self, day: int | None) -> None:
        """Widen the range of the releases' dates."""
        if day is not None:
            self.first_day = day if self.first_day is None else min(self.first_day, day)
            self.last_day = day if self.last_day is None else max(self.last_day, day)

    def merge(self, other: "Partial") -> None:
        """Add what another partial says; the other is not to be used any more."""
        self.merge_counts(other)
        self.dataset.merge(other.dataset)
        if self.snapshot is not None and other.snapshot is not None:
            self.snapshot.merge(other.snapshot)

    def merge_counts(self, other: "Partial") -> None:
        """Add what another partial counted, sampled and noted of errors, which is all that reports need."""
        self.count += other.count
        self.without_ocid += other.without_ocid
        self.add_day(other.first_day)
        self.add_day(other.last_day)
        self.tally.merge(other.tally)
        self.application_counts = list(map(add, self.application_counts, other.application_counts))
        self.pass_counts = list(map(add, self.pass_counts, other.pass_counts))
        for check, count in other.error_counts.items():
            self.error_counts[check] = self.error_counts.get(check, 0) + count
        for check, errors in other.errors.items():
            self.errors[check] = sorted(self.errors.get(check, []) + errors)[:ERRORS_KEPT]


def _restored(sampling: Sampling, wanted: Wanted, parts: dict[str, Any]) -> Partial:
    partial = Partial(sampling, wanted)
    for name, value in parts.items():
        setattr(partial, name, value)
    return partial


class Mapped(NamedTuple):
    """What the map gives for a batch: the partial, and lists in the order of the items, if wanted."""

    partial: Partial
    facts: list[bytes]
    failures: list[Failure]
    stored: list[Stored]


class Mapper:
    """Applies all checks to batches of one collection; made once per process.

    Of what a batch samples, the partial has only what can be in the sample of the whole, as far as this process knows.
    """

    def __init__(self, reference_data: ReferenceData, sampling: Sampling, wanted: Wanted) -> None:
        self.reference_data = reference_data
        self.sampling = sampling
        self.wanted = wanted
        self.quality = Quality(VARIANTS, reference_data)
        self.field_walk = FieldWalk(self.quality)
        Accumulators(sampling)  # finds the dataset-level checks now, so that the first batch needn't
        self.needing = _by_needs()
        self.applied = [applied for needing in self.needing for applied in needing.checks]
        self.failed: dict[str, str] = {}
        self.noted = Noted(SLOTS, sampling.step, SamplesSoFar(wanted.sample_size), failing=wanted.failing_examples)
        self.rows: dict[int, KnownRow] = {}

    def map(self, releases: Iterable[tuple[int, dict[str, Json]]]) -> Mapped:
        """Check releases, given with the numbers of their items."""
        mapped = Mapped(Partial(self.sampling, self.wanted), [], [], [])
        noted = self.noted
        noted.clear()
        for applied in self.applied:
            applied.application_count = 0
            applied.pass_count = 0
        for item, data in releases:
            self._add(mapped, noted, Release(data, item, self.reference_data))
            del data  # before the next is read
        mapped.partial.tally = noted.tally()
        for applied in self.applied:
            mapped.partial.application_counts[applied.slot] = applied.application_count
            mapped.partial.pass_counts[applied.slot] = applied.pass_count
        return mapped

    def _add(self, mapped: Mapped, noted: Noted, release: Release) -> None:
        partial = mapped.partial
        partial.count += 1
        if release.ocid is None:
            partial.without_ocid += 1
        partial.add_day(release.day)
        scrambled = self.sampling.scramble(release.item)
        noted.begin(scrambled)
        if self.wanted.fields:
            self._walk(partial, noted, release)
        results: dict[str, Result] = {}
        if self.wanted.compiled_release:
            outcomes = self._check(partial, release, results)
            noted.nodes[RELEASE_NODE].add(self._row(outcomes))
        for failure in partial.dataset.add(release, scrambled):
            partial.add_error(failure.name, release, failure.error)
        partial.remember(release)
        if self.wanted.facts:
            mapped.facts.append(facts(release))
        if self.wanted.failures:
            mapped.failures.extend(failing_results(release, noted.of_item(), results))
        if self.wanted.stored:
            mapped.stored.append(stored(release.ocid, noted.nodes, results, self.failed))
        self.failed.clear()

    def _walk(self, partial: Partial, noted: Noted, release: Release) -> None:
        try:
            self.field_walk.walk(release.data, noted.nodes)
        except Exception:  # noqa: BLE001 a check that raised is found by walking again with a guard around each
            noted.forget()
            self.quality.guarded = True
            try:
                self.field_walk.walk(release.data, noted.nodes)
            finally:
                self.quality.guarded = False
            for check, error in self.quality.errors:
                partial.add_error(check, release, error)
            self.quality.errors.clear()

    def _check(self, partial: Partial, release: Release, results: dict[str, Result]) -> int:
        """Apply the compiled release-level checks; give their outcomes, as digits of a number.

        The results of those that apply are put into `results`, if anything reads them.
        """
        outcomes = 0
        kept = self.wanted.stored or self.wanted.failures
        there = release.there
        for needing in self.needing:
            if needing.bits & there == needing.bits:
                for applied in needing.checks:
                    try:
                        result = applied.check(release)
                    except Exception as error:  # noqa: BLE001 whatever a check raises is recorded, and stops nothing
                        outcomes += ERROR << BITS * applied.slot
                        self.failed[applied.name] = said(error)
                        partial.add_error(applied.name, release, self.failed[applied.name])
                        continue
                    if result.application_count is None or result.pass_count is None:
                        continue
                    outcomes += applied.passing if result.result else applied.failing
                    applied.application_count += result.application_count
                    applied.pass_count += result.pass_count
                    if kept:
                        results[applied.name] = result
        return outcomes

    def _row(self, outcomes: int) -> KnownRow:
        """Give the row of the outcomes of compiled release-level checks; most come again."""
        row = self.rows.get(outcomes)
        if row is None:
            if len(self.rows) >= ROWS_KEPT:
                self.rows.clear()
            row = self.rows[outcomes] = KnownRow(row_of_number(outcomes, SLOTS[RELEASE_NODE]))
        return row


def _by_needs() -> list[Needing]:
    """Give the compiled release-level checks by the paths where something must be found.

    Most checks don't apply to most releases, and most of these needn't even be called to know it.
    """
    by_needs: dict[Sequence[str], Needing] = {}
    for slot, (name, check) in enumerate(catalog.find("compiled_release").items()):
        needs: Sequence[str] = getattr(check.module, "NEEDS", ())
        if needs not in by_needs:
            by_needs[needs] = Needing(needs)
        by_needs[needs].checks.append(Applied(name, slot, check.module.check))
    return list(by_needs.values())


def failing_results(release: Release, rows: dict[int, list[Row]], results: Mapping[str, Result]) -> Iterable[Failure]:
    """Give every failing result of one release: of its fields in the order of the walk, then of its checks.

    `rows` are those of its objects, by node.
    """
    left = {node: iter(of_node) for node, of_node in rows.items()}
    for occurrence in occurrences(release.data) if rows.keys() - {RELEASE_NODE} else ():
        yield from _failing_fields(release, next(left[occurrence.node.number]), occurrence)
    for name, result in results.items():
        if not result.result:
            for path, value, reason in failures(result):
                yield Failure(release.ocid, "compiled_release", name, path, value, reason)


def _failing_fields(release: Release, row: Row, occurrence: Occurrence) -> Iterable[Failure]:
    fields = occurrence.node.fields
    for field, outcome in zip(fields, outcomes_of(row), strict=True):
        if outcome == PASSED:
            continue
        value: Any = occurrence.value
        if type(value) is dict:
            value = value.get(field.leaf)
        for result in (*coverage_results(outcome, value), *quality_results(field, outcome, value)):
            if not result["result"]:
                path = occurrence.path_of(field)
                reason = result["reason"] or FAILED_TO_RUN
                yield Failure(release.ocid, "field", result["name"], path, result["value"], text(reason))

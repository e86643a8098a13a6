"""Everything that a report says, whether it is shown in a terminal, as a page or as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from checks.catalog import Check
from checks.values import Json


@dataclass(frozen=True, slots=True)
class Example:
    """One result in one release.

    `path` is the concrete path in the release (`awards[0].date`), `value` what was found there, `reason` why it fails.
    For a compiled release-level check they come from the first failed path, and `meta` is the whole result's.
    `release` is the release itself, to show the place in it, if it was kept.
    """

    item: int
    ocid: str | None
    path: str
    value: Json
    reason: str
    meta: Mapping[str, Json] | None = None
    release: Mapping[str, Json] | None = None


@dataclass(frozen=True, slots=True)
class FieldReport:
    """The results of one field, counted over all places where it could be (the occurrences of its parent).

    `total` = `missing` + `stray` (the parent is no object) + sum of `empty` + `filled`. `empty` counts by what is
    there: "is null", "is an empty string", ... `quality` is the name of its quality check, or empty; of the `filled`,
    `quality_passed` + `quality_failed` + `quality_errors` were checked. `reasons` counts the failures by reason.
    """

    path: str
    order: int
    total: int
    missing: int
    stray: int
    empty: Mapping[str, int]
    filled: int
    quality: str
    quality_passed: int
    quality_failed: int
    quality_errors: int
    reasons: Mapping[str, int]
    empty_examples: Sequence[Example]
    quality_examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The results of one compiled release-level check, counted by releases.

    `application_count` and `pass_count` sum what was looked at (awards, dates, ...) and what of it passed.
    """

    check: Check
    passed: int
    failed: int
    not_applicable: int
    errors: int
    application_count: int
    pass_count: int
    examples: Sequence[Example]


@dataclass(frozen=True, slots=True)
class DatasetCheckReport:
    """The result of one dataset-level check. `result` is `None` if it wasn't computed; `meta` then has the reason."""

    check: Check
    result: bool | None
    value: float | None
    meta: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class TimeBasedCheckReport:
    """The result of one time-based check: what of the previous collection is found again, and what of that passes.

    Values are percentages, rounded to integers, or `None` if nothing was to be counted. `meta` has the four counts
    (`total_count`, `coverage_count`, `ok_count`, `failed_count`) and `examples` of failing pairs.
    """

    check: Check
    coverage_result: bool | None
    coverage_value: int | None
    check_result: bool | None
    check_value: int | None
    meta: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that was read but couldn't be checked: where (`file.json, line 3`), and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class CheckError:
    """A check that failed to run on one item."""

    check: str
    item: int
    ocid: str | None
    error: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A limit that was asked for: at least `percent` of what a check or field applies to must pass.

    `actual` is the share that did, in percent, or `None` if it applied to nothing (then it is met).
    """

    name: str
    percent: float
    actual: float | None
    met: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How many releases were read and checked: `read` = `checked` + `not_checked`."""

    read: int
    checked: int
    not_checked: int


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report of one run.

    `not_checked` shows the first of what couldn't be checked (all are counted in `counts` and, by reason, in
    `not_checked_reasons`). `lifecycle` counts planning, tender, award, contract, implementation. `first_date` and
    `last_date` are the least and greatest day of the releases' `date` (YYYY-MM-DD). `notes` are sentences: which
    codelists and rates were used, what was merged, how many amounts couldn't be converted.
    """

    sources: Sequence[str]
    previous: Sequence[str]
    started: datetime
    seconds: float
    counts: Counts
    previous_counts: Counts | None
    without_ocid: int
    unique_ocids: int
    first_date: str | None
    last_date: str | None
    lifecycle: Mapping[str, int]
    not_checked: Sequence[NotChecked]
    not_checked_reasons: Mapping[str, int]
    fields: Sequence[FieldReport]
    compiled_release: Sequence[CheckReport]
    dataset: Sequence[DatasetCheckReport]
    time_based: Sequence[TimeBasedCheckReport]
    errors: Sequence[CheckError]
    error_count: int
    notes: Sequence[str]
    requirements: Sequence[Requirement]

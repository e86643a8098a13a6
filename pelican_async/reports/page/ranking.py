"""Ranks what is wrong, whatever its level, to say what to fix first.

The rank is how much of the data is affected, times how much a problem hinders its use. How much is affected is counted
in what the check looks at (releases, values, places), but in at least as many as there are releases, so that one bad
value of two doesn't come before a thousand.

Problems that are mended in the same way are one: publishers who leave out the ids of organizations do so for buyers,
suppliers and tenderers alike.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from checks import catalog
from checks.values import Json
from pelican_async.reports.findings import Finding
from pelican_async.reports.numbers import percent
from pelican_async.reports.report import Example, FieldReport, Report
from pelican_async.reports.visible import cut

AT_MOST: Final = 10
OFTEN: Final = 0.05
"""A field is a problem if more than this share of its places isn't filled."""

IMPORTANCE: Final[Mapping[str, float]] = {
    "ocid_prefix_check": 0.9,
    "date_time": 0.8,
    "number_checks": 0.8,
    "identifier_scheme": 0.6,
    "language": 0.4,
    "document_type": 0.3,
    "document_format_codelist": 0.3,
    "email": 0.3,
    "telephone": 0.3,
    "document_description_length": 0.1,
    "reference": 1.0,
    "coherent": 0.9,
    "consistent": 0.7,
    "unique": 0.9,
    "misc": 0.5,
    "distribution": 0.1,
}
"""How much failing hinders who uses the data, by check or group: what can't be followed or read weighs most."""
USUAL: Final = 0.5
LONGEST: Final = 60
"""So many characters of a code are shown."""
IMPORTANT_FIELDS: Final[Mapping[str, float]] = {
    "ocid": 1.0,
    "date": 0.9,
    "buyer.name": 0.7,
    "buyer.id": 0.6,
    "tender.title": 0.6,
    "tender.status": 0.5,
    "tender.procurementMethod": 0.6,
    "tender.mainProcurementCategory": 0.4,
    "tender.value.amount": 0.5,
    "tender.tenderPeriod.endDate": 0.5,
    "awards.date": 0.5,
    "awards.value.amount": 0.7,
    "awards.value.currency": 0.6,
    "awards.suppliers.name": 0.7,
    "awards.suppliers.id": 0.6,
    "contracts.awardID": 0.6,
    "contracts.dateSigned": 0.5,
    "contracts.value.amount": 0.6,
}
"""The fields that answer who bought what from whom, when and for how much, and how much each is missed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to fix: what should hold (its title), how much is affected, one example, what to do.

    `name` is that of the check or field, `anchor` where the page says more. `affected` of `total` are `what`; for a
    problem of the dataset as a whole `total` is 0, and `sentence` says what is wrong. `others` are the lesser problems
    that are mended in the same way.
    """

    title: str
    name: str
    anchor: str
    affected: int
    total: int
    what: str
    sentence: str
    example: Example | None
    mend: str
    score: float
    others: Sequence["Problem"] = ()


def problems(report: Report, findings: Iterable[Finding]) -> Sequence[Problem]:
    """Give the problems, worst first: at most ten, each with those that are mended in the same way."""
    found = [
        *_unread(report),
        *_releases(report),
        *_quality(report),
        *_coverage(report),
        *_dataset(report, findings),
        *_changes(report),
    ]
    by_mend: dict[str, list[Problem]] = {}
    for problem in sorted(found, key=lambda problem: (-problem.score, problem.name, problem.title)):
        by_mend.setdefault(problem.mend or problem.name, []).append(problem)
    return [replace(worst, others=others) for worst, *others in by_mend.values()][:AT_MOST]


def importance(name: str) -> float:
    """Give how much a check weighs, by its name or the group it is in."""
    return IMPORTANCE.get(name, IMPORTANCE.get(name.partition(".")[0], USUAL))


def _share(affected: int, total: int, report: Report) -> float:
    return affected / max(total, report.counts.checked, 1)


def _unread(report: Report) -> Iterator[Problem]:
    counts = report.counts
    if counts.not_checked:
        worst = max(report.not_checked_reasons.items(), key=lambda pair: pair[1], default=("", 0))
        yield Problem(
            title="Everything in the source can be read.",
            name="",
            anchor="not-checked",
            affected=counts.not_checked,
            total=counts.read,
            what="items read",
            sentence=f"Most often: {worst[0]}" if worst[0] else "",
            example=None,
            mend="Mend it first: what can't be read can't be used, and wasn't checked for anything else.",
            score=counts.not_checked / counts.read,
        )


def _releases(report: Report) -> Iterator[Problem]:
    for found in report.compiled_release:
        if found.failed:
            yield Problem(
                title=found.check.title,
                name=found.check.name,
                anchor=f"check-{found.check.name}",
                affected=found.failed,
                total=found.passed + found.failed + found.errors,
                what="releases it applies to",
                sentence="",
                example=next(iter(found.examples), None),
                mend=found.check.mend,
                score=importance(found.check.name) * _share(found.failed, 0, report),
            )


def _quality(report: Report) -> Iterator[Problem]:
    for name, check in catalog.find("field").items():
        fields = [field for field in report.fields if field.quality == name]
        failed = sum(field.quality_failed for field in fields)
        if failed:
            total = failed + sum(field.quality_passed + field.quality_errors for field in fields)
            worst = max(fields, key=lambda field: field.quality_failed)
            yield Problem(
                title=check.title,
                name=name,
                anchor=f"check-{name}",
                affected=failed,
                total=total,
                what="values",
                sentence=_where(worst, failed),
                example=next(iter(worst.quality_examples), None),
                mend=check.mend,
                score=importance(name) * _share(failed, total, report),
            )


def _where(worst: FieldReport, failed: int) -> str:
    if worst.quality_failed == failed:
        return f"All of them are at `{worst.path}`."
    return f"Most of them are at `{worst.path}` ({worst.quality_failed:,})."


def _coverage(report: Report) -> Iterator[Problem]:
    for field in report.fields:
        affected = field.total - field.filled
        if field.path in IMPORTANT_FIELDS and affected > OFTEN * field.total:
            yield Problem(
                title=f"`{field.path}` is filled in.",
                name="coverage",
                anchor=f"field-{field.path}",
                affected=affected,
                total=field.total,
                what="places where it could be",
                sentence=_emptiness(field),
                example=next(iter(field.empty_examples), None),
                mend="Mend it by publishing it wherever it is known: it is what users of the data look for first.",
                score=IMPORTANT_FIELDS[field.path] * _share(affected, field.total, report),
            )


def _emptiness(field: FieldReport) -> str:
    empty = sum(field.empty.values())
    if not empty:
        return ""
    return f"In {empty:,} of them it is there, but empty." if field.missing + field.stray else "It is there, but empty."


def _dataset(report: Report, findings: Iterable[Finding]) -> Iterator[Problem]:
    for finding in findings:
        check = finding.check
        if finding.result is False:
            share = _share(finding.failed, finding.processed, report) if finding.processed else 1
            yield Problem(
                title=check.title,
                name=check.name,
                anchor=f"check-{check.name}",
                affected=finding.failed,
                total=finding.processed,
                what=finding.what,
                sentence="" if finding.processed else _said(finding),
                example=finding.example,
                mend=check.mend,
                score=importance(check.name) * share,
            )


def _said(finding: Finding) -> str:
    """Say what was found; of codes, which are the most frequent."""
    rows = [row for chart in finding.charts if chart.headings[0] == "code" for row in chart.rows[:3]]
    named = ", ".join(f"{cut(row.label, LONGEST)} {percent(row.share or 0, 1)}" for row in rows)
    return f"{finding.sentence.removesuffix('.')}: {named}." if named else finding.sentence


def _changes(report: Report) -> Iterator[Problem]:
    for found in report.time_based:
        total, covered, failed = (_count(found.meta, key) for key in ("total_count", "coverage_count", "failed_count"))
        lost = found.check.name == "ocid"
        affected, of = (total - covered, total) if lost else (failed, covered)
        if (found.coverage_result if lost else found.check_result) is False:
            yield Problem(
                title=found.check.title,
                name=found.check.name,
                anchor=f"change-{found.check.name}",
                affected=affected,
                total=of,
                what="releases of the previous collection" if lost else "releases that were found again",
                sentence="",
                example=None,
                mend=found.check.mend,
                score=USUAL * affected / max(of, 1),
            )


def _count(meta: Mapping[str, Json], key: str) -> int:
    value = meta.get(key)
    return value if type(value) is int else 0

"""The reports and examples that are stored for the frontend: what was counted in the tally, in its shapes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from checks import catalog
from checks.batch import APPLIES_NOT, FAILS, PASSES, RELEASE_NODE, Partial
from checks.fields import ALL, Field, coverage_results, quality_results
from checks.outcomes import EMPTY, ERROR, FIRST_REASON, MISSING, PASSED, STRAY, Case, case, parts_of
from checks.results import Result
from pelican_async.reports.examples import Quotations, Quoted, Shown, smallest
from pelican_async.reports.shortening import LARGEST_EXAMPLE, shortened

SIZE: Final = 20
"""So many examples are in one list."""
FAILED: Final = range(FIRST_REASON, 16)
ABSENT: Final = (MISSING, STRAY)
FILLED: Final = (PASSED, ERROR, *FAILED)
EXISTS: Final = ((*EMPTY, *FILLED), ABSENT)
"""The outcomes that are examples of passing, and of failing."""
NON_EMPTY: Final = (FILLED, EMPTY)
QUALITY: Final = ((PASSED,), (ERROR, *FAILED))
CHECK: Final = ((PASSES,), (FAILS,), (APPLIES_NOT, ERROR))
"""The outcomes that are examples of each kind of result of a compiled release-level check."""
Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredReports:
    """The two reports, and the examples: by field path, and by the name of the compiled release-level check."""

    fields: Object
    checks: Object
    field_examples: Mapping[str, Object]
    check_examples: Mapping[str, Object]


def shown(partial: Partial, *, quality: bool) -> Shown:
    """Give what is shown as examples, of all that was sampled: of several cases in one list, most isn't."""
    lists = [
        _cases(field.node, field.slot, outcomes)
        for field in _fields(quality=quality)
        for outcomes in (*EXISTS, *NON_EMPTY, *(QUALITY if field.quality else ()))
    ]
    lists += [
        _cases(RELEASE_NODE, slot, outcomes)
        for slot in range(len(catalog.find("compiled_release")))
        for outcomes in CHECK
    ]
    return {found for cases in lists for found in smallest(partial.tally.samples, cases, SIZE)}


def stored_reports(partial: Partial, quotations: Quotations, *, quality: bool) -> StoredReports:
    """Make the reports of a dataset; without `quality`, as if fields had no quality checks."""
    reporting = _Reporting(partial, quotations)
    fields = _fields(quality=quality)
    checks = list(enumerate(catalog.find("compiled_release")))
    return StoredReports(
        fields={one.path: reporting.field(one) for one in fields},
        checks={name: reporting.check(name, slot) for slot, name in checks},
        field_examples={one.path: reporting.field_examples(one) for one in fields},
        check_examples={name: reporting.check_examples(slot) for slot, name in checks},
    )


def _fields(*, quality: bool) -> Sequence[Field]:
    return ALL if quality else [replace(one, quality="") for one in ALL]


def _cases(node: int, slot: int, outcomes: Iterable[int]) -> list[Case]:
    return [case(node, slot, outcome) for outcome in outcomes]


class _Reporting:
    def __init__(self, partial: Partial, quotations: Quotations) -> None:
        self.partial = partial
        self.quotations = quotations
        self.versions = [check.version for check in catalog.find("compiled_release").values()]

    def _count(self, field: Field, outcomes: Iterable[int]) -> int:
        counts = self.partial.tally.counts
        return sum(counts.get(one, 0) for one in _cases(field.node, field.slot, outcomes))

    def field(self, field: Field) -> Object:
        absent, empty, filled = (self._count(field, outcomes) for outcomes in (ABSENT, EMPTY, FILLED))
        coverage = {"exists": _counts(empty + filled, absent), "non_empty": _counts(filled, empty)}
        quality = _counts(self._count(field, (PASSED,)), self._count(field, (ERROR, *FAILED)))
        return {
            "processing_order": field.order,
            "examples_filled": False,
            "coverage": {"checks": coverage, **_counts(filled, absent + empty)},
            "quality": {"checks": {field.quality: quality}, **quality}
            if field.quality
            else {"checks": {}, **_counts(0, 0)},
        }

    def field_examples(self, field: Field) -> Object:
        exists = self._examples(field, 0, *EXISTS)
        non_empty = self._examples(field, 1, *NON_EMPTY)
        quality = self._examples(field, 2, *QUALITY) if field.quality else None
        return {
            "coverage": {"checks": {"exists": exists, "non_empty": non_empty}, **_together(exists, non_empty)},
            "quality": {
                "checks": {field.quality: quality} if quality else {},
                **(quality or {"passed_examples": [], "failed_examples": []}),
            },
        }

    def _examples(self, field: Field, which: int, passed: Sequence[int], failed: Sequence[int]) -> dict[str, Any]:
        return {
            "passed_examples": list(self._quoted(field, which, passed)),
            "failed_examples": list(self._quoted(field, which, failed)),
        }

    def _quoted(self, field: Field, which: int, outcomes: Iterable[int]) -> Iterator[Object]:
        cases = _cases(field.node, field.slot, outcomes)
        for quoted_case, quoted in self.quotations.smallest(cases, SIZE):
            _, _, outcome = parts_of(quoted_case)
            if outcome == PASSED:
                result = _passed(field)[which]  # most are, and they are all alike
            else:
                results = [*coverage_results(outcome, quoted.value), *quality_results(field, outcome, quoted.value)]
                result = results[which]
            if outcome != PASSED:
                result = shortened(result, LARGEST_EXAMPLE)
            yield {"meta": _meta(quoted), "path": quoted.path, "result": result}

    def check(self, name: str, slot: int) -> Object:
        counts = self.partial.tally.counts
        passed, failed, undefined, errors = (
            counts.get(case(RELEASE_NODE, slot, outcome), 0) for outcome in (PASSES, FAILS, APPLIES_NOT, ERROR)
        )
        applications, passes = self.partial.application_counts[slot], self.partial.pass_counts[slot]
        return {
            "name": name,
            "examples_filled": False,
            "passed_count": passed,
            "failed_count": failed,
            "undefined_count": undefined + errors,
            "total_count": passed + failed + undefined + errors,
            "individual_passed_count": passes,
            "individual_failed_count": applications - passes,
            "individual_application_count": applications,
            "passed_examples": [],
            "failed_examples": [],
            "undefined_examples": [],
        }

    def check_examples(self, slot: int) -> Object:
        passed, failed, undefined = (self._results(slot, outcomes) for outcomes in CHECK)
        return {"passed_examples": passed, "failed_examples": failed, "undefined_examples": undefined}

    def _results(self, slot: int, outcomes: Iterable[int]) -> list[Object]:
        cases = _cases(RELEASE_NODE, slot, outcomes)
        return [
            {
                "meta": _meta(quoted),
                "result": {**shortened(_written(quoted.result), LARGEST_EXAMPLE), "version": self.versions[slot]},
            }
            for _, quoted in self.quotations.smallest(cases, SIZE)
            if quoted.result is not None
        ]


def _written(result: Result) -> Object:
    return {name: getattr(result, name) for name in ("result", "application_count", "pass_count", "meta")}


@cache
def _passed(field: Field) -> Sequence[Object]:
    return [*coverage_results(PASSED, None), *quality_results(field, PASSED, None)]


def _counts(passed: int, failed: int) -> dict[str, int]:
    return {"passed_count": passed, "failed_count": failed, "total_count": passed + failed}


def _meta(quoted: Quoted) -> Object:
    return {"ocid": quoted.ocid, "item_id": quoted.item}


def _together(exists: Object, non_empty: Object) -> Object:
    """Sample over the results of both checks: of each in turn, since each is a sample without bias."""
    return {
        kind: [one for pair in _turns(exists[kind], non_empty[kind]) for one in pair][:SIZE]
        for kind in ("passed_examples", "failed_examples")
    }


def _turns(firsts: Sequence[Object], seconds: Sequence[Object]) -> Iterator[list[Object]]:
    for index in range(max(len(firsts), len(seconds))):
        yield [some[index] for some in (firsts, seconds) if index < len(some)]

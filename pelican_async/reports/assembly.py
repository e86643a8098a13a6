"""Makes the report of a run from what its partial says: counts by field and check, and examples."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Protocol

from checks import catalog
from checks.batch import APPLIES_NOT, FAILS, PASSES, RELEASE_NODE, Partial
from checks.explanation import failures
from checks.field_table import VARIANTS
from checks.fields import ALL, Field, Occurrence, occurrences_of, outcome, reported
from checks.outcomes import EMPTY, ERROR, FIRST_REASON, MISSING, NON_EMPTY_REASONS, PASSED, STRAY, case
from checks.quality import Quality, reason
from checks.reference_data import ReferenceData
from checks.release import Release
from checks.sampling import Sampling
from checks.values import Json, text
from pelican_async.reports.report import CheckReport, Example, FieldReport


class Releases(Protocol):
    """Gives releases back that were kept as examples."""

    def releases(self, items: Collection[int]) -> Mapping[int, Mapping[str, Json]]:
        """Give the releases with these item numbers, as far as they were kept."""


class Assembly:
    """Assembles the parts of a report that are counted in the tally."""

    def __init__(self, partial: Partial, sampling: Sampling, reference_data: ReferenceData, kept: Releases) -> None:
        self.partial = partial
        self.sampling = sampling
        self.reference_data = reference_data
        self.quality = Quality(VARIANTS, reference_data)
        self.quality.guarded = True
        sampled = set(chain.from_iterable(partial.tally.samples.values()))
        items = {sampling.place(scrambled)[0] for scrambled in sampled}
        self.releases = kept.releases(items)
        self._occurrences: dict[tuple[int, int], list[Occurrence]] = {}

    def fields(self) -> Sequence[FieldReport]:
        """Give the results of all fields, in the order of reports."""
        return [self._field(field) for field in ALL]

    def _field(self, field: Field) -> FieldReport:
        counts = {code: self._count(field, code) for code in (MISSING, STRAY, PASSED, ERROR, *EMPTY)}
        failed = {code: self._count(field, code) for code in _failures(field)}
        filled = counts[PASSED] + counts[ERROR] + sum(failed.values())
        return FieldReport(
            path=field.path,
            order=field.order,
            total=filled + counts[MISSING] + counts[STRAY] + sum(counts[code] for code in EMPTY),
            missing=counts[MISSING],
            stray=counts[STRAY],
            empty={said: counts[code] for code, said in NON_EMPTY_REASONS.items() if counts[code]},
            filled=filled,
            quality=field.quality,
            quality_passed=counts[PASSED] if field.quality else 0,
            quality_failed=sum(failed.values()),
            quality_errors=counts[ERROR],
            reasons={reason(field.quality, code): count for code, count in failed.items() if count},
            empty_examples=self._field_examples(field, EMPTY),
            quality_examples=self._field_examples(field, failed),
        )

    def _count(self, field: Field, code: int) -> int:
        return self.partial.tally.counts.get(case(field.node, field.slot, code), 0)

    def _sample(self, node: int, slot: int, codes: Iterable[int]) -> list[tuple[int, int]]:
        samples = self.partial.tally.samples
        scrambled = [place for code in codes for place in samples.get(case(node, slot, code), ())]
        return [self.sampling.place(place) for place in sorted(scrambled)[: self.partial.tally.size]]

    def _field_examples(self, field: Field, codes: Iterable[int]) -> Sequence[Example]:
        examples = []
        for item, index in self._sample(field.node, field.slot, codes):
            release = self.releases.get(item)
            if release is not None:
                occurrence = self._occurrence(item, release, field.node, index)
                examples.append(self._field_example(field, item, release, occurrence))
        return examples

    def _occurrence(self, item: int, release: Mapping[str, Json], node: int, index: int) -> Occurrence:
        if (item, node) not in self._occurrences:
            self._occurrences[item, node] = occurrences_of(dict(release), node)
        return self._occurrences[item, node][index]

    def _field_example(self, field: Field, item: int, release: Mapping[str, Json], occurrence: Occurrence) -> Example:
        code = outcome(field, occurrence.value, self.quality)
        value = occurrence.value[field.leaf] if type(occurrence.value) is dict else occurrence.value
        if code in NON_EMPTY_REASONS:
            said = NON_EMPTY_REASONS[code]
        else:
            said = reason(field.quality, code)
            value = reported(field, value)
        return Example(item, _ocid(release), occurrence.path_of(field), value, said, None, release)

    def compiled_release(self) -> Sequence[CheckReport]:
        """Give the results of all compiled release-level checks, in the order of their names."""
        checks = catalog.find("compiled_release").values()
        return [self._check(slot, check) for slot, check in enumerate(checks)]

    def _check(self, slot: int, check: catalog.Check) -> CheckReport:
        counts = self.partial.tally.counts
        return CheckReport(
            check=check,
            passed=counts.get(case(RELEASE_NODE, slot, PASSES), 0),
            failed=counts.get(case(RELEASE_NODE, slot, FAILS), 0),
            not_applicable=counts.get(case(RELEASE_NODE, slot, APPLIES_NOT), 0),
            errors=counts.get(case(RELEASE_NODE, slot, ERROR), 0),
            application_count=self.partial.application_counts[slot],
            pass_count=self.partial.pass_counts[slot],
            examples=list(self._check_examples(slot, check)),
        )

    def _check_examples(self, slot: int, check: catalog.Check) -> Iterable[Example]:
        for item, _ in self._sample(RELEASE_NODE, slot, [FAILS]):
            release = self.releases.get(item)
            if release is not None:
                result = check.module.check(Release(dict(release), item, self.reference_data))
                path, value, said = failures(result)[0]
                yield Example(item, _ocid(release), path, value, text(said), result.meta, release)


def _failures(field: Field) -> range:
    """Give the outcomes that are failures of the field's quality check."""
    count = len(catalog.find("field")[field.quality].module.REASONS) if field.quality else 0
    return range(FIRST_REASON, FIRST_REASON + count)


def _ocid(release: Mapping[str, Json]) -> str | None:
    ocid = release.get("ocid")
    return ocid if type(ocid) is str else None

from collections.abc import Mapping
from dataclasses import replace

from checks import fields
from pelican_async.reports.coverage import KEY_FIELDS, THE_RELEASE, emptiness, gaps, sections
from pelican_async.reports.report import FieldReport, Report
from tests.pelican_async.reports.making import empty, typical


def report(counts: Mapping[str, tuple[int, int]]) -> Report:
    """Make a report with the given (filled, total) of some fields, and nothing of others."""
    made = [
        FieldReport(
            path=field.path,
            order=field.order,
            total=counts.get(field.path, (0, 0))[1],
            missing=counts.get(field.path, (0, 0))[1] - counts.get(field.path, (0, 0))[0],
            stray=0,
            empty={},
            filled=counts.get(field.path, (0, 0))[0],
            quality=field.quality,
            quality_passed=0,
            quality_failed=0,
            quality_errors=0,
            reasons={},
            empty_examples=[],
            quality_examples=[],
        )
        for field in fields.ALL
    ]
    return replace(typical(), fields=made)


def test_key_fields_are_fields() -> None:
    assert set(KEY_FIELDS) <= set(fields.BY_PATH)


def test_sections_are_the_parts_of_a_release() -> None:
    found = {
        section.name: section
        for section in sections(report({"tender": (90, 100), "tender.id": (80, 90), "id": (100, 100)}))
    }

    assert list(found)[:3] == [THE_RELEASE, "parties", "buyer"]
    assert (found["tender"].filled, found["tender"].total, found["tender"].fields_used) == (90, 100, 1)
    assert found[THE_RELEASE].fields_used == 1
    assert sum(section.fields for section in found.values()) + len(found) - 1 == len(fields.ALL)


def test_a_gap_is_measured_from_its_section() -> None:
    counts = {"tender": (50, 100), "tender.value": (40, 50), "tender.value.amount": (30, 40), "tender.title": (50, 50)}
    found = {gap.path: gap.share for gap in gaps(report(counts))}

    assert found["tender.value.amount"] == 0.75 * 0.8
    assert found["tender.value.currency"] == 0
    assert "tender.title" not in found


def test_sections_that_are_not_there_have_no_gaps() -> None:
    assert not any(gap.path.startswith("awards") for gap in gaps(report({"ocid": (1, 1)})))


def test_the_greatest_gap_comes_first() -> None:
    shares = [gap.share for gap in gaps(typical())]

    assert shares == sorted(shares)


def test_empty_values_are_counted_of_what_is_there() -> None:
    made = report({"language": (3, 10)})
    language = replace(
        next(field for field in made.fields if field.path == "language"), empty={"is null": 2, "is an empty string": 1}
    )
    [found] = emptiness(replace(made, fields=[language]))

    assert (found.path, found.empty, found.there, found.kind) == ("language", 3, 6, "is null")


def test_an_empty_collection_has_no_empty_values() -> None:
    assert emptiness(empty()) == []

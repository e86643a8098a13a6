import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from checks.values import Json
from pelican_async.reports.findings import CODES, EXAMPLES, by_result, find
from tests.golden.loading import golden_file
from tests.pelican_async.reports.making import HOSTILE, dataset_metas, dataset_report, typical


def test_codes_are_sorted_and_cut() -> None:
    codes = [f"code{number:03}" for number in range(100)]
    meta = dataset_metas(codes)["distribution.tender_procurement_method"]
    (table,) = find(dataset_report("distribution.tender_procurement_method", meta)).charts
    assert [row.label for row in table.rows] == codes[:CODES]
    assert table.rows[0].cells == ["180"]
    assert table.more.startswith("and 80 more, used ")


def test_what_passes_and_fails_is_counted() -> None:
    found = find(dataset_report("unique.tender_id", dataset_metas()["unique.tender_id"]))
    assert (found.processed, found.failed, found.what) == (288, 4, "tender ids")
    assert found.sentence == "284 of 288 tender ids pass (98.6 %)."
    (examples,) = found.examples
    assert examples.headings == ["ocid", "tender.id", "releases"]
    assert examples.rows[0].cells == ["open", "ocds-213czf-2024-00001, ocds-213czf-2024-00002"]
    assert found.example is not None
    assert (found.example.path, found.example.value, found.example.reason) == (
        "tender.id",
        "open",
        "2 releases have this id",
    )


def test_examples_are_cut() -> None:
    name = "reference.related_process_identifier"
    found = find(dataset_report(name, dataset_metas()[name]))
    (examples,) = found.examples
    assert len(examples.rows) == EXAMPLES
    assert examples.more == "and 11 more"


def test_urls_say_what_answered() -> None:
    found = find(dataset_report("misc.url_availability", dataset_metas()["misc.url_availability"]))
    assert found.examples[0].rows[0].cells == ["https://example.org/open", "can't be reached"]


def test_values_are_shown_by_groups() -> None:
    found = find(dataset_report("distribution.contracts_value", dataset_metas()["distribution.contracts_value"]))
    (table,) = found.charts
    assert [row.label for row in table.rows][:2] == ["the largest 1 %", "the next 4 %"]
    assert abs(sum(row.share or 0 for row in table.rows) - 1) < 1e-9
    assert found.sentence.startswith("The largest 1 % of the values hold 63.9 %")


def test_buyers() -> None:
    once = find(dataset_report("distribution.buyer", dataset_metas()["distribution.buyer"]))
    assert once.sentence == "310 of 433 buyers (71.6 %) occur in one release only."
    most = find(dataset_report("distribution.buyer_repetition", dataset_metas()["distribution.buyer_repetition"]))
    assert [row.share for row in most.charts[0].rows] == [0.2, 0.8]


def test_repetition() -> None:
    name = "distribution.tender_value_repetition"
    found = find(dataset_report(name, dataset_metas()[name]))
    assert found.sentence == "The three most frequent amounts are 12.1 % of all 224."
    assert found.charts[0].rows[0].label == "1000000.0 open"


def test_why_it_was_not_computed() -> None:
    found = find(dataset_report("distribution.buyer", {"reason": "too few", "version": 2.0}))
    assert (found.result, found.sentence) == (None, "too few")


def test_a_shape_nobody_knows_is_shown_as_it_is() -> None:
    found = find(replace(typical().dataset[0], result=True, meta={"new": [1], "version": 1.0}))
    assert [(row.label, row.cells) for row in found.charts[0].rows] == [("new", ["[1]"])]


@pytest.mark.parametrize("name", dataset_metas())
def test_hostile_texts_are_no_different(name: str) -> None:
    found = find(dataset_report(name, dataset_metas(HOSTILE)[name]))
    assert found.sentence
    assert all(len(cell) < 400 for table in found.examples for row in table.rows for cell in row.cells)


def test_failing_ones_come_first() -> None:
    results = [found.result for found in by_result([find(found) for found in typical().dataset])]
    assert results == sorted(results, key=bool)
    assert None not in results


@pytest.mark.golden
def test_every_result_can_be_shown() -> None:
    shapes: Mapping[str, Mapping[str, Json]] = json.loads(golden_file("pipeline/shapes.json").read_text())[
        "dataset_level_check"
    ]
    for name, meta in shapes.items():
        found = find(dataset_report(name, meta))
        assert found.charts or found.processed, name
